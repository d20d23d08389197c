// Rows of a CSV file (RFC 4180): fields may stand in quotes and then hold commas, quotes (doubled) and ends of lines. The first
// record names the columns.
import { DataError } from "../data-error.js";
import { type Line, MAX_LINE_BYTES } from "./lines.js";

/** One record: its fields, or what is wrong with it. */
interface CsvRecord {
  readonly line: number;
  readonly fields?: readonly string[];
  readonly problem?: string;
}

/** The rows of a file that begin behind the line `after` as objects, by the names in its first record. */
export function* csvRows(
  lines: Iterable<Line>,
  { file, after }: { readonly file: string; readonly after: number },
): Generator<{ line: number; value?: Record<string, string>; problem?: string }> {
  let names: readonly string[] | undefined;
  for (const { line, fields, problem } of csvRecords(lines)) {
    if (names === undefined) {
      names = header(fields, file, problem);
    } else if (line <= after) {
      // A quote may hold ends of lines, so records before it must be told from one another.
    } else if (fields === undefined) {
      yield { line, problem: problem ?? "cannot be read" };
    } else if (fields.length !== names.length) {
      yield { line, problem: `has ${fields.length} fields, the header names ${names.length}` };
    } else {
      const columns = names;
      yield { line, value: Object.fromEntries(fields.map((field, i) => [columns[i], field])) };
    }
  }
}

/** Records of lines; one whose quote is open at the end of a line goes on in the next. */
function* csvRecords(lines: Iterable<Line>): Generator<CsvRecord, void, undefined> {
  let open: OpenRecord | undefined;
  for (const { number, text, problem } of lines) {
    open ??= new OpenRecord(number);
    if (text !== undefined && open.add(text)) continue;
    yield recordOf(open, text === undefined ? problem : open.problem);
    open = undefined;
  }
  if (open !== undefined) yield { line: open.line, problem: "a quote is never closed" };
}

class OpenRecord {
  /** Where it begins. */
  readonly line: number;
  readonly parts: string[] = [];
  #characters = 0;
  #numQuotes = 0;

  constructor(line: number) {
    this.line = line;
  }

  /** Whether the record goes on after this line. */
  add(text: string): boolean {
    this.parts.push(text);
    this.#characters += text.length;
    this.#numQuotes += numQuotes(text);
    return this.#numQuotes % 2 === 1 && this.#characters <= MAX_LINE_BYTES;
  }

  get problem(): string | undefined {
    return this.#numQuotes % 2 === 1 ? "a quote is not closed where it should be" : undefined;
  }
}

function numQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
  return count;
}

function recordOf({ line, parts }: OpenRecord, problem?: string): CsvRecord {
  if (problem !== undefined) return { line, problem };
  const text = parts.join("\n");
  const fields: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const field = text[at] === '"' ? quotedField(text, at + 1) : plainField(text, at);
    if (field === undefined)
      return { line, problem: "a quote stands beside a field, or within one without quotes" };
    fields.push(field.text);
    at = field.end + 1;
  }
  return { line, fields };
}

/** A field and the place of the comma after it, or of the end. */
interface Field {
  readonly text: string;
  readonly end: number;
}

function plainField(text: string, begin: number): Field | undefined {
  const comma = text.indexOf(",", begin);
  const end = comma === -1 ? text.length : comma;
  const field = text.slice(begin, end);
  return field.includes('"') ? undefined : { text: field, end };
}

function quotedField(text: string, begin: number): Field | undefined {
  let close = text.indexOf('"', begin);
  while (text[close + 1] === '"') close = text.indexOf('"', close + 2);
  const end = close + 1;
  if (end !== text.length && text[end] !== ",") return undefined;
  return { text: text.slice(begin, close).replaceAll('""', '"'), end };
}

function header(fields: readonly string[] | undefined, file: string, problem = "is empty") {
  if (fields === undefined) throw new DataError(`${file}: its first line ${problem}`);
  const twice = fields.find((name, index) => fields.indexOf(name) !== index);
  if (twice === undefined) return fields;
  throw new DataError(`${file}: its first line names the column "${twice}" twice`);
}
