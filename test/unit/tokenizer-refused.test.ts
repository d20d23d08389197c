// What cannot give the ids of Python's transformers, or is no tokenizer at all, is refused on loading, in a sentence
// that names the file, the field, what was found and what is allowed.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { TokenizerError } from "../../dist/src/tokenizer/tokenizer-error.js";
import { scratchFolder } from "../fixtures/scratch.js";
import {
  added,
  byteTokenizer,
  type Changes,
  type Fields,
  listIn,
} from "../fixtures/tokenizers/byte-tokenizer.js";

type Method = "encode" | "encodeBatch" | "decode" | "tokenToId";
const vocabOf = (json: Fields) => (json["model"] as { vocab: Fields }).vocab;
const tokensOf = (json: Fields) => listIn(json, "added_tokens");
const model = (change: (model: Fields) => void): Changes => ({
  tokenizer: (json) => change(json["model"] as Fields),
});
const vocab = (id: unknown): Changes => ({
  tokenizer: (json) => Object.assign(vocabOf(json), { new: id }),
});
const config = (fields: Fields): Changes => ({ config: fields });

const REFUSED: Record<string, readonly [changes: Changes, message: RegExp]> = {
  "a negative id": [
    vocab(-1),
    /tokenizer\.json: model\.vocab: "new" has the id -1; ids are whole numbers from 0/,
  ],
  "a fractional id": [vocab(1.5), /"new" has the id 1\.5; ids are whole/],
  "an id as text": [vocab("266"), /"new" has the id "266"; ids are whole/],
  "an id without end": [
    vocab(4e9),
    /"new" has the id 4000000000; ids are whole numbers from 0 to 67108863/,
  ],
  "an id given twice": [vocab(7), /"." and "new" both have the id 7; each token needs its own/],
  "no vocabulary": [
    model((json) => delete json["vocab"]),
    /model\.vocab is undefined; BPE needs an object of ids by token/,
  ],
  "a list as vocabulary of a BPE": [
    model((json) => Object.assign(json, { vocab: [["a", 0]] })),
    /BPE needs an object/,
  ],
  "an unknown model type": [
    model((json) => Object.assign(json, { type: "Ngram" })),
    /model\.type is "Ngram"; known are BPE, Unigram/,
  ],
  "a merge of tokens that are not there": [
    model((json) => Object.assign(json, { merges: [["zz", "qq"]] })),
    /tokenizer\.json: cannot be used: .*(merge|Merge|vocabulary)/,
  ],
  dropout: [
    model((json) => Object.assign(json, { dropout: 0.1 })),
    /model\.dropout is 0\.1, which makes the ids of a text random/,
  ],
  "a pre-tokenizer that does not exist": [
    { tokenizer: (json) => Object.assign(json, { pre_tokenizer: { type: "Sentences" } }) },
    /tokenizer\.json: cannot be used: /,
  ],
  "a broken regular expression": [
    {
      tokenizer: (json) =>
        Object.assign(json, {
          pre_tokenizer: {
            type: "Split",
            pattern: { Regex: "(" },
            behavior: "Isolated",
            invert: false,
          },
        }),
    },
    /tokenizer\.json: cannot be used: /,
  ],
  "an added token's id given twice": [
    { tokenizer: (json) => tokensOf(json).push(added(2, "<x>")) },
    /added_tokens: "<\/s>" and "<x>" both have the id 2/,
  ],
  "an added token without text": [
    { tokenizer: (json) => tokensOf(json).push({ id: 266 }) },
    /added_tokens\[4\]\.content must be text, got undefined/,
  ],
  "an added token with a flag as text": [
    { tokenizer: (json) => tokensOf(json).push(added(266, "<x>", { special: "true" })) },
    /added_tokens\[4\]\.special must be true or false, got "true"/,
  ],
  "an unknown field of a token": [
    config({ added_tokens_decoder: { 266: { content: "<x>", bold: true } } }),
    /added_tokens_decoder\["266"\] has the field bold; a token has content, single_word/,
  ],
  "an id that is no number in added_tokens_decoder": [
    config({ added_tokens_decoder: { last: { content: "<x>" } } }),
    /added_tokens_decoder: "<x>" has the id NaN; ids are whole/,
  ],
  "a fractional id in added_tokens.json": [
    { files: { "added_tokens.json": { "<x>": 0.5 } } },
    /added_tokens\.json: "<x>" has the id 0\.5/,
  ],
  "a special token that is a number": [
    config({ pad_token: 3 }),
    /tokenizer_config\.json: pad_token is 3; it must be an object with content/,
  ],
  "special tokens that are no list": [
    config({ additional_special_tokens: "<x>" }),
    /additional_special_tokens is "<x>"; it must be a list of tokens/,
  ],
  "a flag as text": [
    config({ clean_up_tokenization_spaces: "false" }),
    /clean_up_tokenization_spaces is "false"; it must be true or false/,
  ],
  split_special_tokens: [
    config({ split_special_tokens: true }),
    /split_special_tokens, special tokens in a text read as plain text, is not supported/,
  ],
  "a tokenizer in Python": [
    config({ auto_map: { AutoTokenizer: ["x.Y", null] } }),
    /auto_map names a tokenizer written in Python/,
  ],
  "a class in Python": [
    config({ tokenizer_class: "BertweetTokenizer" }),
    /reads this folder with its BertweetTokenizer, which is written in Python and does not read .*"PreTrainedTokenizerFast"/,
  ],
  "a class that takes more than a text": [
    config({ tokenizer_class: "LayoutLMv3TokenizerFast" }),
    /its LayoutLMv3Tokenizer, which takes words with their boxes on a page; this is not repeated here/,
  ],
  "a class of another algorithm": [
    config({ tokenizer_class: "XLNetTokenizerFast" }),
    /tokenizer_class is XLNetTokenizer, which is a Unigram, but tokenizer\.json holds a BPE/,
  ],
  "the class of a model type": [
    { config: { tokenizer_class: null }, files: { "config.json": { model_type: "bert" } } },
    /tokenizer_class is BertTokenizer, which is a WordPiece, but/,
  ],
  "an option that changes a class": [
    config({ tokenizer_class: "WhisperTokenizer", language: "german" }),
    /language is "german"; for a WhisperTokenizer only folders without it are read/,
  ],
  "a role that a class needs": [
    config({ tokenizer_class: "RobertaTokenizer", cls_token: null }),
    /cls_token is null, which a RobertaTokenizer puts beside every text/,
  ],
  "additional tokens beside those of a class": [
    {
      config: { tokenizer_class: "CodeLlamaTokenizer" },
      files: { "special_tokens_map.json": { additional_special_tokens: ["<x>"] } },
      tokenizer: (json) => Object.assign(json, { pre_tokenizer: null, decoder: null }),
    },
    /special_tokens_map\.json: additional_special_tokens for a class that has extra tokens of its own/,
  ],
  "null as a document": [
    { files: { "tokenizer_config.json": null } },
    /tokenizer_config\.json: holds null; expected a JSON object/,
  ],
};

test.each(Object.entries(REFUSED))("%s is refused", async (_, [changes, message]) => {
  const folder = byteTokenizer(scratchFolder(), changes);
  const loading = AutoTokenizer.fromPretrained(folder);
  await expect(loading).rejects.toThrow(message);
  await expect(loading).rejects.toThrow(TokenizerError);
});

test("a FIFO, a device and a key given twice are refused in place of every file", async () => {
  for (const name of [
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "config.json",
  ]) {
    const folder = byteTokenizer(scratchFolder(), {});
    const file = path.join(folder, name);
    const load = () => AutoTokenizer.fromPretrained(folder);
    fs.rmSync(file, { force: true });
    execFileSync("mkfifo", [file]);
    await expect(load()).rejects.toThrow(`${file}: is a FIFO`);
    fs.rmSync(file);
    fs.symlinkSync("/dev/zero", file);
    await expect(load()).rejects.toThrow(`${file}: is a device`);
    fs.rmSync(file);
    fs.writeFileSync(file, '{"model":{},"model":{}}');
    await expect(load()).rejects.toThrow(/duplicate key "model"/);
  }
});

test("wrong arguments are refused with what was given and what is allowed", async () => {
  const tokenizer = await AutoTokenizer.fromPretrained(byteTokenizer(scratchFolder(), {}));
  const any = tokenizer as unknown as Record<Method, (...args: unknown[]) => unknown>;
  const refused = (call: () => unknown, message: string) => expect(call).toThrow(message);
  refused(() => any.encode(["a"]), 'encode takes a text, got ["a"]; encodeBatch takes a list');
  refused(
    () => any.encode("a", { addSpecialToken: false }),
    "encode has no option addSpecialToken; did you mean addSpecialTokens?",
  );
  refused(() => any.encodeBatch("a"), 'encodeBatch takes a list of texts, got "a"');
  refused(() => any.encodeBatch(["a", 1]), "encodeBatch takes a list of texts, got 1 at index 1");
  refused(
    () => any.decode([1], { skip_special_tokens: true }),
    "decode has no option skip_special_tokens",
  );
  refused(() => any.decode("abc"), 'decode takes a list of token ids, got "abc"');
  refused(() => any.decode(5), "decode takes a list of token ids, got 5");
  refused(() => any.decode([1, 0.5]), "id 0.5 is not in the vocabulary");
  refused(() => any.tokenToId(3), "tokenToId takes a token's text, got 3");
});

test("a loaded tokenizer does not keep the process alive, not even in the middle of a batch", () => {
  const folder = byteTokenizer(scratchFolder(), {});
  const module = fileURLToPath(
    new URL("../../dist/src/tokenizer/auto-tokenizer.js", import.meta.url),
  );
  const program = `
    const { AutoTokenizer } = await import(${JSON.stringify(module)});
    const tokenizer = await AutoTokenizer.fromPretrained(${JSON.stringify(folder)});
    console.log(tokenizer.encodeBatch(["the cat", "in the hat"]).length);
    if (process.argv[1] === "exit") setTimeout(() => process.exit(3), 1);`;
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", program, ...args], {
      encoding: "utf8",
    });
  expect(run()).toBe("2\n");
  expect(() => run("exit")).toThrow(expect.objectContaining({ status: 3, stdout: "2\n" }));
});
