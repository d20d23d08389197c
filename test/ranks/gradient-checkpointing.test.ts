// Layers computed again under data parallelism: each gradient is reduced once, and the weights are the same bits.
import type { GradientCheckpointingOptions } from "notebooster";
import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { PLUGIN_NAMES } from "../fixtures/plugins.mjs";
import { runRanks } from "../fixtures/run-ranks.mjs";

interface Result {
  readonly losses: number[];
  readonly reductions: number[];
  readonly weights: string;
}

interface Training {
  readonly checkpointing?: GradientCheckpointingOptions;
  readonly plugin?: string;
}

const train = (worldSize: number, options: Training): Promise<Result[]> =>
  runRanks("train-checkpointed.mjs", worldSize, {
    options,
    environment: { OMP_NUM_THREADS: "1" },
  }) as Promise<Result[]>;

test.each([1, 2])(
  "with dropout and accumulation %i ranks train to the same bits",
  async (worldSize) => {
    const whole = await train(worldSize, {});
    expect(await train(worldSize, { checkpointing: {} })).toEqual(whole);
    const { reductions } = whole[0] as Result;
    expect(reductions.filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0, 0]); // noSync
    if (worldSize === 2) expect(reductions[1]).toBeGreaterThan(5);
  },
);

/** In `npm test` a plugin whose ranks have weights in parts, and one whose have all. */
const PLUGINS = isMatrix ? PLUGIN_NAMES : ["DDP", "FSDP"];
const SELECTIVE = { granularity: "selective", fullLayers: 1 } as const;

test.each(PLUGINS)(
  "under %s with the first layer in full and norms and activations of the others two ranks train to the same bits",
  async (plugin) => {
    const whole = await train(2, { plugin });
    expect(await train(2, { plugin, checkpointing: SELECTIVE })).toEqual(whole);
  },
);
