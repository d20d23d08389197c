// What every plugin keeps, in each precision and on one rank and several: the same training, and nothing lost.
import { expect } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";
import { type Cases, runContract, type Subject } from "./contract.js";

interface Result {
  readonly gradients: number[];
  /** Of a backward pass in float32 over all rows, without a booster. */
  readonly plain: number[];
  readonly ahead: number[];
  readonly resumed: number[];
  readonly isLoaded: boolean;
  readonly live: number[];
  readonly evaluation: number | null;
}

interface Setting extends Subject {
  readonly plugin: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly precision: "fp32" | "bf16" | "fp16";
  readonly numRanks: number;
}

const PRECISIONS = ["fp32", "bf16", "fp16"] as const;
/** In the sample each plugin is met, where it has stages in one of them, in the precision that asks most. */
const PLUGINS = [
  { plugin: "TorchDDPPlugin", options: {}, sample: PRECISIONS },
  { plugin: "LowLevelZeroPlugin", options: { stage: 1 }, sample: [] },
  { plugin: "LowLevelZeroPlugin", options: { stage: 2 }, sample: ["fp16"] },
  { plugin: "TorchFSDPPlugin", options: {}, sample: ["fp32"] },
  { plugin: "LowLevelZeroPlugin", options: { stage: 1, cpuOffload: true }, sample: [] },
  { plugin: "GeminiPlugin", options: { offloadOptimFrac: 0.5 }, sample: [] },
  {
    plugin: "GeminiPlugin",
    options: { offloadOptimFrac: 1, offloadParamFrac: 0.5 },
    sample: ["bf16"],
  },
  { plugin: "GeminiPlugin", options: { placementPolicy: "auto", shardParamFrac: 0 }, sample: [] },
] as const;
const IN_MATRIX = process.env["NOTEBOOSTER_TEST_MATRIX"] === "1";

const SETTINGS: readonly Setting[] = PLUGINS.flatMap(({ plugin, options, sample }) =>
  (IN_MATRIX ? PRECISIONS : sample).flatMap((precision) =>
    ranksOf(plugin).map((numRanks) => ({
      plugin,
      options: { ...options, device: "cpu" },
      precision,
      numRanks,
      name: `${[plugin, ...Object.entries(options).flat()].join(" ")}, ${precision}, ${numRanks} ranks`,
    })),
  ),
);

function ranksOf(plugin: string): readonly number[] {
  if (IN_MATRIX) return [1, 2, 4];
  return plugin === "TorchDDPPlugin" ? [1, 2] : [2];
}

/** How far gradients may be from what they should be: each, and all of them together. */
const BOUNDS = {
  fp32: { absolute: 1e-6, relative: 1e-4, norm: 1e-5 },
  bf16: { absolute: 5e-3, relative: 5e-3, norm: 1e-2 },
  fp16: { absolute: 5e-3, relative: 5e-3, norm: 1e-2 },
} as const;

const CASES: Cases<Setting> = {
  "gradients are those of one pass over all rows, however unevenly they count": async (setting) => {
    const { gradients: ofOne, plain } = await alone(setting.precision);
    const wanted = setting.precision === "fp32" ? plain : ofOne;
    const { absolute, relative, norm } = BOUNDS[setting.precision];
    for (const { gradients } of await results(setting)) {
      const apart = gradients.map((one, i) => Math.abs(one - (wanted[i] as number)));
      const beyond = apart.filter(
        (far, i) => far > absolute + relative * Math.abs(wanted[i] as number),
      );
      expect(beyond).toEqual([]);
      expect(Math.hypot(...apart) / Math.hypot(...wanted)).toBeLessThan(norm);
    }
  },
  "in 16 bits gradients are near those in 32": async (setting) => {
    const [{ gradients, plain: wanted }] = (await results(setting)) as [Result];
    const apart = gradients.map((one, i) => one - (wanted[i] as number));
    expect(Math.hypot(...apart) / Math.hypot(...wanted)).toBeLessThan(2e-2); // seen: 1.4e-2 in bfloat16
  },
  "all ranks make the same updates": async (setting) => {
    const [first, ...others] = await results(setting);
    for (const { gradients } of others) expect(gradients).toEqual(first?.gradients);
  },
  "a checkpoint resumes to the bit": async (setting) => {
    for (const { ahead, resumed } of await results(setting)) expect(resumed).toEqual(ahead);
  },
  "a model that is loaded after boost() stays loaded": async (setting) => {
    for (const { isLoaded } of await results(setting)) expect(isLoaded).toBe(true);
  },
  "boosting again leaves nothing behind": async (setting) => {
    for (const { live } of await results(setting)) expect(new Set(live.slice(1)).size).toBe(1);
  },
  "a boosted model evaluates": async (setting) => {
    for (const { evaluation } of await results(setting)) {
      const counts = setting.numRanks < 4; // of four ranks one has rows of which nothing counts
      if (counts) expect(evaluation).toBeGreaterThan(1);
    }
  },
};

runContract(SETTINGS, CASES);

const known = new Map<string, Promise<Result[]>>();

/** Each setting runs once for all cases. */
function results(setting: Setting): Promise<Result[]> {
  const { name, plugin, precision, numRanks } = setting;
  const options = { plugin, options: setting.options, precision, folder: scratchFolder() };
  const running =
    known.get(name) ?? (runRanks("keep-contract.mjs", numRanks, { options }) as Promise<Result[]>);
  known.set(name, running);
  return running;
}

async function alone(precision: Setting["precision"]): Promise<Result> {
  const setting = SETTINGS.find((each) => each.precision === precision && each.numRanks === 1);
  return (await results(setting as Setting))[0] as Result;
}
