// Several processes that train together, against one process with the whole batch.
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { trainRanks } from "../fixtures/train-ranks.mjs";

interface Result {
  readonly losses: number[];
  readonly norms: number[];
  readonly weights: string;
}

test.each(["fp32", "bf16"])(
  "two ranks with DDP in %s give the losses of one rank with the doubled batch",
  async (precision) => {
    const [alone] = await train(1, { precision });
    const [first, second] = await train(2, { precision });
    expect(second).toEqual(first);
    const tolerance = precision === "fp32" ? 2e-5 : 5e-3;
    compare(first as Result, alone as Result, tolerance);
  },
);

test("small buckets and gradient accumulation under noSync change nothing but rounding", async () => {
  const [alone] = await train(1, { accumulation: 2 });
  const [first, second] = await train(2, { accumulation: 2, bucketCapMb: 0.01 });
  expect(second).toEqual(first);
  compare(first as Result, alone as Result, 2e-5);
});

test("two ranks resume from their checkpoint to bit-identical losses; another number of ranks is refused", async () => {
  const folder = join(scratchFolder(), "checkpoints");
  const whole = await train(2, { checkpoint: folder, steps: 12, saveAt: 6 });
  const resumed = await train(2, { checkpoint: folder, steps: 12, resume: true });
  expect(resumed[0]?.losses).toEqual(whole[0]?.losses.slice(6));
  await expect(train(1, { checkpoint: folder, steps: 12, resume: true })).rejects.toThrow(
    /saved by 2 ranks and this is a job of 1/,
  );
});

function compare(actual: Result, expected: Result, tolerance: number): void {
  expect(actual.losses.length).toBe(expected.losses.length);
  for (const [step, loss] of actual.losses.entries()) {
    expect(Math.abs(loss - (expected.losses[step] as number))).toBeLessThanOrEqual(tolerance);
    const norm = expected.norms[step] as number;
    expect(Math.abs((actual.norms[step] as number) - norm)).toBeLessThanOrEqual(
      50 * tolerance * norm,
    );
  }
}

function train(worldSize: number, options: Record<string, unknown>): Promise<Result[]> {
  return trainRanks(worldSize, options, { OMP_NUM_THREADS: "1" });
}
