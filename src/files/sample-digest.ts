// A digest that costs the same for any number of bytes: of some of them, evenly spread. It tells files apart that were written by
// different people or runs, not those that somebody made to look alike.
import { createHash } from "node:crypto";

const PIECES = 16;
const PIECE_BYTES = 1024;

/** @param label what else is to be the same @param read fills `bytes` with those from `at` on */
export function sampleDigest(
  label: string,
  numBytes: number,
  read: (at: number, bytes: Uint8Array) => void,
): string {
  const hash = createHash("sha256").update(`${label} ${numBytes}\n`);
  const bytes = new Uint8Array(Math.min(PIECE_BYTES, numBytes));
  const last = numBytes - bytes.length;
  const step = Math.max(PIECE_BYTES, last / (PIECES - 1));
  for (let at = 0; bytes.length > 0 && at < last + step; at += step) {
    read(Math.min(Math.floor(at), last), bytes);
    hash.update(bytes);
  }
  return hash.digest("hex");
}
