// What options of generate() do, beside transformers: logits before a token is chosen, and whole outputs, of a decoder and of an
// encoder with a decoder, by beams and by the likeliest token.
import path from "node:path";
import { expect, test } from "vitest";
import { snakeCase } from "../../dist/src/arguments/cases.js";
import { settingsOf } from "../../dist/src/generate/options.js";
import { processed, warped } from "../../dist/src/generate/processors.js";
import {
  AutoModelForCausalLM,
  AutoModelForSeq2SeqLM,
  AutoTokenizer,
  type GenerateOptions,
  LlamaForCausalLM,
  tensor,
} from "../../dist/src/index.js";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";

const BASE = path.resolve("notebooks/base-model");
const T5 = path.join(sharedFolder(), "t5");
const VOCABULARY = 60;

/** Each beside the options as they are, and beside what generates no sooner than it is asked to. */
const PROCESSED: readonly GenerateOptions[] = [
  { repetitionPenalty: 1.7 },
  { repetitionPenalty: 0.6 },
  { noRepeatNgramSize: 1 },
  { noRepeatNgramSize: 2 },
  { noRepeatNgramSize: 3 },
  { noRepeatNgramSize: 9 },
  { minNewTokens: 3, eosTokenId: [7, 9] },
  { minNewTokens: 2, eosTokenId: [7, 9] },
  { minLength: 9, eosTokenId: 7 },
  { doSample: true, temperature: 0.3, topK: 0 },
  { doSample: true },
  { doSample: true, topK: 4 },
  { doSample: true, topK: 1000 },
  { doSample: true, topK: 0, topP: 0.35 },
  { doSample: true, topK: 0, topP: 1e-9 },
  { doSample: true, topK: 0, minP: 0.2 },
  { doSample: true, topK: 0, minP: 1 },
  { doSample: true, temperature: 1.9, topK: 12, topP: 0.8, minP: 0.05, repetitionPenalty: 1.3 },
  { doSample: true, topK: 1, numBeams: 2 },
  { doSample: true, topK: 1, numBeams: 2, eosTokenId: [7, 9] },
  { doSample: true, topK: 0, topP: 1e-9, numBeams: 4, eosTokenId: [7, 9, 4] },
  { doSample: true, topK: 0, minP: 1, numBeams: 3, eosTokenId: null },
  { doSample: true, temperature: 0.5, topK: 3, minP: 0.9, numBeams: 3, eosTokenId: [7, 9] },
];
/** The last two tokens of both rows have been there. */
const IDS = [
  [5, 6, 7, 8, 5, 6, 7],
  [1, 1, 2, 1, 1, 1, 2],
];
const PROMPT_LENGTH = 5;
const LOGITS = IDS.map((_, row) =>
  Array.from({ length: VOCABULARY }, (_, i) => Math.fround(Math.sin(i * (row + 2.3)) * 4)),
);

const PROMPT = "Once upon a time";
/** Of the decoder. */
const WHOLE: readonly GenerateOptions[] = [
  { repetitionPenalty: 1.4 },
  { noRepeatNgramSize: 3 },
  { maxLength: 14 },
  { minNewTokens: 15, eosTokenId: [11, 12, 13, 32, 101, 104, 116, 256, 257, 258, 259, 260] },
  { numBeams: 3 },
  {
    numBeams: 3,
    numReturnSequences: 3,
    lengthPenalty: -1,
    eosTokenId: [101, 116, 104, 257, 261, 280],
  },
  { numBeams: 4, numReturnSequences: 2, noRepeatNgramSize: 2, repetitionPenalty: 1.2 },
  { numBeams: 4, earlyStopping: true, eosTokenId: [101, 116, 104, 257, 261, 280] },
  { stopStrings: "e" },
  { stopStrings: [" the", "a ", "nd"] },
  { numBeams: 2, stopStrings: [" the"] },
  { stopStrings: ["am sure I"] },
];
const ROWS = [
  [5, 6, 7, 8, 9],
  [12, 3],
  [40, 41, 42, 20],
];
/** Sequences that end at many places, the longer the better. */
const SOON = {
  ...{ numBeams: 2, numReturnSequences: 2, maxNewTokens: 24, lengthPenalty: 1.3 },
  eosTokenId: [1, 4, 9, 13, 17, 22, 30, 33, 41, 47, 50, 58],
};
/** Of the encoder and decoder. */
const WRITTEN: readonly GenerateOptions[] = [
  {},
  { numBeams: 2 },
  { numBeams: 4, numReturnSequences: 4 },
  { numBeams: 4, numReturnSequences: 4, lengthPenalty: 0 },
  { numBeams: 4, numReturnSequences: 3, lengthPenalty: 2.5, earlyStopping: "never" },
  { numBeams: 4, numReturnSequences: 3, lengthPenalty: -1.5, earlyStopping: "never" },
  { numBeams: 3, earlyStopping: true, numReturnSequences: 2 },
  { numBeams: 3, minNewTokens: 6, maxNewTokens: 9, noRepeatNgramSize: 2 },
  { numBeams: 5, eosTokenId: [1, 4, 9, 30], numReturnSequences: 5 },
  ...([false, true, "never"] as const).map((earlyStopping) => ({ ...SOON, earlyStopping })),
];

/** Beams that are drawn; the generator begins as PyTorch's with the same seed. */
const DRAWN = { doSample: true, numBeams: 3, topK: 0 };
const OF_DECODER: readonly GenerateOptions[] = [
  { ...DRAWN },
  { ...DRAWN, numBeams: 4, numReturnSequences: 4, temperature: 0.7, topK: 20, seed: 5 },
  {
    ...DRAWN,
    numReturnSequences: 2,
    topP: 0.8,
    repetitionPenalty: 1.2,
    eosTokenId: [101, 116, 104, 257],
  },
  { ...DRAWN, numBeams: 2, minP: 0.1, noRepeatNgramSize: 2, lengthPenalty: 2, seed: 11 },
  { ...DRAWN, earlyStopping: true, eosTokenId: [101, 116, 104, 257, 261, 280], seed: 3 },
];
const OF_WRITER: readonly GenerateOptions[] = [
  { ...DRAWN, numReturnSequences: 3 },
  { ...DRAWN, ...SOON, temperature: 1.5, seed: 9 },
  { ...DRAWN, numBeams: 5, topK: 2, numReturnSequences: 5, eosTokenId: [1, 4, 9, 30], seed: 2 },
  { ...DRAWN, numBeams: 4, topK: 1, eosTokenId: [1], numReturnSequences: 2 },
];

const RUN = `
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig, T5Config, T5ForConditionalGeneration
base, t5_folder, ids, logits, prompt_length, cases, text, whole, rows, written, of_decoder, of_writer = args
scores = torch.tensor(logits)
def prepared(case):
    model = AutoModelForCausalLM.from_pretrained(base)
    config = GenerationConfig(**{"do_sample": False, "eos_token_id": 2, "pad_token_id": 0, **case})
    model._prepare_special_tokens(config, device="cpu")
    config.update(**config._get_default_generation_params(), defaults_only=True)
    config.max_length = 100
    if config.min_new_tokens is not None: config.min_length = max(config.min_length or 0, prompt_length + config.min_new_tokens)
    processors = model._get_logits_processor(config, input_ids_seq_length=prompt_length, encoder_input_ids=None, prefix_allowed_tokens_fn=None, logits_processor=[], device="cpu")
    return [[None if x == float("-inf") else x for x in row] for row in processors(torch.tensor(ids), scores.clone()).tolist()]
tokenizer = AutoTokenizer.from_pretrained(base)
decoder = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32).eval()
prompt = tokenizer(text, return_tensors="pt")
def continued(case):
    return decoder.generate(**prompt, **{"max_new_tokens": None if "max_length" in case else 24, "do_sample": False, "eos_token_id": None, "pad_token_id": 0, "tokenizer": tokenizer, **case}).tolist()
torch.manual_seed(5)
writer = T5ForConditionalGeneration(T5Config(vocab_size=60, d_model=24, d_kv=8, d_ff=40, num_layers=2, num_heads=3, dropout_rate=0, decoder_start_token_id=0, pad_token_id=0, eos_token_id=1)).eval()
with torch.no_grad():
    for p in writer.parameters(): p.mul_(2.2)
writer.save_pretrained(t5_folder)
longest = max(map(len, rows))
padded = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
seen = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
def answered(case):
    return writer.generate(padded, attention_mask=seen, **{"max_new_tokens": 16, "do_sample": False, **case}).tolist()
def drawn(write, case):
    torch.manual_seed(case.pop("seed", 0))
    return write(case)
print(json.dumps([[prepared(c) for c in cases], [continued(c) for c in whole], [answered(c) for c in written],
    [drawn(continued, c) for c in of_decoder], [drawn(answered, c) for c in of_writer]]))`;

type Expected = [(number | null)[][][], number[][][], number[][][], number[][][], number[][][]];
const inSnakeCase = (cases: readonly GenerateOptions[]) =>
  cases.map((options) =>
    Object.fromEntries(Object.entries(options).map(([name, value]) => [snakeCase(name), value])),
  );
const [scores, texts, answers, drawnTexts, drawnAnswers] = python(
  RUN,
  ...[BASE, T5, IDS, LOGITS, PROMPT_LENGTH, inSnakeCase(PROCESSED)],
  ...[PROMPT, inSnakeCase(WHOLE), ROWS, inSnakeCase(WRITTEN)],
  ...[inSnakeCase(OF_DECODER), inSnakeCase(OF_WRITER)],
) as Expected;

const tokenizer = await AutoTokenizer.fromPretrained(BASE);
const decoder = await AutoModelForCausalLM.fromPretrained(BASE, { dtype: "float32" });
const writer = await AutoModelForSeq2SeqLM.fromPretrained(T5);

test.each(PROCESSED.map((options, i) => ({ options, i })))(
  "logits with $options are transformers'",
  ({ options, i }) => {
    const settings = settingsOf({ eosTokenId: 2, padTokenId: 0 }, options);
    const text = { ids: tensor(IDS), rows: IDS, length: 7, promptLength: PROMPT_LENGTH };
    const given = processed(tensor(LOGITS), text, settings);
    const ours = settings.temperature === 0 ? given : warped(given, settings);
    const expected = scores[i]?.map((row) => row.map((x) => x ?? Number.NEGATIVE_INFINITY));
    expect(ours.toArray()).toEqual(expected);
  },
);

test("all options but those that find nothing to forbid change logits", () => {
  const unchanged = PROCESSED.filter(
    (_, i) => JSON.stringify(scores[i]) === JSON.stringify(LOGITS),
  );
  expect(unchanged).toEqual([
    { noRepeatNgramSize: 9 },
    { minNewTokens: 2, eosTokenId: [7, 9] },
    { doSample: true, topK: 1000 },
  ]);
});

test.each(WHOLE.map((options, i) => ({ options, i })))(
  "a text continued with $options is transformers'",
  ({ options, i }) => {
    const ours = decoder.generate(tokenizer.encode(PROMPT), {
      ...("maxLength" in options ? {} : { maxNewTokens: 24 }),
      ...{ eosTokenId: null, tokenizer, ...options },
    });
    expect(ours.toArray()).toEqual(texts[i]);
  },
);

test("when beams are to stop matters", () => {
  const whole = answers.slice(-3).map((rows) => JSON.stringify(rows));
  expect(new Set(whole).size).toBe(3);
});

/** Up to the end: transformers fills rows with the end token where the pad id is 0. */
const untilEnd = (rows: number[][], ends: readonly number[]) =>
  rows.map((row) =>
    row.slice(0, 1 + row.findIndex((id, i) => i > 0 && ends.includes(id)) || row.length),
  );

test.each(WRITTEN.map((options, i) => ({ options, i })))(
  "answers to rows of different lengths with $options are transformers', and each its own",
  ({ options, i }) => {
    const ends = [options.eosTokenId ?? 1].flat();
    const given = { maxNewTokens: 16, ...options };
    const together = writer.generate(ROWS, given).toArray() as number[][];
    expect(untilEnd(together, ends)).toEqual(untilEnd(answers[i] as number[][], ends));
    const alone = ROWS.flatMap((row) => writer.generate(row, given).toArray() as number[][]);
    expect(untilEnd(together, ends)).toEqual(untilEnd(alone, ends));
  },
);

test.each(OF_DECODER.map((options, i) => ({ options, i })))(
  "beams drawn with $options are those that transformers draws",
  ({ options, i }) => {
    const ours = decoder.generate(tokenizer.encode(PROMPT), {
      ...{ maxNewTokens: 24, eosTokenId: null, tokenizer, ...options },
    });
    expect(ours.toArray()).toEqual(drawnTexts[i]);
  },
);

test.each(OF_WRITER.map((options, i) => ({ options, i })))(
  "beams of answers drawn with $options are those that transformers draws",
  ({ options, i }) => {
    const ends = [options.eosTokenId ?? 1].flat();
    const ours = writer.generate(ROWS, { maxNewTokens: 16, ...options }).toArray() as number[][];
    expect(untilEnd(ours, ends)).toEqual(untilEnd(drawnAnswers[i] as number[][], ends));
  },
);

test("beams that are drawn are others with another seed, and than the likeliest", () => {
  const prompt = tokenizer.encode(PROMPT);
  const text = (options: GenerateOptions) =>
    String(decoder.generate(prompt, { maxNewTokens: 24, eosTokenId: null, ...options }).tolist());
  const likeliest = text({ numBeams: 3 });
  expect(new Set([0, 1, 2].map((seed) => text({ ...DRAWN, seed })).concat(likeliest)).size).toBe(4);
});

test("no tokens may be asked for, of beams too", async () => {
  const model = await AutoModelForCausalLM.fromPretrained(BASE);
  for (const numBeams of [1, 2])
    expect(model.generate([[5, 6, 7]], { maxNewTokens: 0, numBeams }).toArray()).toEqual([
      [5, 6, 7],
    ]);
});

test("options that forbid every token are named, of the row that would have to go on", () => {
  const model = new LlamaForCausalLM({
    ...{ vocabSize: 5, hiddenSize: 16, intermediateSize: 24, numHiddenLayers: 1 },
    numAttentionHeads: 2,
  });
  const given = { noRepeatNgramSize: 1, eosTokenId: 4, minNewTokens: 5, maxNewTokens: 9 };
  const message =
    "generate: noRepeatNgramSize: 1 and minNewTokens: 5 forbid each of the 5 tokens that row 1 might go on with; " +
    "leave one out, or set maxNewTokens so that the text ends before";
  for (const doSample of [true, false])
    expect(() =>
      model.generate(
        [
          [0, 0],
          [0, 1],
        ],
        { ...given, doSample },
      ),
    ).toThrow(message);
  const ids = model.generate([[0, 1]], { ...given, maxNewTokens: 2, doSample: true });
  expect(new Set((ids.toArray() as number[][])[0]).size).toBe(4);
});
