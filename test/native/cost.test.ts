// What blocks say that they take, against PyTorch's counter of FLOPs on transformers' models, and against allocations here.
import {
  BertForMaskedLM,
  BloomForCausalLM,
  block,
  countMemory,
  GPT2LMHeadModel,
  type InputShape,
  Linear,
  LlamaForCausalLM,
  Model,
  type NamedCost,
  OPTForCausalLM,
  PackedDocuments,
  T5ForConditionalGeneration,
  type Tensor,
  zeros,
} from "notebooster";
import { flopsPerToken } from "notebooster/report";
import { beforeAll, describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const LLAMA = {
  vocabSize: 90,
  hiddenSize: 48,
  intermediateSize: 112,
  numHiddenLayers: 3,
  numAttentionHeads: 6,
};
const GPT2 = { vocabSize: 90, hiddenSize: 48, numHiddenLayers: 3, numAttentionHeads: 6 };
const NO_DROPOUT = { embdPdrop: 0, attnPdrop: 0, residPdrop: 0 };
const MODELS = {
  llama: () => new LlamaForCausalLM({ ...LLAMA, numKeyValueHeads: 2 }),
  gpt2: () => new GPT2LMHeadModel({ ...GPT2, ...NO_DROPOUT }),
  opt: () => new OPTForCausalLM({ ...GPT2, ffnDim: 112, dropout: 0 }),
  bloom: () => new BloomForCausalLM(GPT2),
  bert: () => new BertForMaskedLM({ ...LLAMA, hiddenDropoutProb: 0, attentionProbsDropoutProb: 0 }),
  t5: () =>
    new T5ForConditionalGeneration({
      ...{ vocabSize: 90, dModel: 48, dKv: 8, dFf: 112, numLayers: 3, numHeads: 6 },
      dropoutRate: 0,
    }),
};
const SHAPE: InputShape = { batchSize: 3, sequenceLength: 40 };

/** Of the eager attention, which PyTorch's counter sees as two products of all tokens with all tokens. */
const COUNT = `
import torch
from torch.utils.flop_counter import FlopCounterMode
from transformers import BertConfig, BertForMaskedLM, BloomConfig, BloomForCausalLM, GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, OPTConfig, OPTForCausalLM, T5Config, T5ForConditionalGeneration
common = dict(vocab_size=90, attn_implementation="eager", bos_token_id=1, eos_token_id=2, pad_token_id=None)
models = {
  "llama": LlamaForCausalLM(LlamaConfig(**common, hidden_size=48, intermediate_size=112, num_hidden_layers=3, num_attention_heads=6, num_key_value_heads=2)),
  "gpt2": GPT2LMHeadModel(GPT2Config(**common, n_embd=48, n_layer=3, n_head=6, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0)),
  "opt": OPTForCausalLM(OPTConfig(**common, hidden_size=48, ffn_dim=112, num_hidden_layers=3, num_attention_heads=6, dropout=0, word_embed_proj_dim=48)),
  "bloom": BloomForCausalLM(BloomConfig(**{**common, "attn_implementation": None}, hidden_size=48, n_layer=3, n_head=6)),
  "bert": BertForMaskedLM(BertConfig(**common, hidden_size=48, intermediate_size=112, num_hidden_layers=3, num_attention_heads=6)),
  "t5": T5ForConditionalGeneration(T5Config(**{**common, "pad_token_id": 0}, d_model=48, d_kv=8, d_ff=112, num_layers=3, num_heads=6, decoder_start_token_id=0)),
}
counts = {}
for name, model in models.items():
    ids = torch.zeros(args[0], args[1], dtype=torch.long)
    with FlopCounterMode(display=False) as forward:
        loss = model(input_ids=ids, labels=ids).loss
    with FlopCounterMode(display=False) as backward:
        loss.backward()
    counts[name] = [forward.get_total_flops(), backward.get_total_flops()]
counts["documents"] = 0
for length in args[2]:
    ids = torch.zeros(1, length, dtype=torch.long)
    with FlopCounterMode(display=False) as both:
        models["llama"](input_ids=ids, labels=ids).loss.backward()
    counts["documents"] += both.get_total_flops()
print(json.dumps(counts))
`;

/** Tokens of the documents of a row. */
const DOCUMENTS = [7, 21, 12];
let counted: Record<keyof typeof MODELS, [forward: number, backward: number]> & {
  readonly documents: number;
};
beforeAll(() => {
  counted = python(COUNT, SHAPE.batchSize, SHAPE.sequenceLength, DOCUMENTS) as typeof counted;
});

const FAMILIES = Object.keys(MODELS) as (keyof typeof MODELS)[];
/** On a CPU no kernel gives the gradient of what T5 adds to scores: plain products keep more than is said. */
const WITH_KERNEL = FAMILIES.filter((family) => family !== "t5");

describe.each(FAMILIES)("%s", (family) => {
  test("FLOPs of both passes are those that PyTorch counts in transformers' model", () => {
    const cost = MODELS[family]().cost(SHAPE);
    const [forward, backward] = counted[family];
    expect(total(cost, ({ forward }) => forward.products + forward.attention)).toBe(forward);
    expect(total(cost, ({ backward }) => backward.products + backward.attention)).toBe(backward);
  });
});

describe.each(WITH_KERNEL)("%s", (family) => {
  test.each(["float32", "bfloat16"] as const)(
    "in %s it keeps as many bytes as it says",
    (dtype) => {
      const model = { ...MODELS, llama: () => new LlamaForCausalLM(LLAMA) }[family]().to(dtype);
      const kept = total(model.cost(SHAPE), ({ saved }) => saved.graph);
      expect(keptBy(model) / kept).toBeCloseTo(1, 2);
    },
  );

  test("with gradient checkpointing it keeps the layers' inputs, and the rest", () => {
    const model = MODELS[family]();
    const isLayer = ({ name }: NamedCost) => /\d$/.test(name);
    const kept = total(model.cost(SHAPE), (cost) =>
      isLayer(cost) ? cost.saved.inputs : cost.saved.graph,
    );
    model.gradientCheckpointingEnable();
    expect(keptBy(model) / kept).toBeCloseTo(1, 1);
  });
});

test("frozen weights have no gradient to be computed", () => {
  const model = MODELS.llama();
  const before = total(model.cost(SHAPE), ({ backward }) => backward.products);
  model.requiresGrad_(false);
  expect(total(model.cost(SHAPE), ({ backward }) => backward.products)).toBe(before / 2);
});

test("attention of packed documents costs what PyTorch counts in documents one by one", () => {
  const documents = new PackedDocuments([DOCUMENTS], { rowLength: 40 });
  const { attendedLength } = documents;
  const model = MODELS.llama();
  const cost = model.cost({ batchSize: 1, sequenceLength: 40, attendedLength });
  const both = total(cost, ({ forward, backward }) =>
    [forward, backward].reduce((sum, pass) => sum + pass.products + pass.attention, 0),
  );
  expect(both).toBeCloseTo(counted.documents, 3);
  const { value } = model.flopsPerToken(40, "palm", attendedLength);
  expect(value).toBeCloseTo(counted.documents / 40, 3);
});

test("FLOPs of a token are those of the formula over sizes", () => {
  const [model, sequenceLength] = [MODELS.llama(), 40];
  const numMatmulParams = 3 * (48 * (2 * 48 + 2 * 16) + 3 * 48 * 112) + 48 * 90;
  const sizes = { numMatmulParams, numLayers: 3, attentionSize: 48, sequenceLength };
  for (const convention of ["palm", "causal", "6n"] as const) {
    const { value, formula } = model.flopsPerToken(sequenceLength, convention);
    expect(value).toBeCloseTo(flopsPerToken(sizes, convention).value, 6);
    expect(formula).toContain(`(${convention})`);
  }
});

test("a block that does not say what it takes is named, and so is a wrong shape", () => {
  class Net extends Model<Tensor, Tensor, Tensor> {
    readonly linear = new Linear(3, 3);
    protected override listBlocks() {
      const { linear } = this;
      return [block("linear", [linear], (_, input: Tensor) => ({ x: linear.forward(input) }))];
    }
    protected override begin = (input: Tensor) => input;
    protected override end = ({ x }: Readonly<Record<string, Tensor>>) => x as Tensor;
  }
  expect(() => new Net().cost(SHAPE)).toThrow(
    /the block linear does not say what it takes; give it/,
  );
  expect(() => MODELS.gpt2().cost({ batchSize: 0, sequenceLength: 4 })).toThrow(/cost: batchSize/);
  expect(() => MODELS.gpt2().cost({ batchSize: 1 } as InputShape)).toThrow(/cost: sequenceLength/);
});

test("countMemory counts what is held and the most that was; counts do not nest", () => {
  const held: Tensor[] = [];
  const count = countMemory(() => {
    held.push(zeros([1000]));
    zeros([500]).dispose();
    held.push(zeros([10]));
  });
  expect(count).toEqual({ heldBytes: 4000 + 40, peakBytes: 4000 + 2000 });
  expect(() => countMemory(() => void countMemory(() => undefined))).toThrow(/counted already/);
  expect(countMemory(() => undefined)).toEqual({ heldBytes: 0, peakBytes: 0 });
});

interface Trains {
  forward(input: { inputIds: Tensor; labels: Tensor }): unknown;
}

function total(cost: readonly NamedCost[], of: (cost: NamedCost) => number): number {
  return cost.reduce((sum, each) => sum + of(each), 0);
}

function keptBy(model: Trains): number {
  const ids = zeros([SHAPE.batchSize, SHAPE.sequenceLength], { dtype: "int64" });
  const outputs: unknown[] = [model.forward({ inputIds: ids, labels: ids })]; // tables are made once
  return countMemory(() => outputs.push(model.forward({ inputIds: ids, labels: ids }))).heldBytes;
}
