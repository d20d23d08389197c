// Optimizer state in host memory as memory plans say it, beside what steps take of what stands for the device.
import {
  AdamW,
  AdamW8bit,
  Booster,
  BudgetError,
  type ComparedTerm,
  type GeminiOptions,
  GeminiPlugin,
  Lion,
  LlamaForCausalLM,
} from "notebooster";
import { expect, test } from "vitest";
import { trainingStep } from "./training-step.js";

const SIZES = {
  ...{ vocabSize: 1000, hiddenSize: 128, intermediateSize: 176, numHiddenLayers: 3 },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 2 },
};
const of = { batch: 2, sequence: 32 };
const RULES = { AdamW, AdamW8bit, Lion };
const all = (["AdamW", "AdamW8bit", "Lion"] as const).flatMap((rule) =>
  [0.5, 1].map((fraction) => [rule, fraction] as const),
);
const model = () => new LlamaForCausalLM(SIZES);
const boosterOf = (options: GeminiOptions) =>
  new Booster({
    plugin: new GeminiPlugin({ device: "cpu", ...options }),
    mixedPrecision: "bf16",
  });

test.each(all)("of %s, %f of it: what is on the device is as planned", async (rule, fraction) => {
  const made = model();
  const optimizer = new RULES[rule](made.parameters());
  const booster = boosterOf({ offloadOptimFrac: fraction });
  const plan = booster.plan(made, { ...of, optimizer });
  const boosted = await booster.boost({ model: made, optimizer });
  const step = trainingStep(booster, boosted, of);
  step();
  const { terms, difference } = plan.compare(step);
  const [weights, remembered, onItsWay] = terms as [ComparedTerm, ComparedTerm, ComparedTerm];
  expect(weights.predictedBytes).toBe(weights.measuredBytes);
  const numTrained = made.parameters().length;
  expect(remembered.predictedBytes - remembered.measuredBytes).toBe(4 * numTrained);
  expect(onItsWay.title).toBe("state on its way from the host");
  expect(onItsWay.predictedBytes).toBe(onItsWay.measuredBytes);
  expect(Math.abs(difference)).toBeLessThan(0.01);
  const hostBytes = made
    .parameters()
    .flatMap((each) => Object.values(boosted.optimizer.stateOf(each) ?? {}))
    .reduce((sum: number, one) => sum + (typeof one === "number" ? 0 : one.nbytes), 0);
  if (fraction === 1) expect(plan.hostBytes / hostBytes).toBeCloseTo(1, 2);
  else expect(plan.hostBytes / hostBytes).toBeCloseTo(0.5, 1);
});

test("auto has as little on the host as a budget asks, which steps from the first on keep", async () => {
  const booster = boosterOf({ placementPolicy: "auto" });
  const [all, none] = [booster.plan(model(), of), boosterOf({}).plan(model(), of)];
  expect(all.training.offloadOptimFrac).toBe(1);
  const budget = (all.totalBytes + none.totalBytes) / 2;
  const plan = booster.plan(model(), { ...of, budget });
  const { offloadOptimFrac } = plan.training;
  expect(offloadOptimFrac).toBeGreaterThan(0.2);
  expect(offloadOptimFrac).toBeLessThan(0.8);
  expect(plan.hostBytes).toBeLessThan(all.hostBytes);
  const made = model();
  made.gradientCheckpointingEnable(plan.recompute);
  const own = boosterOf({ offloadOptimFrac });
  const optimizer = new AdamW(made.parameters());
  const again = own.plan(made, { ...of, optimizer });
  expect(again.totalBytes).toBe(plan.totalBytes);
  const step = trainingStep(own, await own.boost({ model: made, optimizer }), of);
  const seen = [1, 2].map(() => again.compare(step).total.measuredBytes);
  for (const measuredBytes of seen) expect(measuredBytes).toBeLessThan(1.01 * budget);
  const tooSmall = () => booster.plan(model(), { ...of, budget: all.totalBytes / 2 });
  expect(tooSmall).toThrow(BudgetError);
});
