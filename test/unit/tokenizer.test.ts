// AutoTokenizer against Hugging Face's own tokenizers and transformers, on the tokenizer we ship and on others.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { TokenizerError } from "../../dist/src/tokenizer/tokenizer-error.js";
import { NASTY_STRINGS } from "../fixtures/nasty-strings.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

const SHIPPED = fileURLToPath(new URL("../../notebooks/base-model", import.meta.url));
const KJV = fileURLToPath(new URL("../../notebooks/data/kjv.txt", import.meta.url));

/** Ids and decoded texts of the same strings in Python. */
interface Reference {
  ids: number[][];
  texts: string[];
  skipped: string[];
}

const ENCODE = `
def reference(encode, decode, texts):
    ids = [list(encode(t)) for t in texts]
    return {"ids": ids, "texts": [decode(i, False) for i in ids], "skipped": [decode(i, True) for i in ids]}
`;

function expectSame(tokenizer: AutoTokenizer, reference: Reference): void {
  for (const [i, text] of NASTY_STRINGS.entries()) {
    const ids = tokenizer.encode(text);
    expect([...ids], JSON.stringify(text.slice(0, 60))).toEqual(reference.ids[i]);
    expect(tokenizer.decode(ids)).toBe(reference.texts[i]);
    expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe(reference.skipped[i]);
  }
}

test("the shipped tokenizer gives the ids and texts of Python's tokenizers, nasty strings included", async () => {
  const reference = python(
    `${ENCODE}
from tokenizers import Tokenizer
t = Tokenizer.from_file(args[0] + "/tokenizer.json")
print(json.dumps(reference(lambda s: t.encode(s).ids, lambda i, skip: t.decode(i, skip_special_tokens=skip), args[1])))`,
    SHIPPED,
    NASTY_STRINGS,
  );
  expectSame(await AutoTokenizer.fromPretrained(SHIPPED), reference as Reference);
});

test("the shipped tokenizer gives the ids of transformers' AutoTokenizer, and its special ids", async () => {
  const reference = python(
    `${ENCODE}
from transformers import AutoTokenizer
t = AutoTokenizer.from_pretrained(args[0])
r = reference(t.encode, lambda i, skip: t.decode(i, skip_special_tokens=skip), args[1])
print(json.dumps({**r, "special": [t.bos_token_id, t.eos_token_id, t.pad_token_id, len(t)]}))`,
    SHIPPED,
    NASTY_STRINGS,
  ) as Reference & { special: number[] };
  const tokenizer = await AutoTokenizer.fromPretrained(SHIPPED);
  expectSame(tokenizer, reference);
  const { bosTokenId, eosTokenId, padTokenId, vocabSize } = tokenizer;
  expect([bosTokenId, eosTokenId, padTokenId, vocabSize]).toEqual(reference.special);
});

test("a text of 1.4 MB comes back from its ids, and they are Python's", async () => {
  const text = fs.readFileSync(KJV, "utf8");
  const tokenizer = await AutoTokenizer.fromPretrained(SHIPPED);
  const ids = tokenizer.encode(text);
  expect(tokenizer.decode(ids)).toBe(text);
  const expected = python(
    `
import hashlib, struct
from tokenizers import Tokenizer
ids = Tokenizer.from_file(args[0] + "/tokenizer.json").encode(open(args[1], newline="").read()).ids
print(json.dumps([len(ids), hashlib.sha256(struct.pack(f"<{len(ids)}i", *ids)).hexdigest()]))`,
    SHIPPED,
    KJV,
  );
  const { createHash } = await import("node:crypto");
  expect([ids.length, createHash("sha256").update(ids).digest("hex")]).toEqual(expected);
});

test("a Llama-3 style tokenizer (Split pattern, bos template) gives Python's ids with and without its template", async () => {
  const folder = scratchFolder();
  const reference = python(
    `${ENCODE}
from tokenizers import Tokenizer, Regex, models, pre_tokenizers as p, decoders, processors, trainers
t = Tokenizer(models.BPE(ignore_merges=True))
pattern = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
t.pre_tokenizer = p.Sequence([p.Split(Regex(pattern), "isolated"), p.ByteLevel(add_prefix_space=False, use_regex=False)])
t.decoder = decoders.ByteLevel()
special = ["<|bos|>", "<|eos|>"]
t.train([args[1]], trainers.BpeTrainer(vocab_size=600, special_tokens=special, initial_alphabet=p.ByteLevel.alphabet(), show_progress=False))
t.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), processors.TemplateProcessing(single="<|bos|> $A", special_tokens=[("<|bos|>", 0)])])
t.save(args[0] + "/tokenizer.json")
json.dump({"bos_token": {"content": "<|bos|>"}, "eos_token": None}, open(args[0] + "/special_tokens_map.json", "w"))
r = reference(lambda s: t.encode(s).ids, lambda i, skip: t.decode(i, skip_special_tokens=skip), args[2])
print(json.dumps({**r, "bare": [t.encode(s, add_special_tokens=False).ids for s in args[2]]}))`,
    folder,
    KJV,
    NASTY_STRINGS,
  ) as Reference & { bare: number[][] };
  const tokenizer = await AutoTokenizer.fromPretrained(folder);
  expectSame(tokenizer, reference);
  const bare = NASTY_STRINGS.map((text) => [
    ...tokenizer.encode(text, { addSpecialTokens: false }),
  ]);
  expect(bare).toEqual(reference.bare);
  expect([tokenizer.bosTokenId, tokenizer.eosTokenId]).toEqual([0, undefined]);
});

test("AutoTokenizer.assertFits() refuses a model with too few rows, with both numbers", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(SHIPPED);
  tokenizer.assertFits(2048);
  tokenizer.assertFits(32_000);
  expect(() => tokenizer.assertFits(2047)).toThrow(
    /has ids up to 2047, the model's vocabulary has 2047 \(ids up to 2046\); load the tokenizer/,
  );
});

test("AutoTokenizer.decode() refuses ids outside the vocabulary and takes none for an empty text", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(SHIPPED);
  expect(() => tokenizer.decode([5, 2048])).toThrow(/id 2048 is not in the vocabulary of 2048 ids/);
  expect(() => tokenizer.decode([-1])).toThrow(/id -1 is not/);
  expect(tokenizer.decode([])).toBe("");
  expect(tokenizer.decode(BigInt64Array.from([40n, 41n]))).toBe(tokenizer.decode([40, 41]));
});

test("a lone surrogate is encoded as U+FFFD, as TextEncoder does", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(SHIPPED);
  expect(tokenizer.decode(tokenizer.encode("a\ud800b\udc00"))).toBe("a\ufffdb\ufffd");
});

test("AutoTokenizer.save() writes files that load the same, even after the source is gone", async () => {
  const source = path.join(scratchFolder(), "source");
  fs.cpSync(SHIPPED, source, { recursive: true });
  const tokenizer = await AutoTokenizer.fromPretrained(source);
  fs.rmSync(source, { recursive: true });
  const target = path.join(scratchFolder(), "deep", "copy");
  tokenizer.save(target);
  for (const name of ["tokenizer.json", "tokenizer_config.json"]) {
    expect(fs.readFileSync(path.join(target, name))).toEqual(
      fs.readFileSync(path.join(SHIPPED, name)),
    );
  }
});

test("AutoTokenizer.fromPretrained() names what is missing or broken; a role's token that is nowhere is added", async () => {
  const folder = scratchFolder();
  const json = path.join(folder, "tokenizer.json");
  const load = (at: string) => AutoTokenizer.fromPretrained(at);
  await expect(load(path.join(folder, "none"))).rejects.toThrow(
    /none: no such folder with a tokenizer\.json; check the path/,
  );
  await expect(load(folder)).rejects.toThrow(
    /tokenizer\.json: not found; expected a Hugging Face tokenizer/,
  );
  fs.writeFileSync(path.join(folder, "tokenizer.model"), "x");
  await expect(load(folder)).rejects.toThrow(
    /Only a SentencePiece tokenizer\.model is present; convert/,
  );
  for (const [text, message] of [
    ["{", /tokenizer\.json: is not valid JSON/],
    ["[]", /tokenizer\.json: holds a list; expected a JSON object/],
    ["{}", /tokenizer\.json: has no "model"/],
    [
      '{"model":{"type":"Nonsense"}}',
      /tokenizer\.json: model\.type is "Nonsense"; known are BPE, Unigram/,
    ],
  ] as const) {
    fs.writeFileSync(json, text);
    await expect(load(folder)).rejects.toThrow(message);
    await expect(load(folder)).rejects.toThrow(TokenizerError);
  }
  await expect(load(json)).rejects.toThrow(
    /is not a folder; give the path of a folder with a tokenizer\.json/,
  );
  fs.copyFileSync(path.join(SHIPPED, "tokenizer.json"), json);
  fs.writeFileSync(path.join(folder, "tokenizer_config.json"), '{"eos_token":"</s>"}');
  const added = await load(folder); // as transformers does: the token becomes one
  expect([added.eosTokenId, added.vocabSize]).toEqual([2048, 2049]);
  expect(() => added.assertFits(2048)).toThrow(
    /has ids up to 2048, the model's vocabulary has 2048/,
  );
});

test("a batch of any size and mixture of lengths gives the ids of its texts one by one, in their order", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(SHIPPED);
  const verse = fs.readFileSync(KJV, "utf8").slice(0, 260_000);
  const texts = [
    "",
    ...Array.from({ length: 300 }, (_, i) => verse.slice(i * 700, (i + 1) * 700 + i)),
    verse, // longer than what is encoded at a time
    "a",
    "",
  ];
  const alone = texts.map((text) => [...tokenizer.encode(text)]);
  expect(tokenizer.encodeBatch(texts).map((ids) => [...ids])).toEqual(alone);
  expect(tokenizer.encodeBatch([])).toEqual([]);
});
