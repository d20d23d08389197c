// The BPE trainer against Hugging Face's, merge by merge.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { trainByteLevelBpe } from "../../src/tokenizer/train-bpe.js";
import { writeTokenizer } from "../../src/tokenizer/write-tokenizer.js";
import { NASTY_STRINGS } from "../fixtures/nasty-strings.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));
const SPECIAL = ["<|bos|>", "<|eos|>", "<|pad|>"];

/** Vocabulary by id and merges, as Hugging Face's BpeTrainer learns them from the file. */
function referenceTraining(file: string, vocabSize: number): unknown {
  return python(
    `
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
t = Tokenizer(models.BPE())
t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
trainer = trainers.BpeTrainer(vocab_size=args[1], special_tokens=args[2], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
t.train_from_iterator([open(args[0], newline="").read()], trainer)
m = json.loads(t.to_str())["model"]
print(json.dumps({"tokens": sorted(m["vocab"], key=m["vocab"].get), "merges": m["merges"]}))`,
    file,
    vocabSize,
    SPECIAL,
  );
}

test("trainByteLevelBpe() learns the vocabulary and merges of Hugging Face's BpeTrainer from 1.4 MB", () => {
  const file = path.join(notebooks, "data/kjv.txt");
  const trained = trainByteLevelBpe([fs.readFileSync(file, "utf8")], {
    vocabSize: 2000,
    specialTokens: SPECIAL,
  });
  expect({ tokens: trained.tokens, merges: trained.merges }).toEqual(referenceTraining(file, 2000));
});

test("trainByteLevelBpe() agrees on repeated letters and ties, where overlapping pairs are easily miscounted", () => {
  const file = path.join(scratchFolder(), "ties.txt");
  const text = `${"aaaa aaaaa aaa ".repeat(7)}${"abab baba ".repeat(5)}zzzzzzzz ßßß 😀😀`;
  fs.writeFileSync(file, text);
  const trained = trainByteLevelBpe([text], { vocabSize: 290, specialTokens: SPECIAL });
  expect({ tokens: trained.tokens, merges: trained.merges }).toEqual(referenceTraining(file, 290));
});

test("trainByteLevelBpe() stops when nothing is left to merge", () => {
  const trained = trainByteLevelBpe(["ab ab"], { vocabSize: 5000, specialTokens: [] });
  expect(trained.tokens.slice(256)).toEqual(["ab", "Ġab"]);
});

test("the tokenizer shipped with the base model is what training on the Austen text gives", () => {
  const folder = scratchFolder();
  const text = zlib
    .gunzipSync(fs.readFileSync(path.join(notebooks, "data/austen.txt.gz")))
    .toString();
  const trained = trainByteLevelBpe([text], { vocabSize: 2048, specialTokens: SPECIAL });
  writeTokenizer(folder, trained, {
    bos: "<|bos|>",
    eos: "<|eos|>",
    pad: "<|pad|>",
    modelMaxLength: 512,
  });
  for (const name of ["tokenizer.json", "tokenizer_config.json"]) {
    const shipped = fs.readFileSync(path.join(notebooks, "base-model", name), "utf8");
    expect(fs.readFileSync(path.join(folder, name), "utf8")).toBe(shipped);
  }
});

test("a freshly trained tokenizer gives every nasty string back", async () => {
  const folder = scratchFolder();
  const trained = trainByteLevelBpe(NASTY_STRINGS, { vocabSize: 400, specialTokens: SPECIAL });
  writeTokenizer(folder, trained, {
    bos: "<|bos|>",
    eos: "<|eos|>",
    pad: "<|pad|>",
    modelMaxLength: 64,
  });
  const tokenizer = await AutoTokenizer.fromPretrained(folder);
  for (const text of NASTY_STRINGS) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
});

test("trainByteLevelBpe() refuses a vocabulary without room for the bytes, repeated special tokens and no text", () => {
  const train = (vocabSize: number, specialTokens: string[], text = "x") =>
    trainByteLevelBpe([text], { vocabSize, specialTokens });
  expect(() => train(256, SPECIAL)).toThrow(
    /vocabSize 256 given; it must be a whole number from 259/,
  );
  expect(() => train(300.5, [])).toThrow(/vocabSize must be a whole number, got 300\.5/);
  expect(() => train(300, ["<s>", "<s>"])).toThrow(/special tokens \["<s>","<s>"\] repeat one/);
  expect(() => train(300, [], "")).toThrow(/no text to train a tokenizer on/);
});

test("writeTokenizer() refuses a role whose token was not trained", () => {
  const trained = trainByteLevelBpe(["x"], { vocabSize: 300, specialTokens: ["<s>"] });
  const roles = { bos: "<s>", eos: "</s>", pad: "<s>", modelMaxLength: 8 };
  expect(() => writeTokenizer(scratchFolder(), trained, roles)).toThrow(
    /<\/s> is not among the special tokens <s>/,
  );
});
