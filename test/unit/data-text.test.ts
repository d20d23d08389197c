// Texts to rows: files read or refused, documents packed without padding, the tail held out.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { DataError } from "../../src/data/data-error.js";
import { readText } from "../../src/data/read-text.js";
import { TextDataset } from "../../src/data/text-dataset.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

const notebooks = fileURLToPath(new URL("../../notebooks", import.meta.url));
const tokenizer = await AutoTokenizer.fromPretrained(path.join(notebooks, "base-model"));

function textFile(contents: string | Uint8Array, name = "text.txt"): string {
  const file = path.join(scratchFolder(), name);
  fs.writeFileSync(file, contents);
  return file;
}

function allTokens(dataset: TextDataset): number[] {
  return Array.from({ length: dataset.length }, (_, row) => [...dataset.row(row)]).flat();
}

test("TextDataset.fromFile() packs the shipped text as Python packs it: documents, eos after each, equal rows", () => {
  const file = path.join(notebooks, "data/kjv.txt");
  const dataset = TextDataset.fromFile(file, { tokenizer, sequenceLength: 128 });
  const expected = python(
    `
import hashlib, struct
from tokenizers import Tokenizer
t = Tokenizer.from_file(args[0] + "/base-model/tokenizer.json")
eos = t.token_to_id("<|eos|>")
ids = [i for d in open(args[1], newline="").read().split("\\n\\n") for i in t.encode(d).ids + [eos]]
ids = ids[: len(ids) // 128 * 128]
print(json.dumps([len(ids) // 128, ids[:256], ids[-256:], sum(ids), ids.count(eos)]))`,
    notebooks,
    file,
  );
  const tokens = allTokens(dataset);
  const sum = tokens.reduce((a, b) => a + b, 0);
  const ends = tokens.filter((id) => id === tokenizer.eosTokenId).length;
  expect([dataset.length, tokens.slice(0, 256), tokens.slice(-256), sum, ends]).toEqual(expected);
});

test("gzip, several files, a byte order mark, Windows line ends and a separator of one's own are read alike", () => {
  const plain = "one\ntwo\n\nthree\n\n\n  \nfour";
  const options = { tokenizer, sequenceLength: 2 };
  const expected = allTokens(TextDataset.fromFile(textFile(plain), options));
  const eos = tokenizer.eosTokenId ?? -1;
  expect(expected.filter((id) => id === eos).length).toBe(3);
  expect(tokenizer.decode(expected.slice(0, expected.indexOf(eos)))).toBe("one\ntwo");
  const variants = [
    textFile(zlib.gzipSync(plain), "text.txt.gz"),
    [textFile("one\ntwo"), textFile("three\n\nfour")],
    textFile(`\ufeff${plain}`),
  ];
  for (const variant of variants)
    expect(allTokens(TextDataset.fromFile(variant, options))).toEqual(expected);
  const windows = TextDataset.fromFile(textFile("a b\r\n\r\nc d"), options);
  expect(tokenizer.decode(allTokens(windows))).toBe(
    "a b<|eos|>c d<|eos|>".slice(0, tokenizer.decode(allTokens(windows)).length),
  );
  const lines = TextDataset.fromFile(textFile("one\ntwo\nthree\nfour"), {
    ...options,
    separator: "\n",
  });
  expect(allTokens(lines).filter((id) => id === eos).length).toBe(4);
});

test.each([/--/, /(--)/, /(-)(-)(x)?/, /(?<bar>--)/g, "--"])(
  "%s separates documents and is in none",
  (separator) => {
    const file = textFile("aa--bb--cc");
    const tokens = allTokens(
      TextDataset.fromFile(file, { tokenizer, sequenceLength: 2, separator }),
    );
    expect("aa<|eos|>bb<|eos|>cc<|eos|>").toContain(tokenizer.decode(tokens));
    expect(tokens.filter((id) => id === tokenizer.eosTokenId).length).toBeGreaterThan(1);
  },
);

test("blank lines separate documents and leave the next line its indentation, the last one its end", () => {
  const file = textFile("a:\n\n    b\r\n \t\r\n\n\tc  \n");
  const tokens = allTokens(TextDataset.fromFile(file, { tokenizer, sequenceLength: 2 }));
  expect("a:<|eos|>    b<|eos|>\tc  \n<|eos|>").toContain(tokenizer.decode(tokens));
  expect(tokenizer.decode(tokens)).toContain("<|eos|>\tc  ");
});

test("TextDataset.split() holds out the tail, all rows once", () => {
  const dataset = TextDataset.fromTokens(
    Int32Array.from({ length: 1003 }, (_, i) => i),
    10,
  );
  expect(dataset.length).toBe(100);
  const { train, heldOut } = dataset.split(0.05);
  expect([train.length, heldOut.length]).toEqual([95, 5]);
  expect([...train.row(94)].at(-1)).toBe(949);
  expect([...heldOut.row(0)][0]).toBe(950);
  expect([...heldOut.row(4)].at(-1)).toBe(999);
  expect(() => heldOut.row(5)).toThrow(/row 5 asked of a dataset of 5 rows/);
  expect(() => dataset.split(1)).toThrow(/heldOutFraction 1 given; it must lie between 0 and 1/);
  expect(() => dataset.split(0.999)).toThrow(/no row is left to train on/);
});

test("TextDataset.assertFits() names the id that a model's vocabulary lacks", () => {
  const dataset = TextDataset.fromTokens(Int32Array.of(1, 2, 99, 3), 2);
  dataset.assertFits(100);
  expect(() => dataset.assertFits(99)).toThrow(
    /holds token id 99, the model's vocabulary ids 0 to 98/,
  );
  expect(() => TextDataset.fromTokens(Int32Array.of(1, -100), 2).assertFits(99)).toThrow(
    /holds token id -100/,
  );
});

test.each<[string, string | Uint8Array, RegExp]>([
  ["an empty file", "", /text\.txt: is empty; expected text/],
  ["blank lines only", "\n \n\n", /is empty; expected text/],
  ["a text shorter than a row", "short", /has \d+ tokens, fewer than one row of sequenceLength 64/],
  [
    "bytes that are no UTF-8",
    Buffer.from("one\ntwo\xff\nthree", "latin1"),
    /text\.txt: line 2 is not UTF-8/,
  ],
  [
    "damaged gzip",
    Buffer.concat([zlib.gzipSync("x".repeat(999)).subarray(0, 20)]),
    /damaged gzip data/,
  ],
])("%s is refused with a sentence that says so", (_name, contents, message) => {
  const file = textFile(contents);
  const open = () => TextDataset.fromFile(file, { tokenizer, sequenceLength: 64 });
  expect(open).toThrow(DataError);
  expect(open).toThrow(message);
});

test("a missing file, a folder, an empty list, a bad length and a tokenizer without eos are refused", () => {
  const options = { tokenizer, sequenceLength: 64 };
  expect(() => readText("/no/such.txt")).toThrow(/\/no\/such\.txt: no such file/);
  expect(() => readText(scratchFolder())).toThrow(/is a folder; expected a regular file/);
  expect(() => TextDataset.fromFile([], options)).toThrow(/no text file given/);
  expect(() => TextDataset.fromDocuments([], options)).toThrow(/the text holds no document/);
  expect(() => TextDataset.fromDocuments(["x"], { ...options, sequenceLength: 1 })).toThrow(
    /sequenceLength 1 given/,
  );
  const noEos = { encode: () => Int32Array.of(1), eosTokenId: undefined, vocabSize: 2 };
  expect(() => TextDataset.fromDocuments(["x"], { tokenizer: noEos, sequenceLength: 2 })).toThrow(
    /no eos token/,
  );
});

test("a gzip bomb is refused by its ratio, far below the longest text, and a small file of one word is read", () => {
  const bomb = zlib.gzipSync(Buffer.alloc(500_000_000, 97));
  const limit = 50_000_000 + 100 * bomb.length;
  expect(limit).toBeLessThan(100_000_001);
  expect(() => readText(textFile(bomb, "bomb.gz"))).toThrow(
    new RegExp(`bomb\\.gz: unpacks to more than ${limit} bytes of text`),
  );
  const word = "word\n".repeat(1_000_000);
  expect(readText(textFile(zlib.gzipSync(word), "word.gz"))).toBe(word);
});
