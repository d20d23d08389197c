// Batch normalisation over ranks, against one process with all rows; and buffers, which are those of the first rank.
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

interface Result {
  readonly losses: number[];
  readonly gradients: number[];
  readonly statistics: Record<string, number[]>;
}

const STATISTICS = [
  "norm.running_mean",
  "norm.running_var",
  "flat.running_mean",
  "flat.running_var",
];

test.each([2, 4])(
  "%i ranks train as one process with all rows; two of them have 3 and 5 of these",
  async (numRanks) => {
    const [alone] = await train(1);
    const results = await train(numRanks);
    for (const { losses, gradients, statistics } of results) {
      expectNear(losses, (alone as Result).losses);
      expectNear(gradients, (alone as Result).gradients);
      for (const name of STATISTICS)
        expectNear(statistics[name] as number[], (alone as Result).statistics[name] as number[]);
      expect(statistics["norm.num_batches_tracked"]).toEqual([3]);
    }
    expect(results.at(-1)).toEqual(results[0]); // weights, statistics and all buffers
  },
);

test("without syncBatchNorm ranks use their own rows, without broadcastBuffers they keep their own buffers", async () => {
  const [alone] = await train(1);
  const [first, second] = await train(2, { syncBatchNorm: false, broadcastBuffers: false });
  expect(Math.abs((first?.losses[0] ?? 0) - (alone?.losses[0] ?? 0))).toBeGreaterThan(1e-4);
  expect(first?.statistics["norm.running_mean"]).not.toEqual(
    second?.statistics["norm.running_mean"],
  );
  expect(first?.statistics["seen"]).toEqual([3]);
  expect(second?.statistics["seen"]).toEqual([6]);
  expect(second?.gradients).toEqual(first?.gradients); // one model all the same
});

test("with broadcastBuffers alone running statistics are those of rank 0", async () => {
  const [first, second] = await train(2, { syncBatchNorm: false });
  expect(second).toEqual(first);
  expect(second?.statistics["seen"]).toEqual([3]);
});

function train(numRanks: number, options: Record<string, unknown> = {}): Promise<Result[]> {
  return runRanks("train-normed.mjs", numRanks, { options: { options } }) as Promise<Result[]>;
}

function expectNear(given: readonly number[], wanted: readonly number[]): void {
  expect(given.length).toBe(wanted.length);
  const furthest = Math.max(
    ...given.map(
      (one, i) => Math.abs(one - (wanted[i] as number)) - 1e-4 * Math.abs(wanted[i] as number),
    ),
  );
  expect(furthest).toBeLessThan(1e-6);
}
