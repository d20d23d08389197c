// Weights in host memory as memory plans say it, beside what steps take of what stands for the device; which weights those are.
import {
  AdamW,
  Booster,
  BudgetError,
  type ComparedTerm,
  type GeminiOptions,
  GeminiPlugin,
  GPT2LMHeadModel,
  LlamaForCausalLM,
} from "notebooster";
import { expect, test } from "vitest";
import { trainingStep } from "./training-step.js";

const SIZES = {
  ...{ vocabSize: 500, hiddenSize: 128, intermediateSize: 352, numHiddenLayers: 4 },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 2 },
};
const SMALL = { ...SIZES, vocabSize: 60, hiddenSize: 16, intermediateSize: 44, numHiddenLayers: 6 };
const of = { batch: 2, sequence: 32 };
const model = () => new LlamaForCausalLM(SIZES, { seed: 1 });
const boosterOf = (options: GeminiOptions, mixedPrecision: "fp32" | "bf16" = "bf16") =>
  new Booster({ plugin: new GeminiPlugin({ device: "cpu", ...options }), mixedPrecision });
const onHost = (offloadParamFrac: number) => ({ offloadOptimFrac: 1, offloadParamFrac });

test.each([
  ["fp32", 0.5, 0],
  ["bf16", 0.5, 4],
  ["bf16", 1, 0],
  ["bf16", 1, 4],
] as const)(
  "in %s, %f of them, %i layers computed again: weights are to the byte where the plan has them, and the step takes what it says",
  async (precision, fraction, layers) => {
    const made = model();
    if (layers > 0) made.gradientCheckpointingEnable({ layers });
    const optimizer = new AdamW(made.parameters());
    const booster = boosterOf(onHost(fraction), precision);
    const plan = booster.plan(made, { ...of, optimizer });
    expect(plan.training.offloadParamFrac).toBe(fraction);
    expect(String(plan)).toContain(
      `100 % of the state and ${100 * fraction} % of the weights in host memory`,
    );
    const boosted = await booster.boost({ model: made, optimizer });
    const step = trainingStep(booster, boosted, of);
    step();
    const compared = plan.compare(step);
    const [weights, remembered, onItsWay] = compared.terms as ComparedTerm[];
    expect(weights?.predictedBytes).toBe(weights?.measuredBytes);
    expect(remembered?.predictedBytes).toBe((remembered?.measuredBytes ?? 0) + 4 * 39); // counts of steps
    expect(onItsWay?.predictedBytes).toBe(onItsWay?.measuredBytes);
    expect(Math.abs(compared.difference), String(compared)).toBeLessThan(0.01);
    const without = boosterOf({ offloadOptimFrac: 1 }, precision).plan(model(), of);
    const bytesOf = (all: readonly { readonly nbytes: number }[]): number =>
      all.reduce((sum, { nbytes }) => sum + nbytes, 0);
    const beyond = plan.hostBytes - without.hostBytes - fraction * bytesOf(made.parameters());
    expect(beyond).toBeGreaterThanOrEqual(0); // whole layers, and room between weights
    expect(beyond).toBeLessThan(bytesOf(made.model.layers[0]?.parameters() ?? []));
    expect(boosted.optimizer.stateOf(made.parameters()[0] as never)?.["step"]).toBe(2);
  },
);

/** Names of weights that have no memory between uses. */
async function away(
  options: GeminiOptions,
  made: LlamaForCausalLM | GPT2LMHeadModel = new LlamaForCausalLM(SMALL),
): Promise<Set<string>> {
  const booster = boosterOf(options);
  await booster.boost({ model: made, optimizer: new AdamW(made.parameters()) });
  const names = new Set<string>();
  for (const [name, parameter] of made.namedParameters()) {
    const read = (): unknown => parameter.toArray();
    try {
      read();
    } catch (error) {
      expect(String(error)).toMatch(
        /\.\w+ has no memory now: .*it lies in host memory between uses; .* using _ = booster\.gatherWeights\(model\)/,
      );
      names.add(/(layers|h)\.\d+|\w+(?=\.(weight|bias)$)/.exec(name)?.[0] ?? name);
    }
  }
  using _ = booster.gatherWeights(made);
  for (const parameter of made.parameters())
    expect(parameter.toArray()).toHaveLength(parameter.shape[0] as number);
  return names;
}

test("of layers those at equal distances lie on the host, then the head, then the embeddings, tied ones last", async () => {
  const layers = (...numbers: number[]) => numbers.map((i) => `layers.${i}`);
  expect(await away(onHost(0))).toEqual(new Set());
  expect(await away(onHost(0.1))).toEqual(new Set(layers(3)));
  expect(await away(onHost(0.4))).toEqual(new Set(layers(1, 3, 5)));
  const all = layers(0, 1, 2, 3, 4, 5);
  expect(await away(onHost(0.92))).toEqual(new Set([...all, "lm_head", "norm"]));
  expect(await away(onHost(1))).toEqual(new Set([...all, "embed_tokens", "lm_head", "norm"]));
  expect(await away({ placementPolicy: "auto", shardParamFrac: 0 })).toEqual(new Set());
  const tied = new GPT2LMHeadModel({
    ...{
      vocabSize: 60,
      hiddenSize: 16,
      numHiddenLayers: 2,
      numAttentionHeads: 4,
      maxPositionEmbeddings: 80,
    },
  });
  expect(await away(onHost(0.75), tied)).toEqual(new Set(["h.0", "h.1", "ln_f", "wpe"]));
});

test("a budget moves weights last, as few as it asks, and steps from the first on keep it", async () => {
  const booster = boosterOf({ placementPolicy: "auto" });
  const planned = (options: GeminiOptions, layers: number) => {
    const made = model();
    made.gradientCheckpointingEnable({ layers });
    return boosterOf(options).plan(made, of).totalBytes;
  };
  const [state, all] = [onHost(0), onHost(1)].map((options) => planned(options, 4));
  const budget = ((state as number) + (all as number)) / 2;
  const plan = booster.plan(model(), { ...of, budget });
  const { offloadOptimFrac, offloadParamFrac } = plan.training;
  expect(offloadOptimFrac).toBe(1);
  expect(offloadParamFrac).toBeGreaterThan(0.1);
  expect(offloadParamFrac).toBeLessThan(0.9);
  const enough = booster.plan(model(), { ...of, budget: 1.001 * (state as number) }).training;
  expect(enough.offloadParamFrac).toBe(0);
  const made = model();
  made.gradientCheckpointingEnable(plan.recompute);
  const own = boosterOf({ offloadOptimFrac, offloadParamFrac });
  const optimizer = new AdamW(made.parameters());
  const step = trainingStep(own, await own.boost({ model: made, optimizer }), of);
  const again = own.plan(made, { ...of, optimizer }); // of a boosted model, too
  expect(again.totalBytes).toBe(plan.totalBytes);
  const seen = [1, 2].map(() => again.compare(step).total.measuredBytes);
  for (const measuredBytes of seen) expect(measuredBytes).toBeLessThanOrEqual(1.005 * budget);
  const tooSmall = () => booster.plan(model(), { ...of, budget: 0.9 * (all as number) });
  expect(tooSmall).toThrow(BudgetError);
  const other = () => new Booster({ mixedPrecision: "bf16" }).plan(model(), { ...of, budget });
  expect(other).toThrow(
    `GeminiPlugin with offloadOptimFrac: 1 and offloadParamFrac: ${offloadParamFrac}`,
  );
});
