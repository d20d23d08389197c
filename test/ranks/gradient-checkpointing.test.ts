// Layers computed again under data parallelism: each gradient is reduced once, and the weights are the same bits.
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

interface Result {
  readonly losses: number[];
  readonly reductions: number[];
  readonly weights: string;
}

test.each([1, 2])(
  "with dropout and accumulation %i ranks train to the same bits",
  async (worldSize) => {
    const train = (checkpointing: boolean): Promise<Result[]> =>
      runRanks("train-checkpointed.mjs", worldSize, {
        options: { checkpointing },
        environment: { OMP_NUM_THREADS: "1" },
      }) as Promise<Result[]>;
    const whole = await train(false);
    expect(await train(true)).toEqual(whole);
    const { reductions } = whole[0] as Result;
    expect(reductions.filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0, 0]); // noSync
    if (worldSize === 2) expect(reductions[1]).toBeGreaterThan(5);
  },
);
