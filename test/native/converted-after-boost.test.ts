// A boosted model is trained as what it was boosted as: converted, moved, or with other parts since, it is refused with the remedy,
// and no number is lost on the way. What writes into its weights trains on from there.
import path from "node:path";
import {
  AdamW,
  Booster,
  Linear,
  manualSeed,
  noGrad,
  ones,
  Parameter,
  PlanError,
  ReLU,
  Sequential,
} from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

type Precision = "fp32" | "bf16";

async function make(mixedPrecision: Precision) {
  manualSeed(1);
  const model = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2));
  return boost(model, mixedPrecision);
}

async function boost(model: Sequential, mixedPrecision: Precision) {
  const booster = new Booster({ mixedPrecision });
  const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
  return { booster, ...(await booster.boost({ model, optimizer })) };
}

type Training = Awaited<ReturnType<typeof make>>;

function lossOf({ model }: Training) {
  const { dtype } = model.parameters()[0] as Parameter;
  return model
    .forward(ones([2, 3], { dtype }))
    .float()
    .square()
    .mean();
}

function step(training: Training): void {
  const { booster, optimizer } = training;
  booster.backward(lossOf(training), optimizer);
  optimizer.step();
  optimizer.zeroGrad();
}

const firstWeight = ({ model }: Training) => model.parameters()[0] as Parameter;
const masterOf = (training: Training) =>
  training.optimizer.stateOf(firstWeight(training))?.["master"];

test.each([
  ["fp32", "bfloat16"],
  ["bf16", "float32"],
  ["bf16", "float16"],
] as const)(
  "boosted in %s and converted to %s it computes, and is neither trained nor saved",
  async (precision, dtype) => {
    const training = await make(precision);
    step(training);
    const { booster, model, optimizer } = training;
    const waiting = lossOf(training);
    model.to(dtype);
    expect(lossOf(training).item()).toBeGreaterThan(0);
    const root = path.join(scratchFolder(), "checkpoints");
    const refused = new RegExp(
      `the model was converted or moved after boost\\(\\) \\(0.weight from \\w+ on cpu to ${dtype} on cpu\\)`,
    );
    expect(() => booster.backward(lossOf(training), optimizer)).toThrow(PlanError);
    expect(() => booster.backward(lossOf(training), optimizer)).toThrow(refused);
    expect(() => lossOf(training).backward()).toThrow(refused);
    expect(() => optimizer.step()).toThrow(refused);
    const parts = { model, optimizer };
    await expect(booster.saveCheckpoint(root, parts, { step: 1 })).rejects.toThrow(refused);
    await expect(booster.loadCheckpoint(root, parts)).rejects.toThrow();
    await expect(booster.saveOptimizer(optimizer, root)).rejects.toThrow(refused);
    await booster.saveModel(model, root);
    expect(() => waiting.backward()).toThrow();
  },
);

test("converted to float32 a model has its masters' numbers, and boosted again it trains on from them", async () => {
  const training = await make("bf16");
  step(training);
  const master = masterOf(training);
  const numbers = master instanceof Object ? master.toArray() : undefined;
  training.model.to("float32");
  expect(firstWeight(training).toArray()).toEqual(numbers);
  noGrad(() => firstWeight(training).mul_(2));
  const again = await boost(training.model, "bf16");
  step(again);
  const doubled = (numbers as number[][]).flat().map((one) => 2 * one);
  const stepped = firstWeight(again).toArray() as number[][];
  for (const [i, one] of stepped.flat().entries())
    expect(Math.abs(one - (doubled[i] as number))).toBeLessThan(0.11);
});

test("converted from bfloat16 to float16 a model keeps its masters' numbers", async () => {
  const training = await make("bf16");
  step(training);
  const before = masterOf(training);
  const numbers = before instanceof Object ? before.toArray() : undefined;
  training.model.to("float16");
  const after = masterOf(training);
  expect(after instanceof Object && after.toArray()).toEqual(numbers);
});

test.each([
  ["replaceModule()", ({ model }: Training) => model.replaceModule("2", new Linear(4, 2))],
  [
    "an assigned parameter",
    ({ model }: Training) => {
      const layer = [...model.modules()].at(-1) as Linear;
      Object.assign(layer, { weight: new Parameter(ones([2, 4])) });
    },
  ],
])("after %s the new part is not left untrained without a word", async (_, change) => {
  const training = await make("fp32");
  step(training);
  change(training);
  const before = firstWeight(training).toArray();
  expect(() => step(training)).toThrow(PlanError);
  expect(() => step(training)).toThrow(/2\.weight was put into the model after boost\(\)/);
  expect(firstWeight(training).toArray()).toEqual(before);
  const again = await boost(training.model, "fp32");
  const last = training.model.parameters().at(-2) as Parameter;
  const untrained = last.toArray();
  step(again);
  expect(last.toArray()).not.toEqual(untrained);
});

test("a frozen part put in after boost() is nobody's business", async () => {
  const training = await make("fp32");
  training.model.replaceModule("2", new Linear(4, 2).requiresGrad_(false));
  step(training);
});
