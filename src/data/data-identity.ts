// Which rows a loader gives, in few bytes: to go on in the middle of an epoch, they must be those that it began with.
import { createHash } from "node:crypto";
import type { RowDataset } from "./text-dataset.js";

/** Rows that are read of a large dataset, evenly spread: what is put in or left out shifts all that follow. */
const MAX_ROWS = 4096;
const digests = new WeakMap<RowDataset, string>();

/** A text that is the same for equal rows. */
export function digestOfRows(dataset: RowDataset): string {
  const known = digests.get(dataset);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  const numRows = Math.min(dataset.length, MAX_ROWS);
  for (let i = 0; i < numRows; i++) {
    const index = numRows < 2 ? 0 : Math.floor((i * (dataset.length - 1)) / (numRows - 1));
    hash.update(Int32Array.from(dataset.row(index)));
  }
  const digest = hash.digest("hex").slice(0, 32);
  digests.set(dataset, digest);
  return digest;
}
