// Steps that ranks share: made by all or by none, and never told to have been made where they were not.
import { beforeAll, expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { sharedFolder } from "../fixtures/scratch.js";

interface Findings {
  readonly [what: string]: string | null;
}
interface Measured {
  readonly isAsExpected: boolean;
  /** What was told to who stored the weights, or boosted them again. */
  readonly savers: readonly (string | null)[];
  readonly isNull: boolean;
  readonly sums: readonly [number, number, number];
  readonly clipped: readonly [number, number];
  /** Losses of an optimizer that was boosted with each plan in turn, and with one alone. */
  readonly boostedAnew: readonly { plain: readonly number[]; anew: readonly number[] }[];
  /** Of the gradients' bytes: most at once, and what stays after a backward pass. */
  readonly peaks: Readonly<Record<"ddp" | "stage2", readonly [most: number, held: number]>>;
}

const folder = sharedFolder();
let found: (Findings & Measured)[];

beforeAll(async () => {
  found = (await runRanks("shared-steps.mjs", 2, {
    options: { folder },
    environment: { OMP_NUM_THREADS: "1" },
  })) as typeof found;
});

test("what one rank cannot do none does, with nothing changed", () => {
  for (const { refused } of found) expect(refused).toMatch(/^RangeError: rank 1: AdamW: lr of/);
});

test("after a failure in the middle of a step weights of two steps are not trained on or saved, until a checkpoint is loaded", () => {
  for (const { failed, again, backward, savers, isAsExpected } of found) {
    expect(failed).toBe("RangeError: rank 1: only here");
    for (const told of [again, backward, ...savers])
      expect(told).toMatch(/^PlanError: .*a step failed in its middle.*load a checkpoint/);
    expect(isAsExpected).toBe(true);
  }
});

test("gradients that ranks share are none of parameters, and whoever looks there is told", () => {
  for (const { isNull, gradNorm, clipGradNorm, written } of found) {
    expect(isNull).toBe(true);
    for (const told of [gradNorm, clipGradNorm])
      expect(told).toMatch(/^PlanError: .*parameter.grad is null; take optimizer.gradNorm/);
    expect(written).toMatch(/^PlanError: step: some parameters have a gradient that no backward/);
  }
});

test("passes add up to a norm of all ranks, which model.zeroGrad() and parameter.grad = null forget and clipGradByNorm bounds", () => {
  for (const { sums, clipped } of found) {
    expect(sums[0]).toBeCloseTo(2, 5);
    expect(sums[1]).toBeCloseTo(1, 5);
    expect(sums[2]).toBeCloseTo(1, 5);
    expect(clipped[0]).toBeCloseTo(1, 5);
    expect(clipped[1]).toBeCloseTo(0.25, 5);
  }
});

test("stage 2 refuses noSync, and whoever shares state refuses to save it as one file", () => {
  for (const { noSync, single } of found) {
    expect(noSync).toMatch(/^PlanError: LowLevelZeroPlugin: noSync: stage 2 .* take stage: 1$/);
    expect(single).toMatch(/^PlanError: .*saveOptimizer: shard: false: .*leave shard out/);
  }
});

test("an optimizer that remembers something is boosted with slices, other slices and whole weights, and trains on as with one plan", () => {
  for (const { boostedAnew } of found)
    for (const { plain, anew } of boostedAnew) {
      expect(plain.at(-1)).toBeLessThan(0.9 * (plain[0] as number));
      for (const [i, loss] of plain.entries()) expect(anew[i], `loss ${i}`).toBeCloseTo(loss, 4);
    }
});

test("stage 2 keeps the gradients of its half, and during a pass those of few buckets beside them", () => {
  for (const { peaks } of found) {
    expect(peaks.ddp[1]).toBeGreaterThan(0.95);
    // Half, and what Gloo's threads have not let go of yet.
    expect(peaks.stage2[1]).toBeLessThan(0.75);
    expect(peaks.stage2[0]).toBeLessThan(0.85);
  }
});
