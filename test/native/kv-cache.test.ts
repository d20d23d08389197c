// The cache of keys and values: how it grows, and steps at fixed shapes, which give the same tokens as others.
import { expect, test } from "vitest";
import { DecodeStep } from "../../dist/src/generate/decode-step.js";
import {
  BloomForCausalLM,
  type CausalLM,
  Gemma2ForCausalLM,
  GPT2LMHeadModel,
  generate,
  KVCache,
  LlamaForCausalLM,
  MistralForCausalLM,
  noGrad,
  numLiveTensors,
  OPTForCausalLM,
  T5ForConditionalGeneration,
  type TextModel,
  tensor,
  zeros,
} from "../../dist/src/index.js";

const SIZES = { vocabSize: 60, hiddenSize: 24, numHiddenLayers: 2, numAttentionHeads: 3 };
const LLAMA = { ...SIZES, intermediateSize: 40, maxPositionEmbeddings: 700, initializerRange: 0.5 };
const MODELS: Readonly<Record<string, () => CausalLM>> = {
  LLaMA: () => new LlamaForCausalLM({ ...LLAMA, numKeyValueHeads: 1 }),
  Mistral: () => new MistralForCausalLM({ ...LLAMA, numKeyValueHeads: 3, slidingWindow: 4 }),
  "Gemma 2": () =>
    new Gemma2ForCausalLM({
      ...{ ...LLAMA, numKeyValueHeads: 3, headDim: 8, slidingWindow: 4, queryPreAttnScalar: 8 },
      tieWordEmbeddings: false,
      initializerRange: 0.3,
    }),
  BLOOM: () => new BloomForCausalLM({ ...SIZES, initializerRange: 0.5, tieWordEmbeddings: false }),
  "GPT-2": () =>
    new GPT2LMHeadModel({ ...SIZES, maxPositionEmbeddings: 100, initializerRange: 0.5 }),
  OPT: () =>
    new OPTForCausalLM({
      ...SIZES,
      ffnDim: 40,
      maxPositionEmbeddings: 100,
      initStd: 0.5,
      wordEmbedProjDim: 24,
    }),
};
const ROWS = [[5, 50, 31], [8, 9, 7, 13, 2, 50, 41], [40]];

test("a cache takes memory for some tokens more than come, and twice as much when that is full", () => {
  using cache = new KVCache(1000);
  const given = (length: number) => {
    const keys = zeros([2, 3, length, 8]);
    const { keys: stored } = cache.append(0, keys, keys);
    expect(stored.shape).toEqual([2, 3, cache.length + length, 8]);
    cache.advance(length);
    return cache.room;
  };
  const before = numLiveTensors();
  expect([given(10), given(256), given(1), given(300), given(400)]).toEqual([
    266, 266, 532, 1000, 1000,
  ]);
  expect(numLiveTensors() - before).toBeLessThan(40); // what grew is not kept twice
  expect(() => given(40)).toThrow("the KV cache holds 1000 tokens, 1007 are needed");
});

test.each(Object.keys(MODELS))("%s continues rows at fixed shapes by the same tokens", (name) => {
  const model = (MODELS[name] as () => CausalLM)().eval();
  const options = { maxNewTokens: 20, eosTokenId: null };
  for (const more of [{}, { numBeams: 3, numReturnSequences: 2 }]) {
    const dynamic = model.generate(ROWS, { ...options, ...more }).toArray() as number[][];
    const fixed = { ...options, ...more, cacheImplementation: "static" } as const;
    expect(model.generate(ROWS, fixed).toArray()).toEqual(dynamic);
    expect(new Set(dynamic.flatMap((row) => row.slice(7))).size).toBeGreaterThan(8);
  }
});

test("fixed shapes become larger ones when the cache grows", () => {
  const model = new LlamaForCausalLM({ ...LLAMA, numKeyValueHeads: 1, numHiddenLayers: 1 });
  const options = { maxNewTokens: 600, eosTokenId: null };
  const dynamic = model.generate([1, 2], options).toArray();
  expect(model.generate([1, 2], { ...options, cacheImplementation: "static" }).toArray()).toEqual(
    dynamic,
  );
});

test("nothing that a step does depends on a number of JavaScript: repeated as recorded it moves on by itself", () => {
  const logits = (isCounted: boolean): unknown[] =>
    noGrad(() => {
      const model = new MistralForCausalLM({ ...LLAMA, numKeyValueHeads: 3, slidingWindow: 4 });
      using cache = new KVCache(50);
      model.forward({ inputIds: tensor([[3, 4, 5]]), cache });
      using step = new DecodeStep({ decoder: model, cache, padding: undefined }, tensor([[7]]));
      const steps = [0, 1, 2, 3, 4];
      return steps.map(() => (isCounted ? step.next(tensor([[7]])) : step.body()).toArray());
    });
  const counted = logits(true);
  expect(logits(false)).toEqual(counted);
  expect(new Set(counted.map((each) => JSON.stringify(each))).size).toBe(5);
});

const writerOf = (seed: number) => {
  const writer = new T5ForConditionalGeneration(
    {
      ...{ vocabSize: 60, dModel: 24, dKv: 8, dFf: 40, numLayers: 2, numHeads: 3, dropoutRate: 0 },
      ...{ relativeAttentionNumBuckets: 8, relativeAttentionMaxDistance: 12 },
    },
    { seed },
  ).eval();
  noGrad(() => {
    for (const parameter of writer.parameters()) parameter.mul_(2.2);
  });
  return writer;
};

test("an encoder's answers are written at fixed shapes by the same tokens, until the cache grows and after", () => {
  const writer = writerOf(1);
  const drawn = { doSample: true, numReturnSequences: 2, topK: 0 };
  const seen = new Set<number>();
  for (const more of [{}, { numBeams: 3, numReturnSequences: 2 }, drawn, { maxNewTokens: 300 }]) {
    const options = { maxNewTokens: 20, eosTokenId: null, ...more };
    const dynamic = writer.generate(ROWS, options).toArray() as number[][];
    const fixed = { ...options, cacheImplementation: "static" } as const;
    expect(writer.generate(ROWS, fixed).toArray()).toEqual(dynamic);
    for (const id of dynamic.flat()) seen.add(id);
  }
  expect(seen.size).toBeGreaterThan(15);
});

test("nor does a step beside an encoder", () => {
  const writer = writerOf(2);
  const ids = tensor([
    [0, 5, 50],
    [8, 9, 7],
  ]);
  const mask = tensor([
    [0, 1, 1],
    [1, 1, 1],
  ]);
  const logits = (isCounted: boolean): unknown[] =>
    noGrad(() => {
      const { decoder, start, held } = writer.beginText({ ids, mask });
      using cache = new KVCache(50);
      decoder.forward({ inputIds: start.ids, cache, logitsToKeep: 1 });
      const next = tensor([[7], [9]]);
      using step = new DecodeStep({ decoder, cache, padding: undefined }, next);
      const all = [0, 1, 2, 3, 4].map(() => (isCounted ? step.next(next) : step.body()).toArray());
      held?.[Symbol.dispose]();
      return all;
    });
  const counted = logits(true);
  expect(logits(false)).toEqual(counted);
  expect(new Set(counted.map((each) => JSON.stringify(each))).size).toBe(5);
});

test("fixed shapes are refused where a decoder does not take them, and for more than a token", () => {
  const decoder = new LlamaForCausalLM({ ...LLAMA, numKeyValueHeads: 3 });
  const model: TextModel = {
    ...{ device: "cpu", generationConfig: { eosTokenId: null, padTokenId: null } },
    beginText: (start) => ({ decoder, start }),
  };
  expect(() => generate(model, [1], { cacheImplementation: "static" })).toThrow(
    /"static" needs a decoder that takes a cache of fixed shapes/,
  );
  using cache = new KVCache(50);
  const keys = zeros([1, 1, 2, 4]);
  cache.append(0, keys, keys);
  cache.advance(2);
  cache.fixShapes("cpu");
  expect(() => cache.append(0, keys, keys)).toThrow(
    /takes one token at a time while there is room: 2 of 50/,
  );
});
