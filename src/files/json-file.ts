// The one reader of JSON files: a regular file of bounded size, strict UTF-8, strict JSON. What its fields may be is
// checked with `checkFields`.
import type { FileProblem } from "./file-error.js";
import { readPlainFile } from "./plain-file.js";
import { parseStrictJson, type StrictJson, type StrictJsonObject } from "./strict-json.js";

/** Longest file unless said otherwise, in bytes: configurations have a few thousand. */
const MAX_BYTES = 4_000_000;

export interface ReadJsonOptions {
  /** Makes the error. */
  readonly problem: FileProblem;
  /** Default 4 MB. */
  readonly maxBytes?: number;
}

/**
 * The JSON object in the file at `path`, as a Map in the order of the file.
 * @throws what `problem` makes, when the file cannot be opened (see `openPlainFile`), is too long, is not UTF-8 or not JSON
 * (duplicate keys, NaN and deep nesting included), or holds something else than an object
 */
export function readJsonObject(
  path: string,
  { problem, maxBytes = MAX_BYTES }: ReadJsonOptions,
): StrictJsonObject {
  return parseJsonObject(readPlainFile(path, { maxBytes, problem }), { path, problem });
}

/** The same from bytes that were read already; `path` is for the error. */
export function parseJsonObject(
  bytes: Uint8Array,
  { path, problem }: { readonly path: string; readonly problem: FileProblem },
): StrictJsonObject {
  if (bytes.length === 0) throw problem("is empty; expected a JSON object", { path });
  const value = parse(decode(bytes, path, problem), path, problem);
  if (value instanceof Map) return value;
  throw problem(`holds ${jsonKind(value)}; expected a JSON object`, { path });
}

function decode(bytes: Uint8Array, path: string, problem: FileProblem): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw problem("is not UTF-8 text; expected a JSON object", { path, cause });
  }
  if (!text.startsWith("\ufeff")) return text;
  throw problem("begins with a byte order mark, which JSON has not; save it without", { path });
}

function parse(text: string, path: string, problem: FileProblem): StrictJson {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw problem(`is not valid JSON: ${cause.message}`, { path, cause });
  }
}

function jsonKind(value: StrictJson): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
