// Several processes that train together, against one process with the whole batch.
import { join } from "node:path";
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";
import { trainRanks } from "../fixtures/train-ranks.mjs";

interface Result {
  readonly losses: number[];
  readonly norms: number[];
  /** Of gradients over ranks, of each backward pass. */
  readonly reductions: number[];
  /** Of losses in float16, after each step. */
  readonly scales: (number | null)[];
  readonly weights: string;
}

/** How far two ranks may be from one: ten times what was measured, 1e-6 and 1e-7, and 1.4e-4 and 9e-4 in bfloat16. */
const BOUNDS = {
  fp32: { loss: 1e-5, norm: 1e-6 },
  bf16: { loss: 1.5e-3, norm: 1e-2 },
  fp16: { loss: 4e-4, norm: 3e-3 },
} as const;

test.each(["fp32", "bf16", "fp16"] as const)(
  "two ranks with DDP in %s give the losses and gradient norms of one rank with the doubled batch",
  async (precision) => {
    const [alone] = await train(1, { precision });
    const [first, second] = await train(2, { precision });
    expect(second).toEqual(first);
    expectNear(first as Result, alone as Result, BOUNDS[precision]);
    expect(alone?.reductions).toEqual(new Array(10).fill(0));
    expect(first?.reductions).toEqual(new Array(10).fill(1)); // one bucket holds all
  },
);

test("an overflow on one rank skips the step on all, and halves the scale on all", async () => {
  const [first, second] = await train(2, { precision: "fp16", overflowing: 1, steps: 5 });
  expect(second?.weights).toBe(first?.weights);
  expect(first?.scales).toEqual([65536, 65536, 32768, 32768, 32768]);
  expect(second?.scales).toEqual(first?.scales);
  expect(first?.losses.every(Number.isFinite)).toBe(true);
});

test("under noSync no gradients are reduced; then all in small buckets, which gives what one rank gives", async () => {
  const [alone] = await train(1, { accumulation: 2 });
  const [first, second] = await train(2, { accumulation: 2, bucketCapMb: 0.01 });
  expect(second).toEqual(first);
  expectNear(first as Result, alone as Result, BOUNDS.fp32);
  const reductions = (first as Result).reductions;
  expect(reductions.filter((_, pass) => pass % 2 === 0)).toEqual(new Array(10).fill(0));
  for (let pass = 1; pass < 20; pass += 2) expect(reductions[pass]).toBeGreaterThan(5);
});

test("a loss that one rank keeps and never goes backward from changes nothing", async () => {
  const [plain] = await train(2, { bucketCapMb: 0.01 });
  const [first, second] = await train(2, { bucketCapMb: 0.01, holding: 0 });
  expect(second).toEqual(first);
  expect(first?.losses).toEqual(plain?.losses);
  expect(first?.weights).toBe(plain?.weights);
});

test("ranks stay equal where one has no gradient of some parameters", async () => {
  const [first, second] = await train(2, { lacking: 1 });
  expect(second).toEqual(first);
});

test("two ranks resume from their checkpoint to bit-identical losses", async () => {
  const folder = join(scratchFolder(), "checkpoints");
  const whole = await train(2, { checkpoint: folder, steps: 12, saveAt: 6 });
  const resumed = await train(2, { checkpoint: folder, steps: 12, resume: true });
  expect(resumed[0]?.losses).toEqual(whole[0]?.losses.slice(6));
});

function expectNear(
  actual: Result,
  expected: Result,
  { loss, norm }: { loss: number; norm: number },
): void {
  expect(actual.losses.length).toBe(expected.losses.length);
  for (const [step, wanted] of expected.losses.entries())
    expect(Math.abs((actual.losses[step] as number) - wanted), `loss ${step}`).toBeLessThan(loss);
  for (const [step, wanted] of expected.norms.entries())
    expect(Math.abs((actual.norms[step] as number) / wanted - 1), `norm ${step}`).toBeLessThan(
      norm,
    );
}

function train(worldSize: number, options: Record<string, unknown>): Promise<Result[]> {
  return trainRanks(worldSize, options, { OMP_NUM_THREADS: "1" });
}

test("parameters without a gradient on any rank are told once, unless they are expected", async () => {
  const used = ["used.weight", "used.bias", "sometimes.weight", "sometimes.bias"];
  const both = (await runRanks("train-unused.mjs", 2)) as { told: string[]; having: string[] }[];
  for (const { told, having } of both) {
    expect(having).toEqual(used);
    expect(told).toEqual([
      "on no rank is there a gradient of never.weight: the loss does not depend on them. If that is meant, give the plugin findUnusedParameters: true\n",
    ]);
  }
  const options = { options: { findUnusedParameters: true } };
  const expected = await runRanks("train-unused.mjs", 2, { options });
  expect(expected).toEqual(both.map(({ having }) => ({ told: [], having })));
});
