// Ids and decoded texts against Python's tokenizers, for tokenizers of every algorithm, normalizer, pre-tokenizer and
// decoder. NOTEBOOSTER_TOKENIZERS asks for other tokenizers: those in the folders of this folder (test/fixtures/tokenizers/fetch-real.mjs).

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { hardTexts } from "../fixtures/hard-texts.js";
import { tries } from "../fixtures/matrix.js";
import { runPython } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { Digests } from "../fixtures/tokenizers/digests.js";

const folder = sharedFolder();
const SYNTHETIC = fileURLToPath(new URL("../fixtures/tokenizers/synthetic.py", import.meta.url));
const KJV = fileURLToPath(new URL("../../notebooks/data/kjv.txt", import.meta.url));

const count = tries(300, 20_000);
const texts = hardTexts(count, count > 1000 ? 8 : 1);
/** Of one test; a full comparison takes minutes for each tokenizer. */
const TIMEOUT_MS = 60_000 + 300 * count;
const digests = new Digests(folder, texts);

const made = path.join(folder, "made");
const given = process.env["NOTEBOOSTER_TOKENIZERS"];
const NAMES = [
  ...["byte_level", "llama3", "pieces", "word_ends", "unigram", "unigram_bytes"],
  ...["parted_pieces", "sentence_pieces"],
  ...["bert", "word_piece", "words", "characters", "splits", "gemma"],
];

if (given === undefined) testMade();
else testGiven(given);

function testMade(): void {
  beforeAll(() => {
    runPython(SYNTHETIC, made, KJV);
    digests.reference(
      "tokenizers",
      NAMES.map((name) => path.join(made, name)),
    );
  }, 12 * TIMEOUT_MS);

  test.each(NAMES)(
    "%s gives the ids and texts of Python's tokenizers",
    async (name) => {
      expect(await digests.differing(path.join(made, name), "tokenizers")).toEqual([]);
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
      digests.reference("tokenizers", [alone]);
      expect(await digests.differing(alone, "tokenizers")).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test.each(names)(
    "%s, the folder, gives the ids and texts of transformers",
    async (name) => {
      digests.reference("transformers", [path.join(folders, name)]);
      expect(await digests.differing(path.join(folders, name), "transformers")).toEqual([]);
    },
    TIMEOUT_MS,
  );
}
