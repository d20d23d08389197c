// Rows of data files as objects, one after the other, by the file's name: JSONL, CSV, text with a row a line, Parquet and Arrow.
import { columnarRows } from "../columnar/columnar-rows.js";
import { DataError } from "../data-error.js";
import type { BadRows } from "./bad-rows.js";
import { csvRows } from "./csv.js";
import { type Line, linesOf } from "./lines.js";

/** A row's fields by their names. */
export type DataRow = Readonly<Record<string, unknown>>;

/** A row and where it stands. */
export interface PlacedRow {
  readonly value: DataRow;
  readonly file: string;
  /** Counted from 1: the line where it begins, or its number in files that have no lines. */
  readonly line: number;
}

/**
 * The rows of a file, read as they are asked for. Those that cannot be read go to `bad`.
 * @param after the line of a row: it and those before it are passed over
 * @throws DataError when the file cannot be read, or is of no kind that is known
 */
export function* readRows(
  file: string,
  bad: BadRows,
  after = 0,
): Generator<PlacedRow, void, undefined> {
  for (const { line, value, problem, text } of rowsOf(file, after)) {
    if (value !== undefined) yield { value, file, line };
    else bad.add({ file, line, problem: problem ?? "cannot be read" }, text);
  }
}

interface ReadRow {
  readonly line: number;
  readonly value?: DataRow;
  readonly problem?: string;
  /** Of a row that cannot be read. */
  readonly text?: string;
}

/** Of files that hold rows. */
export const EXTENSIONS = [
  ...[".jsonl", ".ndjson", ".csv", ".txt"],
  ...[".parquet", ".arrow", ".feather", ".ipc"],
];

function rowsOf(file: string, after: number): Iterable<ReadRow> {
  if (/\.(jsonl|ndjson)$/i.test(file)) return lineRows(linesOf(file, after), parsed);
  if (/\.csv$/i.test(file)) return csvRows(linesOf(file), { file, after });
  if (/\.txt$/i.test(file)) return lineRows(linesOf(file, after), textRow);
  if (/\.parquet$/i.test(file)) return columnarRows(file, "parquet", after);
  if (/\.(arrow|feather|ipc)$/i.test(file)) return columnarRows(file, "arrow", after);
  throw new DataError(
    `${file}: rows are read from ${EXTENSIONS.join(", ")}; for a .json that holds a list: jq -c '.[]' file.json > file.jsonl`,
  );
}

/** A row for each line that is not blank. */
function* lineRows(
  lines: Iterable<Line>,
  read: (text: string) => Omit<ReadRow, "line">,
): Generator<ReadRow, void, undefined> {
  for (const { number: line, text, problem } of lines) {
    if (text === undefined) yield { line, problem: problem ?? "cannot be read" };
    else if (text.trim() !== "") yield { line, ...read(text) };
  }
}

function textRow(text: string): Omit<ReadRow, "line"> {
  return { value: { text } };
}

function parsed(text: string): Omit<ReadRow, "line"> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { value: value as DataRow };
    return { problem: "is no JSON object", text };
  } catch (error) {
    return { problem: `is not valid JSON: ${(error as Error).message}`, text };
  }
}
