// Every family on the GPU beside itself on the CPU, in float32: loss and all gradients, with padding, with several documents in a
// row, with adapters and layers computed again; generated tokens; in bfloat16 the loss.
//   ./notebooster exec test/gpu/families-check.mjs        exits non-zero on a failure
import {
  addAdapter,
  BertForMaskedLM,
  BertForSequenceClassification,
  BloomForCausalLM,
  Gemma2ForCausalLM,
  Gemma3ForCausalLM,
  Glm4ForCausalLM,
  GlmForCausalLM,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  MistralForCausalLM,
  MixtralForCausalLM,
  manualSeed,
  noGrad,
  OPTForCausalLM,
  PackedDocuments,
  Phi3ForCausalLM,
  Qwen2ForCausalLM,
  Qwen3ForCausalLM,
  Qwen3MoeForCausalLM,
  T5ForConditionalGeneration,
  tensor,
} from "notebooster";
import { check, expect, finish } from "./check.mjs";

const DECODER = {
  ...{ vocabSize: 97, hiddenSize: 64, intermediateSize: 96, numHiddenLayers: 3 },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 2, maxPositionEmbeddings: 64 },
};
const OTHER = { vocabSize: 97, hiddenSize: 64, numHiddenLayers: 2, numAttentionHeads: 4 };
const NO_DROPOUT = { embdPdrop: 0, attnPdrop: 0, residPdrop: 0 };
const BERT = { ...OTHER, intermediateSize: 96, hiddenDropoutProb: 0, attentionProbsDropoutProb: 0 };
const T5 = {
  ...{
    vocabSize: 97,
    dModel: 64,
    dKv: 16,
    dFf: 96,
    numLayers: 2,
    numDecoderLayers: 2,
    numHeads: 4,
  },
  ...{ dropoutRate: 0, padTokenId: 0, eosTokenId: 1 },
};
const CAUSAL = {
  llama: () => new LlamaForCausalLM(DECODER),
  mistral: () => new MistralForCausalLM({ ...DECODER, slidingWindow: 5 }),
  qwen2: () => new Qwen2ForCausalLM(DECODER),
  qwen3: () => new Qwen3ForCausalLM({ ...DECODER, headDim: 16 }),
  mixtral: () => new MixtralForCausalLM({ ...DECODER, numLocalExperts: 5 }),
  qwen3_moe: () =>
    new Qwen3MoeForCausalLM({
      ...{ ...DECODER, numExperts: 40, numExpertsPerTok: 3 },
      ...{ moeIntermediateSize: 24, outputRouterLogits: true, routerAuxLossCoef: 0.5 },
    }),
  phi3: () => new Phi3ForCausalLM({ ...DECODER, slidingWindow: 6, padTokenId: null }),
  gemma2: () => new Gemma2ForCausalLM({ ...DECODER, headDim: 16, slidingWindow: 4 }),
  gemma3: () => new Gemma3ForCausalLM({ ...DECODER, headDim: 16, slidingWindow: 4 }),
  glm: () => new GlmForCausalLM({ ...DECODER, headDim: 16, padTokenId: null, eosTokenId: null }),
  glm4: () => new Glm4ForCausalLM({ ...DECODER, headDim: 16, padTokenId: null, eosTokenId: null }),
  gpt2: () => new GPT2LMHeadModel({ ...OTHER, maxPositionEmbeddings: 64, ...NO_DROPOUT }),
  opt: () =>
    new OPTForCausalLM({
      ...OTHER,
      ffnDim: 96,
      maxPositionEmbeddings: 64,
      dropout: 0,
      wordEmbedProjDim: 64,
    }),
  bloom: () => new BloomForCausalLM({ ...OTHER, hiddenDropout: 0, attentionDropout: 0 }),
};
const OTHERS = {
  "bert, masked": () => new BertForMaskedLM(BERT),
  "bert, classes": () => new BertForSequenceClassification({ ...BERT, numLabels: 3 }),
  "t5, tied": () => new T5ForConditionalGeneration(T5),
  "t5, gated": () =>
    new T5ForConditionalGeneration({
      ...T5,
      feedForwardProj: "gated-gelu",
      tieWordEmbeddings: false,
    }),
};

const ids = (rows, length, of = 97) =>
  tensor(
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length }, (_, i) => 3 + ((i * 7 + row * 13 + ((i * i) % 11)) % (of - 3))),
    ),
    { dtype: "int64" },
  );
const inputIds = ids(2, 24);
const fromNinth = (first, then) =>
  tensor(
    [0, 1].map(() => Array.from({ length: 24 }, (_, i) => (i < 9 ? first(i) : then(i)))),
    {
      dtype: "int64",
    },
  );
const mask = fromNinth(
  () => 0,
  () => 1,
);
const ofDocuments = {
  positionIds: fromNinth(
    (i) => i,
    (i) => i - 9,
  ),
  documentIds: fromNinth(
    () => 0,
    () => 1,
  ),
};
const INPUTS = {
  whole: { inputIds, labels: inputIds },
  padded: {
    ...{
      inputIds,
      attentionMask: mask,
      positionIds: fromNinth(
        () => 0,
        (i) => i - 9,
      ),
    },
    labels: inputIds.maskedFill(mask.eq(0), -100),
  },
  packed: {
    ...{ inputIds, labels: inputIds, ...ofDocuments },
    documents: new PackedDocuments(
      [
        [9, 15],
        [9, 15],
      ],
      { rowLength: 24 },
    ),
  },
};

for (const [name, make] of Object.entries(CAUSAL)) {
  for (const [how, input] of Object.entries(INPUTS)) {
    check(`${name}, ${how}`, () => compare(make, input));
    check(`${name}, ${how}, adapters, computed again`, () => compare(() => adapted(make()), input));
    check(`${name}, ${how}, norms and activations computed again`, () => sameBits(make, input));
  }
  check(`${name}, generated`, () => {
    const [cpu, gpu] = [make().eval(), make().eval().to("cuda")];
    const text = (model, prompt) =>
      noGrad(() => model.generate(prompt, { maxNewTokens: 20, eosTokenId: null }).toArray());
    const prompt = inputIds.slice(1, 0, 6);
    expect(
      JSON.stringify(text(cpu, prompt)) === JSON.stringify(text(gpu, prompt.to("cuda"))),
      "other tokens",
    );
  });
}
const attentionMask = fromNinth(
  () => 1,
  (i) => (i < 20 ? 1 : 0),
);
for (const [name, make] of Object.entries(OTHERS)) {
  const labels = name.includes("classes")
    ? tensor([0, 2], { dtype: "int64" })
    : inputIds.slice(1, 0, name.startsWith("t5") ? 11 : 24);
  check(`${name}, whole`, () => compare(make, { inputIds, labels }));
  check(`${name}, padded`, () => compare(make, { inputIds, labels, attentionMask }));
}
finish();

function adapted(model) {
  manualSeed(5);
  addAdapter(model, "one", { r: 4 });
  for (const [parameter, each] of model.namedParameters())
    if (parameter.includes("lora_b")) noGrad(() => each.normal_(0, 0.05));
  model.gradientCheckpointingEnable();
  return model;
}

/** Of losses and gradients without selective recomputation and with it, where two passes without are of the same bits. */
function sameBits(make, input) {
  const moved = Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value.to("cuda")]),
  );
  const isSame = ["float32", "bfloat16"].map((dtype) => {
    const model = make().train().to({ dtype, device: "cuda" });
    const pass = () => {
      model.zeroGrad();
      manualSeed(5);
      const { loss } = model.forward(moved);
      loss.backward();
      const all = [loss, ...model.parameters().flatMap(({ grad }) => grad ?? [])];
      return all.map((each) => Buffer.from(each.to("cpu").toBytes()).toString("base64")).join();
    };
    pass();
    const [kept, again] = [pass(), pass()];
    model.gradientCheckpointingEnable({ granularity: "selective" });
    const selective = pass();
    expect(kept !== again || selective === kept, `other bits in ${dtype}`);
    return kept === again;
  });
  return { isDeterministic: isSame };
}

function compare(make, input) {
  const pass = (device) => {
    const model = make().train().to({ device });
    const moved = Object.fromEntries(
      Object.entries(input).map(([key, value]) => [key, value.to(device)]),
    );
    const { loss } = model.forward(moved);
    loss.backward();
    const gradients = [...model.namedParameters()].filter(([, { grad }]) => grad !== null);
    return {
      loss: loss.item(),
      gradients: gradients.map(([name, { grad }]) => [name, grad.to("cpu")]),
    };
  };
  const [cpu, gpu] = [pass("cpu"), pass("cuda")];
  expect(Math.abs(cpu.loss - gpu.loss) < 1e-4, `losses ${cpu.loss} and ${gpu.loss}`);
  expect(
    cpu.gradients.length === gpu.gradients.length,
    `${cpu.gradients.length} and ${gpu.gradients.length} gradients`,
  );
  let worst = 0;
  for (const [i, [name, wanted]] of cpu.gradients.entries()) {
    const [, got] = gpu.gradients[i];
    const off = got.sub(wanted).abs().max().item() / (wanted.abs().max().item() + 1e-6);
    expect(off < 2e-3, `gradient of ${name} is off by ${off} of its largest`);
    worst = Math.max(worst, off);
  }
  const half = make().train().to({ dtype: "bfloat16", device: "cuda" });
  const moved = Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value.to("cuda")]),
  );
  const loss16 = half.forward(moved).loss.item();
  expect(Math.abs(loss16 - cpu.loss) < 0.05, `loss in bfloat16 ${loss16}, ${cpu.loss} in float32`);
  return { worst };
}
