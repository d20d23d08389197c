// The values of the columns of one Arrow record batch. Lengths and offsets are held to the bytes that are there before room is made for
// them: a damaged file of a few bytes may claim two thousand million rows.
import type { ArrowField, ArrowType } from "./arrow-schema.js";
import type { FlatTable } from "./flat-table.js";
import { unpackLz4Frame } from "./lz4-frame.js";
import { plainValue } from "./plain-value.js";
import { boundedCompressors, requireUnpacked } from "./unpacking.js";

/** Values of a batch that take no bytes: nulls, structures and lists of nothing. */
const MOST_FREE = 1 << 22;
const VIEW = { width: 16, inline: 12 } as const;
const CODEC = { lz4: 0, zstd: 1 } as const;
const TEXT = new TextDecoder("utf-8", { fatal: true });

/** Values of dictionaries that came before, by their numbers. */
export type Dictionaries = ReadonlyMap<number, readonly unknown[]>;

/** @param batch the table of a record batch @param body the bytes behind it */
export function readColumns(
  fields: readonly ArrowField[],
  batch: FlatTable,
  { body, dictionaries }: { readonly body: Uint8Array; readonly dictionaries: Dictionaries },
): (readonly unknown[])[] {
  const numRows = batch.integer(0, 8);
  const reader = new BatchReader(batch, body, dictionaries);
  return fields.map((field) => {
    const values = named(field, () => reader.column(field));
    if (values.length === numRows) return values;
    throw new Error(`column ${field.name} has ${values.length} values in ${numRows} rows`);
  });
}

function named<T>({ name }: ArrowField, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`column ${name}: ${(cause as Error).message}`, { cause });
  }
}

/** Takes nodes and buffers in the order in which columns, and those within them, have them. */
class BatchReader {
  readonly #nodes: Iterator<readonly [length: number, numNulls: number]>;
  readonly #buffers: Iterator<readonly [begin: number, numBytes: number]>;
  readonly #numVariadic: Iterator<number>;
  readonly #codec: number | undefined;
  readonly #body: Uint8Array;
  readonly #dictionaries: Dictionaries;
  #numFree = 0;

  constructor(batch: FlatTable, body: Uint8Array, dictionaries: Dictionaries) {
    const buffers = batch.pairs(2);
    const claimed = buffers.reduce((sum, [, numBytes]) => sum + Math.max(0, numBytes), 0);
    if (claimed > body.length) throw new Error(`columns of ${claimed} bytes in ${body.length}`);
    this.#nodes = batch.pairs(1)[Symbol.iterator]();
    this.#buffers = buffers[Symbol.iterator]();
    this.#numVariadic = batch.longs(4)[Symbol.iterator]();
    this.#codec = batch.table(3)?.integer(0, 1);
    this.#body = body;
    this.#dictionaries = dictionaries;
  }

  column(field: ArrowField): readonly unknown[] {
    const { dictionary } = field;
    if (dictionary === undefined) return this.#values(field.type, field.children);
    const values = this.#dictionaries.get(dictionary.id) ?? [];
    return this.#values(dictionary.places, []).map((place) => {
      if (place === null) return null;
      const value = values[place as number];
      if (value !== undefined) return value;
      throw new Error(`value ${place} of a dictionary of ${values.length}`);
    });
  }

  #values(type: ArrowType, children: readonly ArrowField[]): readonly unknown[] {
    const length = next(this.#nodes)[0];
    if (!(length >= 0)) throw new Error(`claims ${length} values`);
    if (type.kind === "null") {
      this.#countFree(length);
      return new Array<null>(length).fill(null);
    }
    const validity = this.#buffer();
    if (validity.length > 0) requireBytes(validity, length / 8, "know whether they are null");
    const isThere = (i: number) => validity.length === 0 || bitOf(validity, i);
    const valueAt = this.#readerOf(type, children, length);
    return Array.from({ length }, (_, i) => (isThere(i) ? valueAt(i) : null));
  }

  /** Reads the value at a place below `length`, which the bytes have been seen to have. */
  #readerOf(
    type: Exclude<ArrowType, { kind: "null" }>,
    children: readonly ArrowField[],
    length: number,
  ): (i: number) => unknown {
    switch (type.kind) {
      case "fixed":
        return this.#fixed(type, length);
      case "bool": {
        const bits = this.#buffer();
        requireBytes(bits, length / 8);
        return (i) => bitOf(bits, i);
      }
      case "variable":
        return this.#variable(type, length);
      case "view":
        return this.#views(type.isText, length);
      case "struct":
        return this.#structs(children, length);
      case "list":
        return this.#lists(type, children, length);
      case "fixedList":
        return this.#fixedLists(type.size, children, length);
    }
  }

  #fixed({ width, read }: ArrowType & { kind: "fixed" }, length: number): (i: number) => unknown {
    const view = viewOf(this.#buffer());
    requireBytes(view, length * width);
    if (width === 0) this.#countFree(length);
    return (i) => plainValue(read(view, i * width));
  }

  #variable(
    { offsetWidth, isText }: ArrowType & { kind: "variable" },
    length: number,
  ): (i: number) => unknown {
    const offsets = this.#offsets(offsetWidth, length);
    const bytes = this.#buffer();
    requireBytes(bytes, offsets(length));
    return (i) => content(bytes.subarray(offsets(i), offsets(i + 1)), isText);
  }

  /** Short values stand in their views, others in buffers that several may share. */
  #views(isText: boolean, length: number): (i: number) => unknown {
    const views = viewOf(this.#buffer());
    requireBytes(views, length * VIEW.width);
    const numBuffers = next(this.#numVariadic);
    const buffers: Uint8Array[] = [];
    while (buffers.length < numBuffers) buffers.push(this.#buffer());
    const numBytes = views.byteLength + buffers.reduce((sum, each) => sum + each.length, 0);
    let numRead = 0;
    return (i) => {
      const at = i * VIEW.width;
      const size = views.getInt32(at, true);
      if (size < 0) throw new Error(`a value of ${size} bytes`);
      if (size <= VIEW.inline)
        return content(new Uint8Array(views.buffer, views.byteOffset + at + 4, size), isText);
      numRead += size;
      requireUnpacked(numRead, numBytes);
      const bytes = buffers[views.getInt32(at + 8, true)] ?? new Uint8Array();
      const begin = views.getInt32(at + 12, true);
      if (begin < 0 || begin + size > bytes.length)
        throw new Error(`a value of ${size} bytes at ${begin} of ${bytes.length}`);
      return content(bytes.subarray(begin, begin + size), isText);
    };
  }

  #structs(children: readonly ArrowField[], length: number): (i: number) => unknown {
    if (children.length === 0) this.#countFree(length);
    const columns = children.map((child) => [child.name, this.column(child)] as const);
    for (const [name, values] of columns) requireValues(name, values, length);
    return (i) => Object.fromEntries(columns.map(([name, values]) => [name, values[i]]));
  }

  #lists(
    { offsetWidth, isMap }: ArrowType & { kind: "list" },
    children: readonly ArrowField[],
    length: number,
  ): (i: number) => unknown {
    const offsets = this.#offsets(offsetWidth, length);
    const [child] = children as [ArrowField];
    const values = this.column(child);
    requireValues(child.name, values, offsets(length));
    if (!isMap) return (i) => values.slice(offsets(i), offsets(i + 1));
    return (i) => Object.fromEntries(values.slice(offsets(i), offsets(i + 1)).map(entryOf));
  }

  #fixedLists(
    size: number,
    children: readonly ArrowField[],
    length: number,
  ): (i: number) => unknown {
    if (size < 0) throw new Error(`lists of ${size} values`);
    if (size === 0) this.#countFree(length);
    const [child] = children as [ArrowField];
    const values = this.column(child);
    requireValues(child.name, values, length * size);
    return (i) => values.slice(i * size, (i + 1) * size);
  }

  /** Where values begin; that at `length` is where the last one ends. Columns of no values may have none. */
  #offsets(width: 4 | 8, length: number): (i: number) => number {
    const view = viewOf(this.#buffer());
    if (length === 0) return () => 0;
    requireBytes(view, (length + 1) * width);
    const at = (i: number) =>
      width === 4 ? view.getInt32(i * 4, true) : Number(view.getBigInt64(i * 8, true));
    for (let i = 0, last = 0; i <= length; i++) {
      const offset = at(i);
      if (offset < last) throw new Error(`value ${i} begins at ${offset}, before ${last}`);
      last = offset;
    }
    return at;
  }

  #buffer(): Uint8Array {
    const [begin, numBytes] = next(this.#buffers);
    if (!(begin >= 0 && numBytes >= 0 && begin + numBytes <= this.#body.length))
      throw new Error(`bytes ${begin} to ${begin + numBytes} of ${this.#body.length}`);
    const bytes = this.#body.subarray(begin, begin + numBytes);
    return this.#codec === undefined || numBytes === 0 ? bytes : unpacked(bytes, this.#codec);
  }

  #countFree(length: number): void {
    this.#numFree += length;
    if (this.#numFree > MOST_FREE)
      throw new Error(`${this.#numFree} values that take no bytes; at most ${MOST_FREE} are read`);
  }
}

/** Their length stands before them; -1 says that they are as they are. */
function unpacked(bytes: Uint8Array, codec: number): Uint8Array {
  const length = Number(viewOf(bytes).getBigInt64(0, true));
  const packed = bytes.subarray(8);
  if (length === -1) return packed;
  if (length < 0) throw new Error(`a buffer of ${length} bytes`);
  requireUnpacked(length, packed.length);
  const result = codec === CODEC.lz4 ? unpackLz4Frame(packed) : unpackZstd(packed, length, codec);
  if (result.length === length) return result;
  throw new Error(`a buffer unpacks to ${result.length} bytes, not to ${length}`);
}

function unpackZstd(packed: Uint8Array, length: number, codec: number): Uint8Array {
  if (codec === CODEC.zstd) return boundedCompressors.ZSTD(packed, length);
  throw new Error(`is packed by codec ${codec}, which is none`);
}

function next<T>(iterator: Iterator<T>): T {
  const { value, done } = iterator.next();
  if (done === true) throw new Error("its record batch describes fewer columns");
  return value;
}

function requireBytes({ byteLength }: { byteLength: number }, needed: number, to = "hold values") {
  if (!(byteLength >= needed))
    throw new Error(`${byteLength} bytes ${to}, where ${Math.ceil(needed)} are needed`);
}

function requireValues(name: string, { length }: readonly unknown[], needed: number): void {
  if (!(length >= needed))
    throw new Error(`${name} has ${length} values, where ${needed} are needed`);
}

function content(bytes: Uint8Array, isText: boolean): string | Uint8Array {
  return isText ? TEXT.decode(bytes) : bytes.slice();
}

function entryOf(entry: unknown): [string, unknown] {
  const [key, value] = Object.values(Object(entry));
  return [String(key), value];
}

function bitOf(bytes: Uint8Array, i: number): boolean {
  return (((bytes[i >> 3] as number) >> (i & 7)) & 1) === 1;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
