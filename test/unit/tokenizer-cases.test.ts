// Folders that were once read wrongly, each with the right ids and texts, which are those of transformers' AutoTokenizer.

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { TextDataset } from "../../src/data/text-dataset.js";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
import {
  type Asked,
  type Read,
  read,
  readInPython,
} from "../fixtures/tokenizers/beside-transformers.js";
import {
  added,
  byteTokenizer,
  type Changes,
  listIn,
  template,
} from "../fixtures/tokenizers/byte-tokenizer.js";

const root = sharedFolder();
const made = (changes: Changes) => byteTokenizer(fs.mkdtempSync(path.join(root, "tok-")), changes);
const asked: Asked[] = [];
const results: Read[] = [];

/** What our tokenizer reads; the last test asks transformers the same. */
async function readHere(folder: string, text: string): Promise<Read> {
  const result = await read(folder, text);
  asked.push([folder, text]);
  results.push(result);
  return result;
}

test("a Unigram with byte fallback gives a character it lacks as its bytes", async () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => [
    `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
    -9,
  ]);
  const folder = made({
    tokenizer: (json) => {
      json["model"] = {
        type: "Unigram",
        unk_id: 0,
        byte_fallback: true,
        vocab: [
          ["<unk>", 0],
          ["<s>", 0],
          ["</s>", 0],
          ["<pad>", 0],
          ...bytes,
          ["▁", -2],
          ["a", -2],
          ["b", -2],
        ],
      };
      json["pre_tokenizer"] = {
        type: "Metaspace",
        replacement: "▁",
        prepend_scheme: "always",
        split: true,
      };
      json["decoder"] = {
        type: "Sequence",
        decoders: [
          { type: "Replace", pattern: { String: "▁" }, content: " " },
          { type: "ByteFallback" },
          { type: "Fuse" },
          { type: "Strip", content: " ", start: 1, stop: 0 },
        ],
      };
    },
  });
  const { ids, text } = await readHere(folder, "a\nb🍣\t");
  expect(ids).toEqual([260, 261, 4 + 0x0a, 262, 4 + 0xf0, 4 + 0x9f, 4 + 0x8d, 4 + 0xa3, 4 + 0x09]);
  expect(text).toBe("a\nb🍣\t");
});

test("an added token of single words is not found within a word", async () => {
  const folder = made({
    tokenizer: (json) =>
      listIn(json, "added_tokens").push(added(266, "word", { single_word: true })),
  });
  const { ids } = await readHere(folder, "sword words word. _word_ word");
  expect(ids.filter((id) => id === 266).length).toBe(2);
});

test("clean_up_tokenization_spaces takes no space out of a BPE's text", async () => {
  const folder = made({ config: { clean_up_tokenization_spaces: true } });
  const { text } = await readHere(folder, "a , b . the word 'social' !");
  expect(text).toBe("a , b . the word 'social' !");
});

test("clean_up_tokenization_spaces takes the spaces out of a WordPiece's text, as transformers does", async () => {
  const words = ["<unk>", "<s>", "</s>", "<pad>", "do", "n't", ",", ".", "it", "'s", "we"];
  const folder = made({
    config: { clean_up_tokenization_spaces: true },
    tokenizer: (json) => {
      const vocab = Object.fromEntries(words.map((word, id) => [word, id]));
      json["model"] = {
        type: "WordPiece",
        unk_token: "<unk>",
        continuing_subword_prefix: "##",
        max_input_chars_per_word: 100,
        vocab,
      };
      json["pre_tokenizer"] = { type: "WhitespaceSplit" };
      json["decoder"] = { type: "WordPiece", prefix: "##", cleanup: false };
    },
  });
  const { ids, text } = await readHere(folder, "we do n't , it 's .");
  expect(text).toBe("we don't, it's.");
  const tokenizer = await AutoTokenizer.fromPretrained(folder);
  expect(tokenizer.decode(ids, { cleanUpTokenizationSpaces: false })).toBe("we do n't , it 's .");
});

test("a byte order mark within a text comes back, and bytes that are no UTF-8 as U+FFFD", async () => {
  const folder = made({});
  for (const text of ["a\ufeffb", "\ufeff"]) expect((await readHere(folder, text)).text).toBe(text);
  const tokenizer = await AutoTokenizer.fromPretrained(folder);
  const broken = [...tokenizer.encode("a🍣")].slice(0, -1);
  const reference = python(
    `
from tokenizers import Tokenizer
print(json.dumps(Tokenizer.from_file(args[0] + "/tokenizer.json").decode(args[1])))`,
    folder,
    broken,
  );
  expect(tokenizer.decode(broken)).toBe(reference);
});

test("an eos token that tokenizer.json has as plain is special by its role", async () => {
  const folder = made({
    tokenizer: (json) => {
      for (const token of listIn(json, "added_tokens"))
        token["special"] = token["content"] !== "</s>";
    },
  });
  expect((await readHere(folder, "hi</s>")).plain).toBe("hi");
});

test("one eos ends a document, be it the template's, the text's or added", async () => {
  for (const eos of [true, false]) {
    const folder = made({
      tokenizer: (json) => Object.assign(json, { post_processor: template({ eos }) }),
    });
    const tokenizer = await AutoTokenizer.fromPretrained(folder);
    const documents = ["hello there", "good day</s>", "", "x"];
    const dataset = TextDataset.fromDocuments(documents, { tokenizer, sequenceLength: 2 });
    const text = tokenizer.decode(
      Array.from({ length: dataset.length }, (_, i) => [...dataset.row(i)]).flat(),
    );
    const ends = eos ? ["</s>", "</s></s>", "</s>"] : ["</s>", "</s>", "</s>"];
    expect(`${text}</s>`).toContain(`<s>hello there${ends[0]}<s>good day${ends[1]}<s>x`);
  }
});

test("documents keep every character: indentation, line ends, ideographic spaces, spaces alone", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(made({}));
  const documents = ["    return x\n", "\tif y:\n", "\u3000\u3000你好世界", "  ", "\n"];
  const dataset = TextDataset.fromDocuments(documents, { tokenizer, sequenceLength: 2 });
  const text = tokenizer.decode(
    Array.from({ length: dataset.length }, (_, i) => [...dataset.row(i)]).flat(),
  );
  expect(documents.map((document) => `${document}</s>`).join("")).toContain(text);
  expect(text.length).toBeGreaterThan(40);
});

test("transformers reads the folders of the tests above alike", () => {
  expect(asked.length).toBeGreaterThan(6);
  expect(results).toEqual(readInPython(asked));
}, 300_000);
