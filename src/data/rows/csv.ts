// Rows of a CSV file (RFC 4180): fields may stand in quotes and then hold commas, quotes (doubled) and ends of lines. The first
// record names the columns.
import { DataError } from "../data-error.js";
import { type Line, MAX_LINE_BYTES } from "./lines.js";

/** One record: its fields, or what is wrong with it. */
export interface CsvRecord {
  readonly line: number;
  readonly fields?: readonly string[];
  readonly problem?: string;
}

/** Records of lines; one that stands in quotes goes on over several. */
export function* csvRecords(lines: Iterable<Line>): Generator<CsvRecord, void, undefined> {
  let open: { readonly line: number; text: string } | undefined;
  for (const { number, text, problem } of lines) {
    if (text === undefined) {
      yield { line: open?.line ?? number, problem: problem ?? "cannot be read" };
      open = undefined;
      continue;
    }
    if (open === undefined) open = { line: number, text };
    else open.text += `\n${text}`;
    if (isOpen(open.text) && open.text.length <= MAX_LINE_BYTES) continue;
    if (open.text !== "") yield recordOf(open);
    open = undefined;
  }
  if (open !== undefined) yield { line: open.line, problem: "a quote is never closed" };
}

/** The rows of a file as objects, by the names in its first record. */
export function* csvRows(
  lines: Iterable<Line>,
  file: string,
): Generator<{ line: number; value?: Record<string, string>; problem?: string }> {
  let names: readonly string[] | undefined;
  for (const { line, fields, problem } of csvRecords(lines)) {
    if (names === undefined) {
      names = header(fields, file, problem);
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

function header(fields: readonly string[] | undefined, file: string, problem = "is empty") {
  if (fields === undefined) throw new DataError(`${file}: its first line ${problem}`);
  const names = fields.map((name, index) => (index === 0 ? name.replace(/^\ufeff/, "") : name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new DataError(`${file}: its first line names the column "${twice}" twice`);
}

/** Whether a quote is open at the end: each closes or doubles another. */
function isOpen(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes++;
  return quotes % 2 === 1;
}

const FIELD = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

function recordOf({ line, text }: { readonly line: number; readonly text: string }): CsvRecord {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (;;) {
    const found = FIELD.exec(text);
    if (found === null) return { line, problem: "a quote stands within a field without quotes" };
    const [, quoted, plain = "", end] = found;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") return { line, fields };
  }
}
