// Which rows a loader gives, in few bytes: to go on in the middle of an epoch, they must be those that it began with.
import { createHash } from "node:crypto";
import type { ExampleDataset } from "./example.js";
import type { RowDataset } from "./text-dataset.js";

/** Rows that are read of a large dataset, evenly spread: what is put in or left out shifts all that follow. */
const MAX_ROWS = 4096;
const digests = new WeakMap<RowDataset | ExampleDataset, string>();

/** A text that is the same for equal rows. */
export function digestOfRows(dataset: RowDataset | ExampleDataset): string {
  const known = digests.get(dataset);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  const numRows = Math.min(dataset.length, MAX_ROWS);
  for (let i = 0; i < numRows; i++) {
    const index = numRows < 2 ? 0 : Math.floor((i * (dataset.length - 1)) / (numRows - 1));
    for (const ids of idsOf(dataset, index)) hash.update(Int32Array.from(ids));
  }
  const digest = hash.digest("hex").slice(0, 32);
  digests.set(dataset, digest);
  return digest;
}

function idsOf(dataset: RowDataset | ExampleDataset, index: number): readonly Int32Array[] {
  if ("row" in dataset) return [dataset.row(index)];
  const { inputIds, labels, documents = [] } = dataset.example(index);
  return [inputIds, labels, Int32Array.from(documents)];
}
