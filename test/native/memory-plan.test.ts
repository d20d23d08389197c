// Memory plans beside what steps really take on a CPU: each term, and the peak, over families, precisions, recomputation, adapters and
// optimizers. Nothing was calibrated: plans are counted on "meta".
import {
  AdamW,
  AdamW8bit,
  BertForMaskedLM,
  BloomForCausalLM,
  Booster,
  BudgetError,
  GaLoreAdamW8bit,
  Gemma3ForCausalLM,
  GPT2LMHeadModel,
  Lion,
  LlamaForCausalLM,
  type LossOutput,
  MixtralForCausalLM,
  type Model,
  memory,
  OPTForCausalLM,
  type PassMemory,
  Phi3ForCausalLM,
  Qwen3ForCausalLM,
  rngState,
  SGD,
  T5ForConditionalGeneration,
  type Tensor,
  TorchDDPPlugin,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { trainingStep } from "./training-step.js";

type AnyModel = Model<{ inputIds: Tensor; labels: Tensor }, unknown, LossOutput>;

const LLAMA = {
  ...{ vocabSize: 320, hiddenSize: 64, intermediateSize: 176, numHiddenLayers: 3 },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 2 },
};
const GPT2 = { vocabSize: 320, hiddenSize: 64, numHiddenLayers: 3, numAttentionHeads: 4 };
const MODELS = {
  llama: () => new LlamaForCausalLM(LLAMA),
  qwen3: () => new Qwen3ForCausalLM({ ...LLAMA, headDim: 16 }),
  phi3: () => new Phi3ForCausalLM(LLAMA),
  gemma3: () => new Gemma3ForCausalLM({ ...LLAMA, headDim: 16 }),
  mixtral: () => new MixtralForCausalLM({ ...LLAMA, numLocalExperts: 4, numExpertsPerTok: 2 }),
  gpt2: () => new GPT2LMHeadModel(GPT2), // with dropout
  opt: () => new OPTForCausalLM({ ...GPT2, ffnDim: 176 }),
  bloom: () => new BloomForCausalLM(GPT2),
  bert: () => new BertForMaskedLM({ ...GPT2, intermediateSize: 176 }),
  t5: () =>
    new T5ForConditionalGeneration({
      ...{ vocabSize: 320, dModel: 64, dKv: 16, dFf: 176, numLayers: 3, numHeads: 4 },
    }),
};

interface Case {
  readonly family: keyof typeof MODELS;
  readonly precision: "fp32" | "bf16";
  readonly masterWeights?: boolean;
  readonly layers: number;
  /** Of the layers after them norms and activations are computed again. */
  readonly isSelective?: boolean;
  readonly adapters?: "lora" | "qlora";
  readonly rule?: "AdamW" | "Lion" | "SGD";
}

/** Every family in both precisions, with none, some and all layers computed again. */
const ALL: readonly Case[] = (Object.keys(MODELS) as (keyof typeof MODELS)[]).flatMap((family) =>
  (["fp32", "bf16"] as const).flatMap((precision) =>
    [0, 1, 3].map((layers) => ({ family, precision, layers })),
  ),
);
const SAMPLE = ALL.filter((_, i) => i % 3 === Math.floor(i / 3) % 3); // each family twice
const OTHERS: readonly Case[] = [
  { family: "llama", precision: "bf16", layers: 0, isSelective: true },
  { family: "llama", precision: "fp32", layers: 1, isSelective: true },
  { family: "mixtral", precision: "bf16", layers: 0, isSelective: true },
  { family: "gpt2", precision: "bf16", layers: 0, isSelective: true },
  { family: "llama", precision: "bf16", layers: 1, isSelective: true, adapters: "qlora" },
  { family: "llama", precision: "bf16", layers: 0, adapters: "lora" },
  { family: "llama", precision: "bf16", layers: 3, adapters: "qlora" },
  { family: "gpt2", precision: "fp32", layers: 2, adapters: "lora" },
  { family: "llama", precision: "bf16", layers: 3, rule: "Lion" },
  { family: "llama", precision: "bf16", masterWeights: false, layers: 0 },
  { family: "gpt2", precision: "bf16", masterWeights: false, layers: 3, rule: "Lion" },
  { family: "llama", precision: "fp32", layers: 3, rule: "SGD" },
];
const CASES = [...(isMatrix ? ALL : SAMPLE), ...OTHERS];

test.each(CASES.map((each) => [JSON.stringify(each), each] as const))(
  "%s: the plan is what a step takes",
  async (_, each) => {
    const { weights, remembered, made, total, numTrained } = await planned(each);
    if (each.adapters === "qlora")
      expect(weights.predictedBytes / weights.measuredBytes).toBeCloseTo(1, 1); // parts share memory
    else expect(weights.predictedBytes).toBe(weights.measuredBytes);
    expect(remembered.predictedBytes - remembered.measuredBytes).toBe(4 * numTrained); // counts of steps, which reports leave out
    expect(made.predictedBytes / made.measuredBytes).toBeGreaterThan(0.97);
    expect(made.predictedBytes / made.measuredBytes).toBeLessThan(1.03);
    expect(total.predictedBytes / total.measuredBytes).toBeGreaterThan(0.99);
    expect(total.predictedBytes / total.measuredBytes).toBeLessThan(1.01);
  },
);

test("the first layers computed again are those of two counts put together", () => {
  const model = MODELS.llama();
  const booster = cpuBooster("fp32");
  const whole = [0, 1, 2, 3].map((layers) => {
    if (layers > 0) model.gradientCheckpointingEnable({ layers });
    return booster.plan(model, { batch: 4, sequence: 64 });
  });
  for (const plan of whole) {
    const { peakBytes } = walked(model, plan.recomputedLayers);
    expect(plan.peak.bytes - plan.bytesOf("parameters") - plan.bytesOf("state")).toBe(peakBytes);
  }
  expect(whole.map(({ recomputedLayers }) => recomputedLayers)).toEqual([0, 1, 2, 3]);
});

test("after a backward pass nothing is held but gradients, the batch and what the head was given", () => {
  const model = MODELS.llama();
  const [numRows, recomputed] = [4 * 64, [0, 3]];
  for (const recomputedLayers of recomputed) {
    const pass = passOf(model, recomputedLayers);
    const blocks = pass.blocks.flatMap(({ forward, backward }) => [forward, backward]);
    const held = [pass.begin, pass.loss, ...blocks].reduce((sum, part) => sum + part.heldBytes, 0);
    const gradients = model.parameters().reduce((sum, { nbytes }) => sum + nbytes, 0);
    expect(held - gradients).toBeLessThan(numRows * (2 * 8 + 64 * 4) + 1e4);
  }
});

describe("a plan", () => {
  test("of a model that is still to be read reads nothing of it", async () => {
    const folder = sharedFolder();
    await new LlamaForCausalLM(LLAMA).savePretrained(folder);
    const model = await LlamaForCausalLM.fromPretrained(folder);
    const before = memory().host.tensorBytes;
    cpuBooster("bf16").plan(model, { batch: 2, sequence: 8 });
    expect(memory().host.tensorBytes - before).toBeLessThan(1e4);
  });

  test("is made of a model on meta, allocates nothing and draws nothing", () => {
    const model = new LlamaForCausalLM(LLAMA, { device: "meta" }).eval();
    const [before, drawn] = [memory().host.tensorBytes, rngState().toArray()];
    const plan = cpuBooster("bf16").plan(model, { batch: 2, sequence: 8 });
    expect(memory().host.tensorBytes - before).toBeLessThan(1e4);
    expect(rngState().toArray()).toEqual(drawn);
    expect(model.training).toBe(false);
    expect(
      model.parameters().every(({ grad, dtype }) => grad === null && dtype === "float32"),
    ).toBe(true);
    expect(plan.terms.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(plan.totalBytes);
    expect(String(plan)).toMatch(
      /LlamaForCausalLM, bf16, AdamW[\s\S]*optimizer state[\s\S]*most is held when/,
    );
    expect(JSON.parse(JSON.stringify(plan))).toMatchObject({ batch: 2, fits: true });
  });

  test("of a boosted model leaves it as it was", async () => {
    const booster = cpuBooster("bf16");
    const made = MODELS.llama();
    const own = new AdamW(made.parameters());
    const { model, optimizer } = await booster.boost({ model: made, optimizer: own });
    const step = trainingStep(booster, { model, optimizer }, ROWS);
    step();
    const numbers = model.parameters().map((each) => each.toArray());
    booster.plan(model, { batch: 2, sequence: 16, optimizer });
    expect(model.parameters().map((each) => each.toArray())).toEqual(numbers);
    step();
  });

  test("with a budget has as few layers computed again as it must, and refuses one that is too small", () => {
    const model = MODELS.llama();
    const booster = cpuBooster("fp32");
    const of = { batch: 16, sequence: 64 };
    const free = booster.plan(model, of);
    const kept = booster.plan(model, { ...of, budget: free.totalBytes });
    const tight = booster.plan(model, { ...of, budget: free.totalBytes - 1 });
    expect(kept.recompute).toEqual({ layers: 0 });
    expect(tight.recompute).toMatchObject({ layers: 1, fullLayers: 0 });
    const names = [...model.namedParameters()].map(([name]) => name);
    let error: unknown;
    try {
      booster.plan(model, { ...of, budget: 3e6 });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(BudgetError);
    const { message, plan, settings } = error as BudgetError;
    expect(message).toMatch(/plan: budget: 2.86 MiB are too few: the training takes/);
    expect(plan.recomputedLayers).toBe(3);
    const changes = settings.map(({ change }) => change);
    expect(changes).toContainEqual(expect.stringContaining("enableLora"));
    expect(settings).toHaveLength(3);
    for (const { totalBytes } of settings) expect(totalBytes).toBeLessThanOrEqual(3e6);
    expect([...model.namedParameters()].map(([name]) => name)).toEqual(names);
    expect(model.parameters().every(({ requiresGrad }) => requiresGrad)).toBe(true);
  });

  test("for a GPU that is not here adds what is no tensor", () => {
    const plan = cpuBooster("bf16").plan(MODELS.llama(), { batch: 1, sequence: 8, gpu: "h100" });
    const outside = ["allocator", "workspaces", "context"] as const;
    const sum = outside.reduce((bytes, name) => bytes + plan.bytesOf(name), 0);
    expect(sum).toBeGreaterThan(2 ** 29);
    expect(plan.totalBytes).toBe(plan.peak.bytes + sum);
  });

  test("has small models updated in small batches, and no term is below 0", () => {
    const sizes = { ...LLAMA, vocabSize: 2048, hiddenSize: 256, numHiddenLayers: 6 };
    const model = new LlamaForCausalLM(sizes, { device: "meta" });
    const optimizer = new GaLoreAdamW8bit(model.parameters(), { rank: null });
    const plan = cpuBooster("fp32").plan(model, { batch: 1, sequence: 64, optimizer });
    expect(plan.peak.phase).toBe("update");
    for (const { title, bytes } of plan.terms) expect(bytes, title).toBeGreaterThan(0);
    expect(plan.bytesOf("update")).toBeLessThan(5 * plan.bytesOf("parameters")); // 15 times in one batch
  });

  test("says of 8-bit moments that they are a quarter", () => {
    const model = new LlamaForCausalLM({ ...LLAMA, hiddenSize: 128, vocabSize: 3200 });
    const [booster, of] = [cpuBooster("fp32"), { batch: 1, sequence: 8 }];
    const full = booster.plan(model, of).bytesOf("state");
    const eight = booster.plan(model, { ...of, optimizer: new AdamW8bit(model.parameters()) });
    expect(eight.bytesOf("state") / full).toBeLessThan(0.3);
  });
});

const ROWS = { batch: 3, sequence: 48 };

async function planned(of: Case) {
  const { family, precision, masterWeights = true, layers, isSelective = false } = of;
  const { adapters, rule = "AdamW" } = of;
  const booster = cpuBooster(precision, masterWeights);
  const made = MODELS[family]() as unknown as AnyModel;
  if (adapters !== undefined)
    booster.enableLora(made, {
      ...{ r: 8, targetModules: "all-linear" },
      ...(adapters === "qlora" && { quantize: "nf4" }),
    });
  if (isSelective)
    made.gradientCheckpointingEnable({ granularity: "selective", fullLayers: layers });
  else if (layers > 0) made.gradientCheckpointingEnable({ layers });
  const trained = made.parameters().filter(({ requiresGrad }) => requiresGrad);
  const own = new { AdamW, Lion, SGD }[rule](trained, { lr: 1e-4 });
  const plan = booster.plan(made, { ...ROWS, optimizer: own });
  const { model, optimizer } = await booster.boost({ model: made, optimizer: own });
  const step = trainingStep(booster, { model, optimizer }, ROWS);
  step();
  const { terms, total } = plan.compare(step);
  const [weights, remembered, made_] = terms as [never, never, never];
  type Term = (typeof terms)[number];
  return {
    ...{ weights: weights as Term, remembered: remembered as Term, made: made_ as Term, total },
    numTrained: trained.length,
  };
}

function passOf(model: LlamaForCausalLM, layers: number): PassMemory {
  return model.passMemory({ batchSize: 4, sequenceLength: 64 }, { recompute: { layers } });
}

/** The peak of a pass counted as it is, without putting two together. */
function walked(model: LlamaForCausalLM, recomputedLayers: number): { readonly peakBytes: number } {
  const pass = passOf(model, recomputedLayers);
  let [held, peakBytes] = [0, 0];
  const backward = [...pass.blocks].reverse().map((block) => block.backward);
  const forward = pass.blocks.map((block) => block.forward);
  for (const part of [pass.begin, ...forward, pass.loss, ...backward]) {
    peakBytes = Math.max(peakBytes, held + part.peakBytes);
    held += part.heldBytes;
  }
  return { peakBytes };
}

function cpuBooster(mixedPrecision: "fp32" | "bf16", masterWeights = true): Booster {
  return new Booster({
    mixedPrecision,
    masterWeights,
    plugin: new TorchDDPPlugin({ device: "cpu" }),
  });
}
