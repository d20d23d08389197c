// What norms and activations gave to linear layers is computed again for the backward pass: the same bits from less memory.
import {
  addAdapter,
  BertForMaskedLM,
  BloomForCausalLM,
  Booster,
  countMemory,
  Gemma2ForCausalLM,
  Gemma3ForCausalLM,
  Glm4ForCausalLM,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  type LossOutput,
  MixtralForCausalLM,
  type Model,
  manualSeed,
  noGrad,
  OPTForCausalLM,
  Phi3ForCausalLM,
  Qwen3ForCausalLM,
  Qwen3MoeForCausalLM,
  randint,
  randn,
  scoped,
  T5ForConditionalGeneration,
  type Tensor,
  TorchDDPPlugin,
} from "notebooster";
import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";

type AnyModel = Model<{ inputIds: Tensor; labels: Tensor }, unknown, LossOutput>;
type Options = Parameters<AnyModel["gradientCheckpointingEnable"]>[0];

const [C, F, LAYERS, ROWS] = [64, 176, 3, 4 * 64];
const LLAMA = {
  ...{ vocabSize: 320, hiddenSize: C, intermediateSize: F, numHiddenLayers: LAYERS },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 2 },
};
const GPT2 = { vocabSize: 320, hiddenSize: C, numHiddenLayers: LAYERS, numAttentionHeads: 4 };
const T5 = { vocabSize: 320, dModel: C, dKv: 16, dFf: F, numLayers: LAYERS, numHeads: 4 };
const heads = { headDim: 16 };
const experts = { numExpertsPerTok: 2 };

interface Family {
  readonly make: () => unknown;
  /** Widths that a layer no longer keeps. */
  readonly widths: number;
}

const LLAMA_WIDTHS = 2 * C + F;
const FAMILIES: Record<string, Family> = {
  llama: { make: () => new LlamaForCausalLM(LLAMA), widths: LLAMA_WIDTHS },
  qwen3: { make: () => new Qwen3ForCausalLM({ ...LLAMA, ...heads }), widths: LLAMA_WIDTHS },
  phi3: { make: () => new Phi3ForCausalLM(LLAMA), widths: LLAMA_WIDTHS },
  gemma2: { make: () => new Gemma2ForCausalLM({ ...LLAMA, ...heads }), widths: LLAMA_WIDTHS },
  gemma3: { make: () => new Gemma3ForCausalLM({ ...LLAMA, ...heads }), widths: LLAMA_WIDTHS },
  glm4: { make: () => new Glm4ForCausalLM({ ...LLAMA, ...heads }), widths: LLAMA_WIDTHS },
  mixtral: {
    make: () => new MixtralForCausalLM({ ...LLAMA, ...experts, numLocalExperts: 4 }),
    widths: 2 * C + 2 * F, // of each token two experts
  },
  "qwen3-moe": {
    make: () =>
      new Qwen3MoeForCausalLM({
        ...{ ...LLAMA, ...heads, ...experts, numExperts: 4, moeIntermediateSize: 48 },
      }),
    widths: 2 * C + 2 * 48,
  },
  "gpt2 with dropout": { make: () => new GPT2LMHeadModel(GPT2), widths: 2 * C + 4 * C },
  // relu keeps what it made
  "opt with relu": { make: () => new OPTForCausalLM({ ...GPT2, ffnDim: F }), widths: 2 * C },
  "opt with gelu": {
    make: () => new OPTForCausalLM({ ...GPT2, ffnDim: F, activationFunction: "gelu" }),
    widths: LLAMA_WIDTHS,
  },
  bloom: { make: () => new BloomForCausalLM(GPT2), widths: 2 * C + 4 * C },
  // norms follow their sums: the second is what the next layer is given, and is kept
  bert: { make: () => new BertForMaskedLM({ ...GPT2, intermediateSize: F }), widths: C + F },
  // norms alone: dropout stands between the activation and its product
  t5: { make: () => new T5ForConditionalGeneration(T5), widths: 2 * C + 3 * C },
};

const CASES = Object.keys(FAMILIES).flatMap((name, i) =>
  (["float32", "bfloat16"] as const)
    .filter((_, which) => isMatrix || which === i % 2)
    .map((dtype) => [name, dtype] as const),
);

interface Pass {
  readonly bits: readonly string[];
  /** Between the passes. */
  readonly heldBytes: number;
  /** Of both. */
  readonly peakBytes: number;
}

/** A forward and a backward pass, all of whose memory is given back. */
function pass(model: AnyModel, forwards = 1): Pass {
  return scoped(() => {
    model.zeroGrad();
    manualSeed(4);
    const batches = Array.from({ length: forwards }, () => randint(320, [4, 64]));
    const losses: Tensor[] = [];
    const { heldBytes } = countMemory(() => {
      for (const ids of batches)
        losses.push((model.forward({ inputIds: ids, labels: ids }) as { loss: Tensor }).loss);
    });
    const loss = losses.reduce((a, b) => a.add(b));
    const { peakBytes } = countMemory(() => loss.backward());
    const bits = [loss, ...model.parameters().map(({ grad }) => grad)].map((each) =>
      Buffer.from(each?.toBytes() ?? []).toString("hex"),
    );
    return { bits, heldBytes, peakBytes: heldBytes + peakBytes };
  });
}

function made(name: string, dtype: "float32" | "bfloat16"): AnyModel {
  const model = ((FAMILIES[name] as Family).make() as AnyModel).to(dtype);
  manualSeed(6);
  for (const each of model.parameters())
    if (each.shape.length === 1) noGrad(() => each.add_(randn(each.shape).mul(0.1).to(dtype))); // biases begin as zeros
  pass(model); // what is made on first use
  return model;
}

test.each(CASES)(
  "%s in %s: the same bits, and as many less kept as norms and activations gave",
  (name, dtype) => {
    const model = made(name, dtype);
    const kept = pass(model);
    model.gradientCheckpointingEnable({ granularity: "selective" });
    const again = pass(model);
    expect(again.bits).toEqual(kept.bits);
    const { widths } = FAMILIES[name] as Family;
    const bytes = widths * ROWS * LAYERS * (dtype === "float32" ? 4 : 2);
    expect(kept.heldBytes - again.heldBytes).toBe(bytes);
    expect(kept.peakBytes - again.peakBytes).toBeGreaterThan((bytes * (LAYERS - 1.01)) / LAYERS);
    model.gradientCheckpointingDisable();
    expect(pass(model)).toEqual(kept);
  },
);

test.each([
  { granularity: "selective", layers: 1 },
  { granularity: "selective", fullLayers: 1 },
  { granularity: "selective", fullLayers: 2, layers: 2 },
  { granularity: "full", layers: 1 },
] as const)(
  "some layers in full, some selectively, %j: the same bits of two passes for one loss",
  (options: Options) => {
    const model = made("gpt2 with dropout", "float32");
    const kept = pass(model, 2);
    model.gradientCheckpointingEnable(options);
    const again = pass(model, 2);
    expect(again.bits).toEqual(kept.bits);
    expect(again.heldBytes).toBeLessThan(kept.heldBytes);
  },
);

test("layers are counted by what is computed again of them", () => {
  const model = new LlamaForCausalLM(LLAMA);
  const counts = (options: Options): number[] => {
    model.gradientCheckpointingEnable(options);
    return [model.numRecomputedLayers, model.numSelectiveLayers];
  };
  expect(counts({})).toEqual([3, 0]);
  expect(counts({ granularity: "selective" })).toEqual([0, 3]);
  expect(counts({ granularity: "selective", layers: 2, fullLayers: 1 })).toEqual([1, 1]);
  expect(counts({ granularity: "selective", layers: 0 })).toEqual([0, 0]);
  expect(model.isGradientCheckpointing).toBe(false);
});

test.each([
  ["LoRA on all linear layers", { targetModules: "all-linear" }],
  ["LoRA on queries and values", { targetModules: ["q_proj", "v_proj"] }],
  ["LoRA of the last layer", { targetModules: "all-linear", layersToTransform: [2] }],
  ["LoRA of the first layer", { targetModules: "all-linear", layersToTransform: [0] }],
  ["QLoRA", { targetModules: "all-linear", quantize: "nf4" }],
] as const)("%s: the same bits from less memory", (_, options) => {
  const model = new LlamaForCausalLM({ ...LLAMA, intermediateSize: 192 });
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  booster.enableLora(model, { r: 4, ...options } as never);
  for (const [name, each] of model.namedParameters())
    if (name.includes("lora_b")) noGrad(() => each.normal_(0, 0.05));
  const adapted = model as unknown as AnyModel;
  pass(adapted);
  const kept = pass(adapted);
  model.gradientCheckpointingEnable({ granularity: "selective" });
  const again = pass(adapted);
  expect(again.bits).toEqual(kept.bits);
  expect(again.heldBytes).toBeLessThan(kept.heldBytes);
});

test("a model that keeps nothing of that kind is refused, and one that keeps a cache is not", () => {
  const model = new LlamaForCausalLM(LLAMA);
  model.gradientCheckpointingEnable({ granularity: "selective" });
  for (const [name, each] of model.namedParameters()) each.requiresGrad_(name.includes("norm"));
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  const of = { batch: 16, sequence: 64 };
  model.gradientCheckpointingDisable();
  const { totalBytes } = booster.plan(model, of);
  const { recompute } = booster.plan(model, { ...of, budget: totalBytes - 1 });
  expect(recompute).toEqual({ layers: 1 });
  model.gradientCheckpointingEnable({ granularity: "selective" });
  expect(() => pass(model as unknown as AnyModel)).toThrow(
    /granularity "selective" computes again .* LlamaForCausalLM as it is trained keeps nothing of that kind/,
  );
  addAdapter(model, "one", { r: 2 });
  pass(model as unknown as AnyModel);
});

test("a budget has norms and activations of as few layers computed again as it must, then layers in full", () => {
  const model = new LlamaForCausalLM(LLAMA);
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  const of = { batch: 16, sequence: 64 };
  const kept = booster.plan(model, of);
  model.gradientCheckpointingEnable({ granularity: "selective" });
  const selective = booster.plan(model, of);
  model.gradientCheckpointingDisable();
  const within = (totalBytes: number) => booster.plan(model, { ...of, budget: totalBytes - 1 });
  const [near, tight] = [within(kept.totalBytes), within(selective.totalBytes)];
  const counts = [kept, selective, near, tight].map((each) => [
    each.recomputedLayers,
    each.selectiveLayers,
  ]);
  expect(counts).toEqual([
    [0, 0],
    [0, 3],
    [0, 1],
    [1, 2],
  ]);
  for (const plan of [kept, near, tight]) {
    model.gradientCheckpointingEnable(plan.recompute);
    expect(booster.plan(model, of).totalBytes).toBe(plan.totalBytes);
  }
  const keptOf = ({ blocks }: typeof kept): number => blocks[1]?.bytes as number;
  expect(keptOf(kept) - keptOf(selective)).toBe(4 * 16 * 64 * LLAMA_WIDTHS);
  expect(String(tight)).toMatch(/1 of 3 layers computed again, norms and activations of 2/);
  expect(JSON.parse(JSON.stringify(tight))).toMatchObject({ selectiveLayers: 2 });
});
