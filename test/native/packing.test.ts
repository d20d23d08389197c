// Several documents in a row beside the same documents one by one: losses token by token, and all gradients, are the same.
import path from "node:path";
import {
  AutoTokenizer,
  addAdapter,
  type Batch,
  BloomForCausalLM,
  type CausalLM,
  type CausalLMInput,
  countMemory,
  DataLoader,
  Gemma2ForCausalLM,
  Gemma3ForCausalLM,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  MistralForCausalLM,
  manualSeed,
  noGrad,
  OPTForCausalLM,
  PackedDocuments,
  Phi3ForCausalLM,
  Qwen2ForCausalLM,
  Qwen3ForCausalLM,
  Qwen3MoeForCausalLM,
  SupervisedDataset,
  type Tensor,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";

const folder = byteTokenizer(path.join(sharedFolder(), "tokenizer"), {
  config: {
    chat_template:
      "{% for m in messages %}<{{ m.role }}>{% if m.role == 'assistant' %}{% generation %}{{ m.content + eos_token }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}",
  },
});
const tokenizer = await AutoTokenizer.fromPretrained(folder);
const rows = ["a", "bc", "defghij", "k".repeat(20), "l m", "n".repeat(9)].map((answer) => ({
  messages: [
    { role: "user", content: answer.toUpperCase() },
    { role: "assistant", content: answer },
    { role: "user", content: "?" },
    { role: "assistant", content: answer },
  ],
}));
const dataset = SupervisedDataset.fromRows(rows, { tokenizer, maxLength: 180 });
const sizes = { vocabSize: 300, hiddenSize: 24, numHiddenLayers: 2, numAttentionHeads: 3 };
const llama = { ...sizes, intermediateSize: 40, maxPositionEmbeddings: 192 };
const NO_DROPOUT = { embdPdrop: 0, attnPdrop: 0, residPdrop: 0 };
const MODELS: Readonly<Record<string, () => CausalLM>> = {
  LLaMA: () => new LlamaForCausalLM({ ...llama, numKeyValueHeads: 1 }),
  Mistral: () => new MistralForCausalLM({ ...llama, numKeyValueHeads: 3, slidingWindow: 20 }),
  BLOOM: () => new BloomForCausalLM(sizes),
  OPT: () => new OPTForCausalLM({ ...sizes, ffnDim: 40, wordEmbedProjDim: 24, dropout: 0 }),
  "Gemma 2, scores bent": () =>
    new Gemma2ForCausalLM({ ...llama, headDim: 8, numKeyValueHeads: 1, slidingWindow: 20 }),
  "Gemma 3, with a window in turns": () =>
    new Gemma3ForCausalLM({ ...llama, headDim: 8, numKeyValueHeads: 1, slidingWindow: 20 }),
  ...(isMatrix && {
    "Phi-3": () => new Phi3ForCausalLM({ ...llama, numKeyValueHeads: 3, padTokenId: null }),
    Qwen2: () => new Qwen2ForCausalLM({ ...llama, numKeyValueHeads: 3 }),
    Qwen3: () => new Qwen3ForCausalLM({ ...llama, headDim: 8, numKeyValueHeads: 1 }),
    "Qwen3 with experts": () =>
      new Qwen3MoeForCausalLM({
        ...{ ...llama, headDim: 8, numKeyValueHeads: 1, moeIntermediateSize: 24 },
        ...{ numExperts: 5, numExpertsPerTok: 2 },
      }),
  }),
  "GPT-2": () =>
    new GPT2LMHeadModel({
      ...{ vocabSize: 300, hiddenSize: 24, numHiddenLayers: 2, numAttentionHeads: 3 },
      ...{ maxPositionEmbeddings: 192, ...NO_DROPOUT },
    }),
};

/** Loss of each token that counts, sorted, as rows stand in another order when packed. */
function tokenLosses(model: CausalLM, batches: Iterable<Batch>): number[] {
  const losses: number[] = [];
  for (const batch of batches) {
    noGrad(() => {
      const { logits } = model.forward(batch);
      const targets = batch.labels.slice(1, 1);
      const scores = logits.slice(1, 0, -1).logSoftmax(-1);
      const own = scores.gather(-1, targets.clampMin(0).unsqueeze(-1)).squeeze(-1);
      const [flat, labels] = [own.toTypedArray() as Float32Array, targets.toTypedArray()];
      for (let i = 0; i < flat.length; i++)
        if (Number(labels[i]) !== -100) losses.push(-(flat[i] as number));
    });
  }
  return losses.sort((a, b) => a - b);
}

/** Gradients of the mean over all tokens of all batches. */
function gradients(model: CausalLM, batches: Iterable<Batch>): Float32Array[] {
  model.zeroGrad();
  for (const batch of batches) {
    const { loss, numTokens } = model.forward(batch);
    (loss as Tensor)
      .mul((numTokens as Tensor).float())
      .div(dataset.numSupervisedTokens)
      .backward();
  }
  return model
    .parameters()
    .map(({ grad }) => Float32Array.from((grad as Tensor).toTypedArray() as Float32Array));
}

function furthest(a: readonly (readonly number[] | Float32Array)[], b: typeof a): number {
  return Math.max(
    ...a.flatMap((list, i) =>
      Array.from(list, (x, j) => Math.abs(x - ((b[i] as number[])[j] as number))),
    ),
  );
}

test.each(Object.entries(MODELS))(
  "%s: packed rows have the losses and gradients of documents one by one",
  (_, make) => {
    manualSeed(3);
    const model = make();
    const packed = dataset.pack();
    const ways = {
      alone: () => new DataLoader({ dataset, batchSize: 1 }),
      padded: () => new DataLoader({ dataset, batchSize: 6 }),
      packed: () => new DataLoader({ dataset: packed, batchSize: packed.length }),
    };
    expect(packed.length).toBeLessThan(dataset.length);
    const losses = tokenLosses(model, ways.alone());
    expect(losses).toHaveLength(dataset.numSupervisedTokens);
    const wanted = gradients(model, ways.alone());
    for (const way of [ways.padded, ways.packed]) {
      expect(furthest([tokenLosses(model, way())], [losses])).toBeLessThan(1e-5);
      expect(furthest(gradients(model, way()), wanted)).toBeLessThan(1e-5);
    }
  },
);

/** What is made of all documents in one batch. */
function withPacked<T>(use: (batch: Batch) => T): T {
  const packed = dataset.pack();
  for (const batch of new DataLoader({ dataset: packed, batchSize: packed.length }))
    return use(batch);
  throw new Error("the loader gives no batch");
}
const numbersOf = (x: Tensor): Float32Array => x.toTypedArray() as Float32Array;
const logitsOf = (model: CausalLM, { labels: _, ...input }: CausalLMInput): Float32Array =>
  noGrad(() => numbersOf(model.forward(input).logits));
/** How far logits are apart where there are tokens. */
function apart(a: Float32Array, b: Float32Array, { attentionMask }: Batch): number {
  const mask = (attentionMask as Tensor).toTypedArray();
  const width = a.length / mask.length;
  const off = a.map((x, i) => (mask[Math.floor(i / width)] ? Math.abs(x - (b[i] as number)) : 0));
  return off.reduce((most, each) => Math.max(most, each), 0);
}

test("a loader says where packed documents lie, padding behind them in pieces no longer than they are", () =>
  withPacked(({ documents, documentIds, inputIds }) => {
    const { lengths, starts, longest, rowLength, attendedLength } = documents as PackedDocuments;
    const ids = (documentIds as Tensor).toArray() as unknown as bigint[][];
    const counted = ids.map((row) => {
      const own = row.filter((id) => id >= 0n);
      return Array.from(new Set(own), (id) => own.filter((other) => other === id).length);
    });
    expect(lengths).toEqual(counted);
    expect([rowLength, longest]).toEqual([inputIds.shape[1], Math.max(...counted.flat())]);
    const begins = Array.from(starts.toTypedArray(), Number);
    const wanted = ids.flat().flatMap((id, i) => {
      const isFirst = i % rowLength === 0 || id !== ids.flat()[i - 1];
      return isFirst ? [i] : [];
    });
    expect(begins).toEqual(expect.arrayContaining([...wanted, inputIds.numel]));
    const pieces = begins.slice(1).map((end, i) => end - (begins[i] as number));
    expect(Math.max(...pieces)).toBe(longest);
    expect(attendedLength).toBeCloseTo(dataset.attendedLength, 9);
    expect(dataset.pack().attendedLength).toBe(dataset.attendedLength);
  }));

test.each(Object.entries(MODELS))(
  "%s: attention is by the documents alone: other ids change nothing, a start that is off by one does",
  (_, make) =>
    withPacked((batch) => {
      manualSeed(3);
      const model = make().eval();
      const { documents, documentIds, ...rest } = batch;
      const right = logitsOf(model, batch);
      const { lengths, rowLength } = documents as PackedDocuments;
      const blank = (documentIds as Tensor).mul(0);
      expect(apart(logitsOf(model, { ...batch, documentIds: blank }), right, batch)).toBeLessThan(
        1e-5,
      );
      expect(apart(logitsOf(model, { ...rest, documentIds: blank }), right, batch)).toBeGreaterThan(
        1e-3,
      );
      const moved = lengths.map(([first, second, ...others]) =>
        second === undefined ? [first as number] : [(first as number) + 1, second - 1, ...others],
      );
      const wrong = { ...batch, documents: new PackedDocuments(moved, { rowLength }) };
      expect(apart(logitsOf(model, wrong), right, batch)).toBeGreaterThan(1e-3);
    }),
);

test("documents of a person's own ids are found on the host, padding anywhere, or else go through a mask", () => {
  manualSeed(3);
  const model = new LlamaForCausalLM({ ...llama, numKeyValueHeads: 1 });
  const ids = (values: number[]) => tensor([values], { dtype: "int64" });
  const inputIds = ids([0, 0, 7, 8, 9, 10, 11, 12, 0, 0]);
  const positionIds = ids([0, 0, 0, 1, 2, 0, 1, 2, 0, 0]);
  const attentionMask = ids([0, 0, 1, 1, 1, 1, 1, 1, 0, 0]);
  const documentIds = ids([4, 4, 4, 4, 4, 2, 2, 2, 2, 2]);
  const { lengths } = PackedDocuments.fromIds(documentIds, { attentionMask });
  expect(lengths).toEqual([[1, 1, 3, 3]]);
  const alone = (tokens: number[]) => logitsOf(model, { inputIds: ids(tokens) });
  const wanted = [...alone([7, 8, 9]), ...alone([10, 11, 12])];
  const input = { inputIds, positionIds, attentionMask, documentIds };
  const packed = logitsOf(model, input).slice(2 * 300, 8 * 300);
  expect(furthest([packed], [wanted])).toBeLessThan(1e-5);
  const turns = {
    inputIds: ids([7, 10, 8, 11, 9, 12]),
    positionIds: ids([0, 0, 1, 1, 2, 2]),
    documentIds: ids([0, 1, 0, 1, 0, 1]),
  };
  expect(() => PackedDocuments.fromIds(turns.documentIds)).toThrow(/must stand together/);
  const masked = Array.from({ length: 6 }, (_, i) => {
    const token = 2 * (i % 3) + Math.floor(i / 3);
    return [...logitsOf(model, turns).slice(300 * token, 300 * (token + 1))];
  });
  expect(furthest([masked.flat()], [wanted])).toBeLessThan(1e-5);
});

test("rows of one document each need no more than causal attention", () => {
  manualSeed(3);
  const model = new LlamaForCausalLM({ ...llama, numKeyValueHeads: 1 });
  const inputIds = tensor([[5, 6, 7, 8]], { dtype: "int64" });
  const positionIds = tensor([[0, 1, 2, 3]], { dtype: "int64" });
  const documents = new PackedDocuments([[3]], { rowLength: 4 });
  expect(documents.isOnePerRow).toBe(true);
  const packed = logitsOf(model, { inputIds, positionIds, documents });
  expect(packed).toEqual(logitsOf(model, { inputIds }));
});

test.each([
  ["as it is", false],
  ["with adapters", true],
] as const)(
  "layers that are computed again see the same documents: gradients are the same bits, %s",
  (_, isAdapted) => {
    const pass = (again: boolean): Float32Array[] => {
      manualSeed(3);
      const model = new MistralForCausalLM({ ...llama, numKeyValueHeads: 3, slidingWindow: 20 });
      if (isAdapted) addAdapter(model, "one", { r: 4 });
      if (again) model.gradientCheckpointingEnable();
      withPacked((batch) => model.train().forward(batch).loss.backward());
      return model.parameters().flatMap(({ grad }) => (grad === null ? [] : [numbersOf(grad)]));
    };
    expect(pass(true)).toEqual(pass(false));
  },
);

test.each([
  ["without a window", null],
  ["with a window", 100],
] as const)("no matrix of all tokens with all tokens is made, %s", (_, slidingWindow) => {
  const length = 1024;
  const small = { ...llama, hiddenSize: 8, intermediateSize: 8, numHiddenLayers: 1 };
  const config = {
    ...small,
    numAttentionHeads: 1,
    numKeyValueHeads: 1,
    maxPositionEmbeddings: length,
  };
  const model = new MistralForCausalLM({ ...config, vocabSize: 30, slidingWindow });
  const inputIds = tensor([Array.from({ length }, (_, i) => i % 30)], { dtype: "int64" });
  const positionIds = tensor([Array.from({ length }, (_, i) => i % 128)], { dtype: "int64" });
  const documents = new PackedDocuments([Array(8).fill(128)], { rowLength: length });
  const peakOf = (input: CausalLMInput) =>
    countMemory(() => {
      const { loss } = model.forward({ ...input, labels: inputIds });
      (loss as Tensor).backward();
    }).peakBytes;
  expect(peakOf({ inputIds, positionIds, documents })).toBeLessThan(2 * length ** 2);
  const inTurns = tensor([Array.from({ length }, (_, i) => i % 8)], { dtype: "int64" });
  expect(peakOf({ inputIds, positionIds, documentIds: inTurns })).toBeGreaterThan(4 * length ** 2);
});
