// The header of a safetensors file (format of huggingface/safetensors): 8 bytes of little-endian length, a JSON
// object name -> {dtype, shape, data_offsets}, then the data without a gap. Everything is checked
// here, from the header and the file's length alone, before a byte of data is read or room for it is made.

import { parseStrictJson, type StrictJson, type StrictJsonObject } from "../files/strict-json.js";
import { tensorBytes } from "./dtypes.js";

/** Longest header, in bytes: 100,000 tensors take 12 million. The format allows 100 million, which would take 300 MB of memory. */
export const MAX_HEADER_BYTES = 40_000_000;
export const LENGTH_BYTES = 8;

/** Where one tensor lies: `begin` and `end` are byte positions in the file. */
export interface TensorEntry {
  readonly name: string;
  /** Name of the element type as stored, such as "BF16". */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly metadata: ReadonlyMap<string, string>;
  /** By name, in the order of the data. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
}

/** A header that breaks the format; the message names the tensor at fault, when it is one. */
export class HeaderError extends Error {
  override readonly name = "HeaderError";
}

/** Checks the eight length bytes against the file's length and returns the header's length. */
export function parseHeaderLength(lengthBytes: Uint8Array, fileBytes: number): number {
  if (lengthBytes.length < LENGTH_BYTES) {
    throw new HeaderError(
      `the file has ${fileBytes} bytes, fewer than the ${LENGTH_BYTES} every file begins with`,
    );
  }
  const view = new DataView(lengthBytes.buffer, lengthBytes.byteOffset, LENGTH_BYTES);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw new HeaderError(
      `header of ${length} bytes is longer than the allowed ${MAX_HEADER_BYTES}`,
    );
  }
  const headerBytes = Number(length);
  if (headerBytes < 2)
    throw new HeaderError(`header of ${headerBytes} bytes is too short for "{}"`);
  if (LENGTH_BYTES + headerBytes > fileBytes) {
    throw new HeaderError(
      `header of ${headerBytes} bytes does not fit the file of ${fileBytes} bytes; it is truncated`,
    );
  }
  return headerBytes;
}

/** Parses and checks the JSON of a header, given the length of the whole file in bytes. */
export function parseHeader(json: Uint8Array, fileBytes: number): SafetensorsHeader {
  const object = parseObject(json);
  const dataBegin = LENGTH_BYTES + json.length;
  let metadata: ReadonlyMap<string, string> = new Map();
  const entries: TensorEntry[] = [];
  for (const [name, value] of object) {
    if (name === "__metadata__") metadata = parseMetadata(value);
    else entries.push(parseEntry(name, value, dataBegin));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkContiguous(entries, dataBegin, fileBytes);
  return { metadata, tensors: new Map(entries.map((entry) => [entry.name, entry])) };
}

function parseObject(json: Uint8Array): StrictJsonObject {
  if (json[0] !== 0x7b) throw new HeaderError('the header does not start with "{"');
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(json);
    return parseStrictJson(text) as StrictJsonObject;
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message : "it is not UTF-8";
    throw new HeaderError(`the header is not valid JSON: ${reason}`, { cause });
  }
}

function parseMetadata(value: StrictJson): ReadonlyMap<string, string> {
  if (!(value instanceof Map)) throw new HeaderError("__metadata__ is not an object");
  for (const [key, text] of value) {
    if (typeof text !== "string") throw new HeaderError(`__metadata__ "${key}" is not a string`);
  }
  return value as Map<string, string>;
}

function parseEntry(name: string, value: StrictJson, dataBegin: number): TensorEntry {
  const fail = (problem: string): never => {
    throw new HeaderError(`tensor ${JSON.stringify(name)}: ${problem}`);
  };
  if (!(value instanceof Map)) return fail("its description is not an object");
  const unknown = [...value.keys()].find(
    (key) => !["dtype", "shape", "data_offsets"].includes(key),
  );
  if (unknown !== undefined) fail(`unknown field ${JSON.stringify(unknown)}`);
  const dtype = value.get("dtype");
  if (typeof dtype !== "string") return fail("dtype is missing or no string");
  const shape =
    wholeNumbers(value.get("shape")) ?? fail("shape is not a list of whole numbers from 0 to 2^53");
  const offsets = wholeNumbers(value.get("data_offsets"));
  const [begin, end, ...more] = offsets ?? [];
  if (begin === undefined || end === undefined || more.length > 0) {
    return fail("data_offsets is not a pair of whole numbers from 0 to 2^53");
  }
  const bytes = tensorBytes(dtype, shape);
  if (typeof bytes === "string") return fail(bytes);
  if (end - begin !== bytes) {
    fail(
      `${dtype} of shape [${shape}] takes ${bytes} bytes, but data_offsets [${begin}, ${end}] hold ${end - begin}`,
    );
  }
  return { name, dtype, shape, begin: dataBegin + begin, end: dataBegin + end };
}

function wholeNumbers(value: StrictJson | undefined): number[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const isWhole = (item: StrictJson): item is number =>
    Number.isSafeInteger(item) && Number(item) >= 0;
  return value.every(isWhole) ? value : undefined;
}

function checkContiguous(
  entries: readonly TensorEntry[],
  dataBegin: number,
  fileBytes: number,
): void {
  let position = dataBegin;
  for (const { name, begin, end } of entries) {
    if (begin !== position) {
      const fault = begin < position ? "overlaps the tensor before it" : "leaves a hole before it";
      throw new HeaderError(
        `tensor ${JSON.stringify(name)}: ${fault} (begins at byte ${begin}, expected ${position})`,
      );
    }
    position = end;
  }
  if (position === fileBytes) return;
  const fault =
    position > fileBytes ? "the file is truncated" : "there are extra bytes after the data";
  throw new HeaderError(`${fault}: its tensors end at byte ${position}, the file at ${fileBytes}`);
}
