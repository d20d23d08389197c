// What every model family keeps. Its numbers are compared with transformers' in test/native/*-transformers.test.ts.
import {
  arange,
  BloomForCausalLM,
  type CausalLM,
  cat,
  Gemma2ForCausalLM,
  Gemma3ForCausalLM,
  Glm4ForCausalLM,
  GlmForCausalLM,
  GPT2LMHeadModel,
  KVCache,
  Linear,
  LlamaForCausalLM,
  MistralForCausalLM,
  MixtralForCausalLM,
  Module,
  manualSeed,
  noGrad,
  OPTForCausalLM,
  Phi3ForCausalLM,
  Qwen2ForCausalLM,
  Qwen3ForCausalLM,
  Qwen3MoeForCausalLM,
  type Tensor,
  tensor,
} from "notebooster";
import { expect } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { type Cases, runContract, type Subject } from "./contract.js";

interface Family extends Subject {
  make(seed?: number): CausalLM;
  load(folder: string): Promise<CausalLM>;
}

/** Weights are large enough for each place and token to be felt in the result. */
const SIZES = {
  ...{ vocabSize: 30, hiddenSize: 16, numHiddenLayers: 2, numAttentionHeads: 4 },
  initializerRange: 0.3,
};
const { initializerRange: _, ...OPT_SIZES } = { ...SIZES, maxPositionEmbeddings: 32 };
const ROTARY = { intermediateSize: 24, numKeyValueHeads: 2 };
const LATER_WINDOW = { useSlidingWindow: true, slidingWindow: 2, maxWindowLayers: 1 };
/** Without it norms behind branches would give the same for twice as much. */
const GLM4 = { headDim: 8, rmsNormEps: 1e-3 };
const EXPERTS = { numExperts: 3, numExpertsPerTok: 2, moeIntermediateSize: 12 };
const FAMILIES: readonly Family[] = [
  {
    name: "LLaMA",
    make: (seed = 3) => new LlamaForCausalLM({ ...SIZES, ...ROTARY }, { seed }),
    load: (folder) => LlamaForCausalLM.fromPretrained(folder),
  },
  {
    name: "Mistral",
    make: (seed = 3) => new MistralForCausalLM({ ...SIZES, ...ROTARY, slidingWindow: 2 }, { seed }),
    load: (folder) => MistralForCausalLM.fromPretrained(folder),
  },
  {
    name: "Qwen2",
    make: (seed = 3) => new Qwen2ForCausalLM({ ...SIZES, ...ROTARY, ...LATER_WINDOW }, { seed }),
    load: (folder) => Qwen2ForCausalLM.fromPretrained(folder),
  },
  {
    name: "Qwen3",
    make: (seed = 3) => new Qwen3ForCausalLM({ ...SIZES, ...ROTARY, headDim: 6 }, { seed }),
    load: (folder) => Qwen3ForCausalLM.fromPretrained(folder),
  },
  {
    name: "Mixtral",
    make: (seed = 3) =>
      new MixtralForCausalLM({ ...SIZES, ...ROTARY, numLocalExperts: 3 }, { seed }),
    load: (folder) => MixtralForCausalLM.fromPretrained(folder),
  },
  {
    name: "Qwen3 with experts",
    make: (seed = 3) => new Qwen3MoeForCausalLM({ ...SIZES, ...ROTARY, ...EXPERTS }, { seed }),
    load: (folder) => Qwen3MoeForCausalLM.fromPretrained(folder),
  },
  {
    name: "Phi-3",
    make: (seed = 3) =>
      new Phi3ForCausalLM({ ...SIZES, ...ROTARY, partialRotaryFactor: 0.5 }, { seed }),
    load: (folder) => Phi3ForCausalLM.fromPretrained(folder),
  },
  {
    name: "Gemma 2",
    make: (seed = 3) =>
      new Gemma2ForCausalLM({ ...SIZES, ...ROTARY, headDim: 4, slidingWindow: 2 }, { seed }),
    load: (folder) => Gemma2ForCausalLM.fromPretrained(folder),
  },
  {
    name: "Gemma 3",
    make: (seed = 3) =>
      new Gemma3ForCausalLM({ ...SIZES, ...ROTARY, headDim: 4, slidingWindow: 2 }, { seed }),
    load: (folder) => Gemma3ForCausalLM.fromPretrained(folder),
  },
  {
    name: "GLM",
    make: (seed = 3) => new GlmForCausalLM({ ...SIZES, ...ROTARY, headDim: 8 }, { seed }),
    load: (folder) => GlmForCausalLM.fromPretrained(folder),
  },
  {
    name: "GLM 4",
    make: (seed = 3) => new Glm4ForCausalLM({ ...SIZES, ...ROTARY, ...GLM4 }, { seed }),
    load: (folder) => Glm4ForCausalLM.fromPretrained(folder),
  },
  {
    name: "OPT",
    make: (seed = 3) => new OPTForCausalLM({ ...OPT_SIZES, initStd: 0.3 }, { seed }),
    load: (folder) => OPTForCausalLM.fromPretrained(folder),
  },
  {
    name: "BLOOM",
    make: (seed = 3) => new BloomForCausalLM(SIZES, { seed }),
    load: (folder) => BloomForCausalLM.fromPretrained(folder),
  },
  {
    name: "GPT-2",
    make: (seed = 3) => new GPT2LMHeadModel({ ...SIZES, maxPositionEmbeddings: 32 }, { seed }),
    load: (folder) => GPT2LMHeadModel.fromPretrained(folder),
  },
];

const inputIds = arange(10).mul(7).remainder(30).view(2, 5);

const CASES: Cases<Family> = {
  "its blocks use all parameters, and no others": ({ make }) => {
    const model = make();
    const used = new Set(model.blocks.flatMap((block) => block.parameters()));
    const own = new Set(model.parameters());
    expect([...used].filter((each) => !own.has(each)).length).toBe(0);
    expect([...own].filter((each) => !used.has(each)).length).toBe(0);
    expect(new Set(model.blocks.map(({ name }) => name)).size).toBe(model.blocks.length);
  },
  "with a seed it begins the same, with another otherwise": ({ make }) => {
    const [first, second] = [make(), make()];
    expect(digests(second)).toEqual(digests(first));
    expect(digests(make(4))).not.toEqual(digests(first));
  },
  "after eval() it computes the same again, and while training dropout follows the seed": ({
    make,
  }) => {
    const model = make();
    const logits = (): unknown => noGrad(() => model.forward({ inputIds }).logits.toArray());
    model.eval();
    expect(logits()).toEqual(logits());
    model.train();
    manualSeed(5);
    const first = logits();
    manualSeed(5);
    expect(logits()).toEqual(first);
  },
  "its loss is the mean of the next tokens' that count, and says how many": ({ make }) => {
    const model = make().eval();
    const labels = inputIds.clone();
    labels.setAt([0], -100);
    labels.setAt([1, 1], -100);
    const { loss, numTokens } = model.forward({ inputIds, labels });
    expect(numTokens.item()).toBe(3);
    const { logits } = noGrad(() => model.forward({ inputIds }));
    const rows = logits.at(1).float().logSoftmax(-1);
    const mean = [2, 3, 4].reduce((sum, at) => {
      const next = Number(labels.at(1, at).item());
      return sum - (rows.at(at - 1, next).item() as number) / 3;
    }, 0);
    expect(loss.item()).toBeCloseTo(mean, 5);
  },
  "gradient checkpointing gives the same gradients to the bit": ({ make }) => {
    const [plain, again] = [make(), make()];
    again.gradientCheckpointingEnable();
    for (const model of [plain, again]) {
      manualSeed(1);
      model.forward({ inputIds, labels: inputIds }).loss.backward();
    }
    expect(gradients(again)).toEqual(gradients(plain));
  },
  "each linear layer can be replaced by name, and the replacement is used": ({ make }) => {
    const names = [...make().namedModules()]
      .filter(([, module]) => isLinear(module))
      .map(([name]) => name);
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) {
      const model = make().eval();
      const before = noGrad(() => model.forward({ inputIds }).logits.toArray());
      const old = new Map(model.namedModules()).get(name) as Linear;
      let calls = 0;
      model.replaceModule(name, new Doubling(old, () => calls++) as never);
      const after = noGrad(() => model.forward({ inputIds }).logits.toArray());
      expect([name, calls]).toEqual([name, 1]);
      expect(after, name).not.toEqual(before);
      noGrad(() => model.forward({ inputIds, labels: inputIds }));
      expect([name, "for a loss", calls]).toEqual([name, "for a loss", 2]);
    }
  },
  "continuing from a cache gives the logits of the whole text": ({ make }) => {
    const model = make().eval();
    const whole = noGrad(() => model.forward({ inputIds }).logits);
    using cache = new KVCache(5);
    const parts = noGrad(() =>
      inputIds.split([2, 1, 2], 1).map((part) => model.forward({ inputIds: part, cache }).logits),
    );
    const apart = cat(parts, { dim: 1 }).sub(whole);
    expect(apart.abs().max().item()).toBeLessThan(1e-5);
  },
  "logits of the last tokens alone are those of all": ({ make }) => {
    const model = make().eval();
    const [all, last] = noGrad(() =>
      [5, 2].map((logitsToKeep) => model.forward({ inputIds, logitsToKeep }).logits),
    ) as [Tensor, Tensor];
    expect(last.shape).toEqual([...inputIds.shape.slice(0, 1), 2, ...all.shape.slice(2)]);
    expect(all.slice(1, 3).sub(last).abs().max().item()).toBeLessThan(1e-5);
  },
  "generating greedily takes the likeliest token after the whole text": ({ make }) => {
    const model = make().eval();
    const whole = noGrad(() => model.generate(inputIds, { maxNewTokens: 4 }));
    let ids = inputIds;
    for (let step = 0; step < 4; step++) {
      const { logits } = noGrad(() => model.forward({ inputIds: ids }));
      ids = cat([ids, logits.select(1, -1).argmax(-1).view(-1, 1)], { dim: 1 });
    }
    expect(whole.toArray()).toEqual(ids.toArray());
  },
  "rows padded on the left give the logits that they give alone": ({ make }) => {
    const model = make().eval();
    const [alone, padded] = noGrad(() => [
      model.forward({ inputIds: tensor([[3, 1, 4]]) }).logits,
      model
        .forward({
          inputIds: tensor([[7, 8, 3, 1, 4]]),
          attentionMask: tensor([[0, 0, 1, 1, 1]]),
          positionIds: tensor([[0, 0, 0, 1, 2]]),
        })
        .logits.slice(1, 2),
    ]) as [Tensor, Tensor];
    expect(padded.sub(alone).abs().max().item()).toBeLessThan(1e-5);
  },
  "rows of different lengths generate what they generate alone": ({ make }) => {
    const model = make().eval();
    const [short, long] = [
      [3, 1, 4],
      [1, 5, 9, 2, 6],
    ];
    const after = (prompt: number[][]) =>
      noGrad(() => model.generate(prompt, { maxNewTokens: 3 }).slice(1, -3).toArray()) as unknown[];
    expect(after([short, long])[0]).toEqual(after([short])[0]);
  },
  "a saved folder loads to the same weights": async ({ make, load }) => {
    const model = make();
    const folder = `${scratchFolder()}/model`;
    await model.savePretrained(folder);
    const loaded = await load(folder);
    expect(digests(loaded)).toEqual(digests(model));
    expect(loaded.config).toEqual(model.config);
  },
  "it says what it takes": ({ make }) => {
    const cost = make().cost({ batchSize: 2, sequenceLength: 5 });
    expect(cost.map(({ name }) => name)).toEqual(make().blocks.map(({ name }) => name));
    for (const { forward, saved } of cost.slice(1)) {
      expect(forward.products).toBeGreaterThan(0);
      expect(saved.graph).toBeGreaterThan(saved.inputs);
    }
  },
};

runContract(FAMILIES, CASES);

/** Computes what another layer does, twice as large. */
class Doubling extends Module {
  readonly inner: Linear;
  readonly #onCall: () => void;

  constructor(inner: Linear, onCall: () => void) {
    super();
    this.inner = inner;
    this.#onCall = onCall;
  }
  forward(x: Tensor): Tensor {
    this.#onCall();
    return this.inner.forward(x).mul(2);
  }
}

function isLinear(module: Module): boolean {
  return module instanceof Linear || module.constructor.name === "Conv1D";
}

function digests(model: CausalLM): string[] {
  return [...model.namedParameters()].map(
    ([name, parameter]) => `${name} ${Buffer.from(parameter.toBytes()).toString("base64")}`,
  );
}

function gradients(model: CausalLM): unknown[] {
  return model.parameters().map(({ grad }) => grad?.toArray());
}
