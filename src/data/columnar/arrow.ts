// Record batches of Arrow, one in memory at a time. Read here, because apache-arrow takes lengths and offsets on trust: one of fifty damaged
// files of 3 kB kept it busy for longer than anyone waits.
import type { DataRow } from "../rows/read-rows.js";
import { type Dictionaries, readColumns } from "./arrow-column.js";
import { HEADER, type Message, messagesOf } from "./arrow-messages.js";
import { type ArrowField, schemaOf, UnknownColumn } from "./arrow-schema.js";
import type { FlatTable } from "./flat-table.js";
import { DAMAGED, type OpenFile } from "./groups.js";

export async function* arrowGroups(file: OpenFile): AsyncGenerator<readonly DataRow[]> {
  const stream = new ArrowStream();
  let begin = 0;
  let index = 0;
  try {
    for (const message of messagesOf(file)) {
      if (message.kind !== HEADER.batch) {
        stream.note(message);
        continue;
      }
      const end = begin + message.header.integer(0, 8);
      if (!(end >= begin)) throw new Error(`has ${end - begin} rows`);
      if (end > file.skip) yield stream.rows(message, Math.max(0, file.skip - begin));
      begin = end;
      index++;
    }
    stream.requireSchema();
  } catch (cause) {
    const { message } = cause as Error;
    if (cause instanceof UnknownColumn) throw cause;
    throw new Error(`record batch ${index}: ${message}; ${DAMAGED}`, { cause });
  }
}

/** What the messages so far have told of those to come. */
class ArrowStream {
  #fields: readonly ArrowField[] | undefined;
  readonly #dictionaries = new Map<number, readonly unknown[]>();

  note(message: Message): void {
    if (message.kind === HEADER.schema) this.#fields = schemaOf(message.header, message.numBytes);
    if (message.kind === HEADER.dictionary) this.#noteDictionary(message);
  }

  rows({ header, body }: Message, from: number): readonly DataRow[] {
    const fields = this.requireSchema();
    if (fields.length === 0) throw new Error("has no columns");
    const columns = readColumns(fields, header, { body: body(), dictionaries: this.#dictionaries });
    const named = columns.map((values, i) => [(fields[i] as ArrowField).name, values] as const);
    return Array.from({ length: header.integer(0, 8) - from }, (_, i) =>
      Object.fromEntries(named.map(([name, values]) => [name, values[from + i]])),
    );
  }

  requireSchema(): readonly ArrowField[] {
    if (this.#fields !== undefined) return this.#fields;
    throw new Error("is no Arrow file: it does not say which columns it has");
  }

  /** Values, or more of them, for columns to come. */
  #noteDictionary({ header, body }: Message): void {
    const id = header.integer(0, 8);
    const field = fieldOf(this.requireSchema(), id);
    const batch = header.table(1);
    if (field === undefined || batch === undefined) return; // no column has it
    const values = valuesOf(field, batch, { body: body(), dictionaries: this.#dictionaries });
    const isMore = header.integer(2, 1) !== 0;
    const before = isMore ? (this.#dictionaries.get(id) ?? []) : [];
    this.#dictionaries.set(id, [...before, ...values]);
  }
}

/** A dictionary's values, as a column that has them itself. */
function valuesOf(
  { name, type, children }: ArrowField,
  batch: FlatTable,
  from: { readonly body: Uint8Array; readonly dictionaries: Dictionaries },
): readonly unknown[] {
  return readColumns([{ name, type, children }], batch, from)[0] as readonly unknown[];
}

function fieldOf(fields: readonly ArrowField[], id: number): ArrowField | undefined {
  for (const field of fields) {
    const found = field.dictionary?.id === id ? field : fieldOf(field.children, id);
    if (found !== undefined) return found;
  }
  return undefined;
}
