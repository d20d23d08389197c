// Tokens that are kept for the next run: the same rows, at once, and never those of files, options or tokenizers of before.
import fs from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { DataLoader } from "../../dist/src/data/data-loader.js";
import { SupervisedDataset } from "../../dist/src/data/supervised-dataset.js";
import type { SupervisedOptions } from "../../dist/src/data/supervised-options.js";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";

const made = byteTokenizer(sharedFolder(), { config: { pad_token: "</s>" } });
const own = await AutoTokenizer.fromPretrained(made);
let numEncoded = 0;
/** Counts what it encodes. */
const tokenizer = {
  encode: (text: string, how?: object) => {
    numEncoded++;
    return own.encode(text, how);
  },
  decode: (ids: Int32Array) => own.decode(ids),
  applyChatTemplate: own.applyChatTemplate.bind(own) as never,
  padTokenId: own.padTokenId,
  eosTokenId: own.eosTokenId,
  vocabSize: own.vocabSize,
  origin: own.origin,
};
let folder: string;
let file: string;
beforeEach(() => {
  folder = scratchFolder();
  file = path.join(folder, "rows.jsonl");
  fs.writeFileSync(file, rows("answer"));
});

function rows(answer: string): string {
  const lines = Array.from({ length: 20 }, (_, i) =>
    JSON.stringify({ prompt: `q${i} `, completion: answer.repeat(1 + (i % 4)) }),
  );
  return ["no row", ...lines].join("\n");
}

function dataset(options: Partial<SupervisedOptions> = {}): SupervisedDataset {
  return SupervisedDataset.fromFile(file, {
    tokenizer,
    maxLength: 32,
    cacheFolder: path.join(folder, "cache"),
    ...options,
  });
}

function examples(of: SupervisedDataset): unknown[] {
  return Array.from({ length: of.length }, (_, row) => of.example(row));
}

/** How many texts were encoded meanwhile. */
function encodedBy(make: () => unknown): number {
  const before = numEncoded;
  make();
  return numEncoded - before;
}

test("rows, splits, packs, counts and report are those of memory, also of a second run, which encodes nothing", () => {
  const inMemory = SupervisedDataset.fromFile(file, { tokenizer, maxLength: 32 });
  for (const run of [1, 2]) {
    let cached = inMemory;
    expect(
      encodedBy(() => {
        cached = dataset();
      }) > 0,
    ).toBe(run === 1);
    expect(examples(cached)).toEqual(examples(inMemory));
    expect(cached.report).toEqual(inMemory.report);
    for (const form of [
      (of: SupervisedDataset) => of.pack(),
      (of: SupervisedDataset) => of.split(0.3).heldOut.pack(),
    ])
      expect([examples(form(cached)), form(cached).numSupervisedTokens]).toEqual([
        examples(form(inMemory)),
        form(inMemory).numSupervisedTokens,
      ]);
    const state = (of: SupervisedDataset) =>
      new DataLoader({ dataset: of.pack(), batchSize: 2 }).state();
    expect(state(cached)).toEqual(state(inMemory));
  }
  expect(fs.readdirSync(path.join(folder, "cache")).length).toBe(2);
});

test("another content, option or tokenizer is another entry, whatever the file's size and times say", () => {
  dataset();
  const { mtime, atime, size } = fs.statSync(file);
  fs.writeFileSync(file, rows("ANSWER"));
  fs.utimesSync(file, atime, mtime);
  expect(fs.statSync(file).size).toBe(size);
  expect(own.decode(dataset().example(0).inputIds)).toContain("ANSWER");
  expect(encodedBy(() => dataset())).toBe(0);
  expect(encodedBy(() => dataset({ maxLength: 16 }))).toBeGreaterThan(0);
  expect(encodedBy(() => dataset({ completionOnlyLoss: false }))).toBeGreaterThan(0);
  const origin = { ...own.origin, digest: "other" };
  expect(encodedBy(() => dataset({ tokenizer: { ...tokenizer, origin } }))).toBeGreaterThan(0);
  expect(() => dataset({ tokenizer: { ...tokenizer, origin: undefined } as never })).toThrow(
    "cacheFolder needs a tokenizer that tells its files",
  );
});

test("an entry that is damaged, cut off or half written is made again, and a failed one leaves nothing", () => {
  const cache = path.join(folder, "cache");
  dataset();
  const nameOf = (end: string) =>
    path.join(cache, fs.readdirSync(cache).find((name) => name.endsWith(end)) as string);
  fs.writeFileSync(nameOf(".json"), "{");
  expect(encodedBy(() => dataset())).toBeGreaterThan(0);
  fs.truncateSync(nameOf(".tokens"), 100);
  expect(encodedBy(() => dataset())).toBeGreaterThan(0);
  fs.rmSync(nameOf(".tokens"));
  expect(encodedBy(() => dataset())).toBeGreaterThan(0);
  expect(encodedBy(() => dataset())).toBe(0);
  expect(fs.readdirSync(cache).length).toBe(2);
  fs.rmSync(cache, { recursive: true });
  fs.writeFileSync(file, "no row");
  expect(() => dataset()).toThrow("none of the 1 rows can be used");
  expect(fs.readdirSync(cache)).toEqual([]);
});
