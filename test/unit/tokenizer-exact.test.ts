// Ids and decoded texts against Python's tokenizers, for tokenizers of every algorithm, normalizer, pre-tokenizer and
// decoder. NOTEBOOSTER_TOKENIZER_TEXTS asks for more texts, NOTEBOOSTER_TOKENIZERS for other tokenizers: those in the
// folders of this folder (test/fixtures/tokenizers/fetch-real.mjs).

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { hardTexts } from "../fixtures/hard-texts.js";
import { runPython } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";

const folder = sharedFolder();
const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/tokenizers/${name}`, import.meta.url));
const KJV = fileURLToPath(new URL("../../notebooks/data/kjv.txt", import.meta.url));

const count = Number(process.env["NOTEBOOSTER_TOKENIZER_TEXTS"] ?? 300);
const texts = hardTexts(count, count > 1000 ? 8 : 1);
/** Of one test; a full comparison takes minutes for each tokenizer. */
const TIMEOUT_MS = 60_000 + 300 * count;
const textsFile = path.join(folder, "texts.json");
fs.writeFileSync(textsFile, JSON.stringify(texts.map(wellFormed)));

const made = path.join(folder, "made");
const given = process.env["NOTEBOOSTER_TOKENIZERS"];
const NAMES = [
  ...["byte_level", "llama3", "pieces", "word_ends", "unigram", "unigram_bytes"],
  ...["bert", "word_piece", "words", "characters", "splits", "gemma"],
];

if (given === undefined) testMade();
else testGiven(given);

function testMade(): void {
  beforeAll(() => {
    runPython(fixture("synthetic.py"), made, KJV);
    reference("tokenizers", ...NAMES.map((name) => path.join(made, name)));
  }, 12 * TIMEOUT_MS);

  test.each(NAMES)(
    "%s gives the ids and texts of Python's tokenizers",
    async (name) => {
      expect(await differing(path.join(made, name), "tokenizers")).toEqual([]);
    },
    TIMEOUT_MS,
  );
}

function testGiven(folders: string): void {
  const names = fs.readdirSync(folders);

  test.each(names)(
    "%s alone gives the ids and texts of Python's tokenizers",
    async (name) => {
      const alone = path.join(folder, name);
      fs.mkdirSync(alone);
      fs.copyFileSync(
        path.join(folders, name, "tokenizer.json"),
        path.join(alone, "tokenizer.json"),
      );
      reference("tokenizers", alone);
      expect(await differing(alone, "tokenizers")).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test.each(names)(
    "%s, the folder, gives the ids and texts of transformers",
    async (name) => {
      reference("transformers", path.join(folders, name));
      expect(await differing(path.join(folders, name), "transformers")).toEqual([]);
    },
    TIMEOUT_MS,
  );
}

/** Writes the sums of Python's ids and texts. */
function reference(how: "tokenizers" | "transformers", ...folders: string[]): void {
  runPython(fixture("digests.py"), how, textsFile, folder, ...folders);
}

/** Beginnings of the texts whose ids, ids without template, text or text without special tokens differ. */
async function differing(at: string, how: "tokenizers" | "transformers"): Promise<string[]> {
  const sums = fs.readFileSync(path.join(folder, `${path.basename(at)}.${how}.json`), "utf8");
  const expected = JSON.parse(sums) as string[][];
  expect(expected.length).toBe(texts.length);
  const tokenizer = await AutoTokenizer.fromPretrained(at);
  const ids = tokenizer.encodeBatch(texts);
  const bare = tokenizer.encodeBatch(texts, { addSpecialTokens: false });
  const isDifferent = (i: number) => {
    const own = ids[i] as Int32Array;
    const decoded = [tokenizer.decode(own), tokenizer.decode(own, { skipSpecialTokens: true })];
    return [own, bare[i] as Int32Array, ...decoded].map(md5).join() !== expected[i]?.join();
  };
  return texts.filter((_, i) => isDifferent(i)).map((text) => text.slice(0, 80));
}

function md5(data: Int32Array | string): string {
  return createHash("md5").update(data).digest("hex");
}

/** Python has no UTF-8 for half a surrogate pair; here it counts as U+FFFD. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
