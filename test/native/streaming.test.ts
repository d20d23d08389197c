// Text as it is generated: pieces that hold whole characters and join to what the tokens mean, for tokens of bytes and of pieces
// of text; and what is left when a loop over them ends early.
import path from "node:path";
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  type Decoder,
  GenerationInterrupted,
  numLiveTensors,
  sample,
  stream,
  T5ForConditionalGeneration,
  type TextModel,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";

const BASE = path.resolve("notebooks/base-model");
const PIECES = path.join(sharedFolder(), "pieces");
const PROMPTS = ["Once upon a time", "The king said:", "„Wer reitet 😀"];
const TEXTS = ["naïve café 日本語 👩‍👩‍👧 x", " a  b\n\n c ", "हिन्दी 12 <s>"];

/** transformers' streams of the base model, and a tokenizer of pieces: spaces are marks, other characters bytes. */
const RUN = `
import torch, threading
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedTokenizerFast, TextIteratorStreamer
from tokenizers import Tokenizer, decoders, models, normalizers
base, pieces, prompts = args
model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32).eval()
tokenizer = AutoTokenizer.from_pretrained(base)
def streamed(prompt):
    streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
    inputs = tokenizer(prompt, return_tensors="pt")
    model.generate(**inputs, streamer=streamer, max_new_tokens=40, do_sample=False, pad_token_id=0)
    return "".join(streamer)
words = ["<unk>", "<s>", "</s>", *[f"<0x{b:02X}>" for b in range(256)], "\u2581", *"abcdefgh", "\u2581a", "ab"]
small = Tokenizer(models.BPE({w: i for i, w in enumerate(words)}, [("\u2581", "a"), ("a", "b")], unk_token="<unk>", byte_fallback=True, fuse_unk=True))
small.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), normalizers.Replace(" ", "\u2581")])
small.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
PreTrainedTokenizerFast(tokenizer_object=small, bos_token="<s>", eos_token="</s>", unk_token="<unk>").save_pretrained(pieces)
print(json.dumps([streamed(p) for p in prompts]))`;

const expected = python(RUN, BASE, PIECES, PROMPTS) as string[];
const model = await AutoModelForCausalLM.fromPretrained(BASE, { dtype: "float32" });
const tokenizer = await AutoTokenizer.fromPretrained(BASE);
const ofPieces = await AutoTokenizer.fromPretrained(PIECES);

async function all(texts: AsyncIterable<string>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const text of texts) pieces.push(text);
  return pieces;
}

/** A model that says what it is to say. */
function saying(ids: readonly number[], vocabSize: number): TextModel {
  const decoder: Decoder = {
    maxPositions: 10_000,
    forward({ inputIds, cache }) {
      const length = inputIds.size(1);
      cache.advance(length);
      const logits = new Float32Array(vocabSize);
      logits[ids[cache.length - 3] as number] = 1; // prompts of three tokens
      return { logits: tensor(logits).view(1, 1, -1) };
    },
  };
  const generationConfig = { eosTokenId: null, padTokenId: null };
  return { device: "cpu", generationConfig, beginText: (start) => ({ decoder, start }) };
}

test.each(PROMPTS.map((prompt, i) => ({ prompt, i })))(
  "the text after $prompt is transformers' stream",
  async ({ prompt, i }) => {
    const pieces = await all(model.stream(prompt, { tokenizer, maxNewTokens: 40 }));
    expect(pieces.join("")).toBe(expected[i]);
    expect(pieces.length).toBeGreaterThan(10);
  },
);

test.each([
  { of: "bytes", coder: tokenizer, isNoise: () => true },
  { of: "pieces of text", coder: ofPieces, isNoise: (id: number) => id < 3 || id >= 259 }, // others are bytes
])(
  "tokens of $of join to the text that they add, in whole characters",
  async ({ coder, isNoise }) => {
    const noise = Array.from(
      { length: 300 },
      (_, i) => (i * i * 31 + 7 * i + 3) % coder.vocabSize,
    ).filter(isNoise);
    for (const ids of [...TEXTS.map((text) => [...coder.encode(text)]), noise]) {
      const prompt = [...coder.encode("a b a b")].slice(0, 3);
      const options = { tokenizer: coder, maxNewTokens: ids.length };
      const pieces = await all(stream(saying(ids, coder.vocabSize), prompt, options));
      const plain = (of: readonly number[]) =>
        coder.decode(of, { skipSpecialTokens: true, cleanUpTokenizationSpaces: false });
      const before = plain(prompt);
      expect(before + pieces.join("")).toBe(plain([...prompt, ...ids]));
      if (ids === noise) continue;
      expect(pieces.join("")).not.toContain("\ufffd");
      expect(pieces.every((piece) => !/\p{Surrogate}/u.test(piece))).toBe(true);
      expect(pieces.length).toBeGreaterThan(3);
    }
  },
);

test("a loop that is left frees at once what the model kept of the text", async () => {
  const before = numLiveTensors();
  const during: number[] = [];
  for await (const _ of model.stream("Once", { tokenizer, maxNewTokens: 100 })) {
    during.push(numLiveTensors());
    if (during.length === 3) break;
  }
  expect(during[0]).toBeGreaterThan(before + 10);
  expect(numLiveTensors()).toBe(before);
});

test("a signal ends the text with its reason, and others go on beside", async () => {
  const before = numLiveTensors();
  const stop = new AbortController();
  const stopped = model.stream("Once", { tokenizer, maxNewTokens: 400, signal: stop.signal });
  const whole = all(model.stream(PROMPTS[0] as string, { tokenizer, maxNewTokens: 40 }));
  const pieces: string[] = [];
  const loop = async () => {
    for await (const piece of stopped)
      if (pieces.push(piece) === 4) stop.abort(new Error("enough"));
  };
  await expect(loop()).rejects.toThrow("enough");
  expect(pieces).toHaveLength(4);
  expect((await whole).join("")).toBe(expected[0]);
  expect(numLiveTensors()).toBe(before);
});

test("samples are what generate() says of each prompt alone, and training goes on", () => {
  model.train();
  const options = { maxNewTokens: 12, eosTokenId: [...tokenizer.encode(" the")] };
  const rows = sample(model, tokenizer, PROMPTS, options);
  expect([...model.modules()].every(({ training }) => training)).toBe(true);
  const alone = PROMPTS.map((prompt) => {
    const ids = [...tokenizer.encode(prompt)];
    const [whole] = model.generate(ids, options).toArray() as number[][];
    const added = (whole as number[]).slice(ids.length);
    return { prompt, text: tokenizer.decode(added), numTokens: added.length };
  });
  expect(rows).toEqual(alone);
  expect(new Set(rows.map(({ numTokens }) => numTokens)).size).toBeGreaterThan(1);
  const drawn = sample(model, tokenizer, PROMPTS, {
    ...options,
    doSample: true,
    numReturnSequences: 2,
  });
  expect(drawn.map(({ prompt }) => prompt)).toEqual(PROMPTS.flatMap((prompt) => [prompt, prompt]));
});

test("an encoder's answer is streamed as it is generated", async () => {
  const vocabSize = tokenizer.vocabSize;
  const writer = new T5ForConditionalGeneration({
    ...{ vocabSize, dModel: 16, dKv: 4, dFf: 20, numLayers: 1, numHeads: 2, initializerFactor: 5 },
    ...{ eosTokenId: null, dropoutRate: 0 },
  });
  const before = numLiveTensors();
  const options = { tokenizer, maxNewTokens: 15 };
  const pieces = await all(writer.stream("abc", options));
  expect(numLiveTensors()).toBeLessThanOrEqual(before); // others may be collected meanwhile
  const [ids] = writer.generate(tokenizer.encode("abc"), options).toArray() as number[][];
  expect(pieces.join("")).toBe(
    tokenizer.decode((ids as number[]).slice(1), { skipSpecialTokens: true }),
  );
});

test("an interrupted text says what was written until then", () => {
  expect(new GenerationInterrupted("so far")).toMatchObject({
    name: "GenerationInterrupted",
    text: "so far",
  });
});
