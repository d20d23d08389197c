// Gradients that ranks reduce where they lie: which parameters have one afterwards, and when their memory is there.
import { beforeAll, expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

interface Findings {
  /** The most memory that backward passes took at a time, over that of all gradients. */
  readonly passes: readonly number[];
  /** How often these passes read a tensor. */
  readonly numReads: number;
  /** What four steps leave, over the memory of all gradients. */
  readonly left: number;
  readonly found: Readonly<Record<string, unknown>>;
  /** How many allocations hold gradients. */
  readonly storages: number;
  readonly before: readonly number[];
  readonly paused: readonly number[];
  readonly summed: readonly number[];
  /** Whether a gradient taken after the first pass shows what later passes added. */
  readonly isSame: boolean;
  readonly afterwards: number;
  readonly isNull: boolean;
  readonly numTensors: readonly number[];
}

let ranks: readonly Findings[];
beforeAll(async () => {
  ranks = (await runRanks("gradient-buffers.mjs", 2, {
    environment: { OMP_NUM_THREADS: "1" },
  })) as Findings[];
});

test("a parameter has the ranks' mean gradient where any of them had one, else none", () => {
  const [columns, halves] = [
    [7.5, 10.5, 13.5],
    [2.5, 3.5, 4.5],
  ]; // the sums of x's columns are 5, 7, 9 and twice that
  for (const { found } of ranks) {
    expect(found).toEqual({
      "always.weight": [columns, columns],
      "always.bias": [2, 2],
      "sometimes.weight": [halves, halves],
      "sometimes.bias": [1, 1],
      "never.weight": null,
      "never.bias": null,
    });
  }
});

test("gradients of a bucket are one allocation, which micro-batches add to and zeroGrad gives up", () => {
  for (const { storages, before, paused, summed, isSame, afterwards, isNull } of ranks) {
    expect(storages).toBe(1);
    expect([before, paused, summed]).toEqual([
      [2, 2],
      [4, 4],
      [6, 6],
    ]);
    expect(isSame).toBe(true);
    expect(afterwards).toBe(0);
    expect(isNull).toBe(true);
  }
});

test("steps leave nothing behind", () => {
  for (const { numTensors } of ranks) expect(new Set(numTensors).size).toBe(1);
});

test("a pass takes the memory of the gradients and little else, a second one next to nothing; neither reads a number", () => {
  for (const { passes, numReads, left } of ranks) {
    const [first, second] = passes as [number, number];
    expect(first).toBeGreaterThan(0.99);
    expect(first).toBeLessThan(1.05);
    expect(second).toBeLessThan(0.05);
    expect(numReads).toBe(0);
    expect(left).toBeLessThan(0.05);
  }
});
