// A model's parameters in groups by what they are.
import {
  AdamW,
  BatchNorm2d,
  Conv2d,
  LayerNorm,
  Linear,
  LlamaForCausalLM,
  Module,
  Muon,
  Parameter,
  parameterGroups,
  Sequential,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";

const llama = (tieWordEmbeddings: boolean) =>
  new LlamaForCausalLM({
    ...{ vocabSize: 11, hiddenSize: 8, intermediateSize: 6, numHiddenLayers: 1 },
    ...{ numAttentionHeads: 2, maxPositionEmbeddings: 32, tieWordEmbeddings },
  });

function names(model: Module, groups: readonly { readonly parameters: readonly Parameter[] }[]) {
  const known = new Map([...model.namedParameters()].map(([name, each]) => [each, name]));
  return groups.map(({ parameters }) => parameters.map((each) => known.get(each)));
}

test("norms and biases get no decay, and everything is in one group exactly", () => {
  const model = new Sequential(
    new Conv2d(1, 2, 3),
    new BatchNorm2d(2),
    new Linear(2, 2),
    new LayerNorm(2),
  );
  const groups = parameterGroups(model);
  expect(names(model, groups)).toEqual([
    ["0.weight", "2.weight"],
    ["0.bias", "1.weight", "1.bias", "2.bias", "3.weight", "3.bias"],
  ]);
  const { paramGroups } = new AdamW(groups, { weightDecay: 0.1 });
  expect(paramGroups.map(({ weightDecay }) => weightDecay)).toEqual([0.1, 0]);
});

test("each kind of a language model has the settings it is given", () => {
  const model = llama(false);
  const groups = parameterGroups(model, { embedding: { lr: 1 }, head: { lr: 2 }, norm: { lr: 3 } });
  const byRate = Object.fromEntries(
    groups.map(({ lr }, i) => [String(lr), names(model, groups)[i] ?? []]),
  );
  expect(byRate["1"]).toEqual(["model.embed_tokens.weight"]);
  expect(byRate["2"]).toEqual(["lm_head.weight"]);
  expect(byRate["3"]).toEqual([
    "model.layers.0.input_layernorm.weight",
    "model.layers.0.post_attention_layernorm.weight",
    "model.norm.weight",
  ]);
  expect(byRate["undefined"]?.length).toBe(7);
});

test("a tied head is an embedding, and settings that are the same share a group", () => {
  const model = llama(true);
  const groups = parameterGroups(model, {
    ...{ embedding: { weightDecay: 0, betas: [0.9, 0.95] } },
    ...{ norm: { weightDecay: 0, betas: [0.9, 0.95] }, head: { lr: 2 } },
  });
  expect(groups.length).toBe(2);
  expect(names(model, groups).flat().sort()).toEqual(
    [...model.namedParameters()].map(([name]) => name).sort(),
  );
});

test("Muon trains the hidden matrices, AdamW the others", () => {
  const model = llama(false);
  const adamw = { useMuon: false, lr: 3e-4 };
  const rest = { bias: adamw, norm: adamw, embedding: adamw, head: adamw, other: adamw };
  const { paramGroups } = new Muon(parameterGroups(model, rest), { lr: 0.02 });
  const hidden = paramGroups
    .filter(({ useMuon }) => useMuon)
    .flatMap((group) => names(model, [group])[0]);
  expect(hidden.length).toBe(7);
  expect(hidden.every((name) => name?.startsWith("model.layers.0."))).toBe(true);
});

test("a module of one's own whose class is called a norm is one", () => {
  class MyNorm extends Module {
    readonly gain = new Parameter(zeros([2]));
  }
  class Net extends Module {
    readonly first = new MyNorm();
    readonly gate = new Parameter(zeros([2]));
  }
  const model = new Net();
  expect(names(model, parameterGroups(model))).toEqual([["gate"], ["first.gain"]]);
});
