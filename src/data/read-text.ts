// Text files, plain or gzip, as strings; what is not text is refused with the line where it stops being so.

import zlib from "node:zlib";
import { aPath, requireValue } from "../arguments/checks.js";
import { readPlainFile } from "../files/plain-file.js";
import { DataError, dataProblem } from "./data-error.js";

/** Longest text of one file after unpacking, in bytes: V8's strings end at about 2^29 characters. */
const MAX_TEXT_BYTES = 500_000_000;
/** gzip packs prose 3 to 1 and logs 20 to 1; a large file beyond this is made to fill the memory. */
const MAX_RATIO = 100;
/** What a small file may unpack to whatever the ratio. */
const PACKED_SLACK = 50_000_000;
const NEWLINE = 0x0a;

/** The text of a UTF-8 file, unpacked when it is gzip, without a byte order mark. Throws a DataError. */
export function readText(file: string): string {
  requireValue("readText: file", file, aPath);
  const bytes = unpack(file, readFile(file));
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new DataError(
      `${file}: line ${firstBadLine(bytes)} is not UTF-8 text; convert the file (iconv -t utf-8)`,
      {
        cause,
      },
    );
  }
  if (text.trim() === "") throw new DataError(`${file}: is empty; expected text`);
  return text;
}

function readFile(file: string): Uint8Array {
  return readPlainFile(file, {
    maxBytes: MAX_TEXT_BYTES,
    problem: dataProblem,
  });
}

function unpack(file: string, bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const maxOutputLength = Math.min(MAX_TEXT_BYTES, PACKED_SLACK + MAX_RATIO * bytes.length);
  try {
    return zlib.gunzipSync(bytes, { maxOutputLength });
  } catch (cause) {
    const isTooLong = (cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    const problem = isTooLong
      ? `unpacks to more than ${maxOutputLength} bytes of text; split it into several files and give them all`
      : `damaged gzip data: ${(cause as Error).message}`;
    throw new DataError(`${file}: ${problem}`, { cause });
  }
}

/** Lines can be judged one by one, since no UTF-8 sequence contains a newline byte. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for (let begin = 0; begin < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, begin);
    const end = newline === -1 ? bytes.length : newline;
    try {
      decoder.decode(bytes.subarray(begin, end));
    } catch {
      // The failure is what we look for.
      return line;
    }
    begin = end + 1;
  }
  return line;
}
