// The digest by which the Hub knows a file, computed as its bytes come: sha256 of what lies in its large store, else git's sha1 of
// a blob, which begins with the length.
import { createHash, type Hash } from "node:crypto";
import fs from "node:fs";
import { readFully } from "../files/plain-file.js";
import type { HubFile } from "./model-files.js";

const CHUNK_BYTES = 8 * 1024 * 1024;
const SHA256_DIGITS = 64;

/** An empty digest of a file. */
export function beginDigest({ etag, bytes }: HubFile): Hash {
  if (etag.length === SHA256_DIGITS) return createHash("sha256");
  return createHash("sha1").update(`blob ${bytes}\0`);
}

/** Adds what a file holds already. */
export function digestBegun(digest: Hash, descriptor: number, bytes: number): void {
  const chunk = new Uint8Array(Math.min(CHUNK_BYTES, bytes));
  for (let done = 0; done < bytes; done += chunk.length) {
    const count = readFully(
      descriptor,
      chunk.subarray(0, Math.min(chunk.length, bytes - done)),
      done,
    );
    digest.update(chunk.subarray(0, count));
  }
}

/** Whether the file is what the Hub says it is. */
export function isIntact(digest: Hash, { etag }: HubFile): boolean {
  return digest.digest("hex") === etag;
}

/** The length of a file, cut back to nothing where it is longer than it may be. */
export function lengthUpTo(descriptor: number, limit: number): number {
  const { size } = fs.fstatSync(descriptor);
  if (size <= limit) return size;
  fs.ftruncateSync(descriptor, 0);
  return 0;
}
