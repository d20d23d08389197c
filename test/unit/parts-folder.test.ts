// Parts that one layout wrote are read in any other: shards of columns, shards of rows, ranges of a flat buffer, wholes.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { partsFile } from "../../src/checkpoint/parts-file.js";
import { PartsFolder } from "../../src/checkpoint/parts-folder.js";
import { writeFiles } from "../../src/checkpoint/planned-file.js";
import { flatRegion, type Region, runsOf } from "../../src/checkpoint/region.js";
import { shareOf, type TensorPart } from "../../src/checkpoint/tensor-part.js";
import { numElements } from "../../src/tensor/element-range.js";
import { scratchFolder } from "../fixtures/scratch.js";

const SHAPE = [6, 8];
const WHOLE = Float32Array.from({ length: 48 }, (_, i) => i);

/** The elements of a region of the tensor, as a rank would hold them. */
function held(region: Region): Float32Array {
  const elements = new Float32Array(region.end - region.begin);
  for (const { at, from, count } of runsOf(region, SHAPE))
    elements.set(WHOLE.subarray(at, at + count), from);
  return elements;
}

function partOf(region: Region, name = "w"): TensorPart {
  const elements = held(region);
  const read = ({ begin, end }: { begin: number; end: number }) =>
    new Uint8Array(elements.slice(begin, end).buffer);
  return { name, dtype: "F32", shape: SHAPE, region, read };
}

function box(start: number[], size: number[]): Region {
  return { start, size, begin: 0, end: numElements(size) };
}

const LAYOUTS: Record<string, readonly Region[]> = {
  "one rank": [flatRegion(SHAPE)],
  "shards of columns": [box([0, 0], [6, 3]), box([0, 3], [6, 5])],
  "shards of rows": [box([0, 0], [2, 8]), box([2, 0], [1, 8]), box([3, 0], [3, 8])],
  "a grid of four": [
    box([0, 0], [3, 4]),
    box([0, 4], [3, 4]),
    box([3, 0], [3, 4]),
    box([3, 4], [3, 4]),
  ],
  "ranges of a flat buffer": [
    flatRegion(SHAPE, { begin: 0, end: 13 }),
    flatRegion(SHAPE, { begin: 13, end: 48 }),
  ],
  "ranges of shards of columns": [
    { ...box([0, 0], [6, 4]), end: 7 },
    { ...box([0, 0], [6, 4]), begin: 7 },
    box([0, 4], [6, 4]),
  ],
};

function write(folder: string, parts: readonly (readonly TensorPart[])[]): void {
  for (const [index, own] of parts.entries())
    writeFiles(folder, [partsFile(own, { stem: "state", index, count: parts.length })]);
}

test.each(Object.keys(LAYOUTS))(
  "what was written by %s is read by every other layout",
  (writer) => {
    const folder = scratchFolder();
    write(
      folder,
      (LAYOUTS[writer] as readonly Region[]).map((region) => [partOf(region)]),
    );
    using stored = PartsFolder.open(folder, "state");
    expect(stored.tensor("w")).toEqual({ dtype: "F32", shape: SHAPE });
    for (const wanted of Object.values(LAYOUTS).flat()) {
      const filled = new Float32Array(wanted.end - wanted.begin).fill(-1);
      for (const { to, bytes } of stored.read("w", wanted))
        filled.set(new Float32Array(bytes.slice().buffer), to);
      expect(filled).toEqual(held(wanted));
    }
  },
);

test("several parts of one tensor stand in one rank's file", () => {
  const folder = scratchFolder();
  write(folder, [(LAYOUTS["a grid of four"] as readonly Region[]).map((region) => partOf(region))]);
  using stored = PartsFolder.open(folder, "state");
  const bytes = [...stored.read("w", flatRegion(SHAPE))].reduce(
    (sum, found) => sum + found.bytes.length,
    0,
  );
  expect(bytes).toBe(48 * 4);
});

test("ranks that hold the same write about as many bytes each, and each element once", () => {
  const all = ["a", "b", "c"].map((name) => partOf(flatRegion(SHAPE), name));
  for (const numRanks of [1, 2, 3, 4, 7]) {
    const folder = scratchFolder();
    const shares = Array.from({ length: numRanks }, (_, rank) => [
      ...shareOf(all, { rank, numRanks }),
    ]);
    write(folder, shares);
    using stored = PartsFolder.open(folder, "state"); // which requires each element, once
    expect(stored.names.sort()).toEqual(["a", "b", "c"]);
    const sizes = shares.map((share) =>
      share.reduce((sum, { region }) => sum + region.end - region.begin, 0),
    );
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
});

test.each([
  [
    "an element twice",
    [box([0, 0], [6, 8]), box([0, 0], [1, 1])],
    'the parts of "w" hold element 0 twice',
  ],
  [
    "an element not at all",
    [box([0, 0], [6, 3]), box([0, 4], [6, 4])],
    'the parts of "w" lack element 3 of 48',
  ],
])("parts that hold %s are refused", (_, regions, says) => {
  const folder = scratchFolder();
  write(
    folder,
    regions.map((region) => [partOf(region)]),
  );
  expect(() => PartsFolder.open(folder, "state")).toThrow(says);
});

test("a rank's file that is missing is named, and a part that is not what its rank meant is refused as it is read", () => {
  const folder = scratchFolder();
  write(
    folder,
    (LAYOUTS["shards of rows"] as readonly Region[]).map((region) => [partOf(region)]),
  );
  const second = path.join(folder, "state-00002-of-00003.safetensors");
  const bytes = fs.readFileSync(second);
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  fs.writeFileSync(second, bytes);
  using stored = PartsFolder.open(folder, "state");
  expect(() => [...stored.read("w", flatRegion(SHAPE))]).toThrow(
    `${second}: tensor "w" is damaged`,
  );
  expect([...stored.read("w", box([3, 0], [3, 8]))]).toHaveLength(1); // which is in the third file
  fs.rmSync(second);
  expect(() => PartsFolder.open(folder, "state")).toThrow(`${second}: no such file`);
});
