// Where tokens are declared and which class a folder names: all of it read as transformers' AutoTokenizer reads it.

import fs from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { type Read, read, readInPython } from "../fixtures/tokenizers/beside-transformers.js";
import {
  added,
  byteTokenizer,
  type Changes,
  type Fields,
  listIn,
  template,
} from "../fixtures/tokenizers/byte-tokenizer.js";

const root = sharedFolder();
const folderOf = (name: string) => path.join(root, name);

const IM_END = "<|im_end|>";
const flags = {
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
};
const WHERE_TOKENS_ARE_DECLARED: Record<string, Changes> = {
  "tokenizer.json": { tokenizer: (json) => listIn(json, "added_tokens").push(added(266, IM_END)) },
  "added_tokens.json": { files: { "added_tokens.json": { [IM_END]: 266 } } },
  "added_tokens.json and as pad_token in special_tokens_map.json": {
    files: {
      "added_tokens.json": { [IM_END]: 266 },
      "special_tokens_map.json": { pad_token: IM_END },
    },
  },
  added_tokens_decoder: {
    config: { added_tokens_decoder: { 266: { content: IM_END, ...flags } } },
  },
  "added_tokens_decoder, which makes special what tokenizer.json has as plain": {
    tokenizer: (json) => listIn(json, "added_tokens").push(added(266, IM_END)),
    config: { added_tokens_decoder: { 266: { content: IM_END, ...flags, lstrip: true } } },
  },
  additional_special_tokens: { config: { additional_special_tokens: [IM_END] } },
  extra_special_tokens: { config: { extra_special_tokens: ["<a>", IM_END] } },
  "extra_special_tokens by name": { config: { extra_special_tokens: { image_token: IM_END } } },
  "a name of the model's own": { config: { image_token: IM_END } },
  "additional_special_tokens of special_tokens_map.json": {
    files: { "special_tokens_map.json": { additional_special_tokens: [IM_END] } },
  },
  "a named token of special_tokens_map.json, as an object": {
    files: {
      "special_tokens_map.json": {
        eos_token: {
          content: IM_END,
          lstrip: true,
          rstrip: false,
          normalized: false,
          single_word: false,
        },
      },
    },
  },
  "special_tokens_map.json against another in tokenizer_config.json": {
    config: { eos_token: "</s>" },
    files: { "special_tokens_map.json": { eos_token: IM_END, pad_token: "<pad>" } },
  },
  "a named token of the configuration, as an object": {
    config: { pad_token: { __type: "AddedToken", content: IM_END, ...flags, rstrip: true } },
  },
  "padding of tokenizer.json": {
    config: null,
    tokenizer: (json) => {
      json["truncation"] = {
        direction: "Right",
        max_length: 3,
        strategy: "LongestFirst",
        stride: 0,
      };
      json["padding"] = {
        strategy: { Fixed: 9 },
        direction: "Right",
        pad_to_multiple_of: null,
        pad_id: 3,
        pad_type_id: 0,
        pad_token: IM_END,
      };
    },
  },
};

test.each(Object.keys(WHERE_TOKENS_ARE_DECLARED))(
  "a token is found that is declared in %s",
  async (name) => {
    const { ids, size } = await expectAlike(name, TEXT);
    expect(ids.at(-1)).toBe(size - 1);
  },
);

const CLASSES: Record<string, Changes> = {
  GPT2Tokenizer: { config: { tokenizer_class: "GPT2Tokenizer", add_prefix_space: true } },
  "GPT2Tokenizer without names": {
    config: null,
    files: { "tokenizer_config.json": { tokenizer_class: "GPT2TokenizerFast" } },
  },
  "the class of model type gpt2": {
    config: null,
    files: { "config.json": { model_type: "gpt2" } },
  },
  "LlamaTokenizer that is byte-level": { config: { tokenizer_class: "LlamaTokenizer" } },
  LlamaTokenizer: {
    config: { tokenizer_class: "LlamaTokenizerFast", add_bos_token: true },
    tokenizer: asPieces,
  },
  "LlamaTokenizer, legacy": {
    config: { tokenizer_class: "LlamaTokenizer", legacy: true },
    tokenizer: asPieces,
  },
  "LlamaTokenizer without prefix": {
    config: { tokenizer_class: "LlamaTokenizer", add_prefix_space: false },
    tokenizer: asPieces,
  },
  GemmaTokenizer: {
    config: { tokenizer_class: "GemmaTokenizer", added_tokens_decoder: {} },
    tokenizer: asPieces,
  },
  Qwen2Tokenizer: {
    config: { tokenizer_class: "Qwen2Tokenizer", additional_special_tokens: ["<x>"] },
  },
  "Qwen2Tokenizer by model type": { files: { "config.json": { model_type: "qwen2" } } },
  "a class that transformers does not know": { config: { tokenizer_class: "MyTokenizerFast" } },
  "a Mistral folder that names LlamaTokenizer": {
    config: { tokenizer_class: "LlamaTokenizer" },
    tokenizer: asPieces,
    files: { "config.json": { model_type: "mistral" } },
  },
};

/** As if from SentencePiece: no ByteLevel, spaces as ▁. */
function asPieces(json: Fields): void {
  const model = json["model"] as Fields;
  const vocab = model["vocab"] as Record<string, number>;
  vocab["▁"] = vocab["Ā"] as number;
  delete vocab["Ā"];
  json["pre_tokenizer"] = null;
  json["normalizer"] = { type: "Prepend", prepend: "▁" };
  json["decoder"] = { type: "Fuse" };
  json["post_processor"] = template({ eos: false });
}

test.each(Object.keys(CLASSES))("%s: ids and texts as transformers has them", async (name) => {
  await expectAlike(name, CLASS_TEXT);
});

const TEXT = `the  ${IM_END}  <a> cat${IM_END}`;
const CLASS_TEXT = " the cat  in<s>the hat</s> e\u0301 12<x>";
const reference = new Map<string, Read>();

beforeAll(() => {
  const all = { ...WHERE_TOKENS_ARE_DECLARED, ...CLASSES };
  for (const [name, changes] of Object.entries(all)) {
    fs.mkdirSync(folderOf(name));
    byteTokenizer(folderOf(name), changes);
  }
  const names = Object.keys(all);
  const textOf = (name: string) => (name in CLASSES ? CLASS_TEXT : TEXT);
  const read = readInPython(names.map((name) => [folderOf(name), textOf(name)]));
  for (const [i, name] of names.entries()) reference.set(name, read[i] as Read);
}, 300_000);

async function expectAlike(name: string, text: string): Promise<Read> {
  const result = await read(folderOf(name), text);
  expect(result).toEqual(reference.get(name));
  return result;
}
