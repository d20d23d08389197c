// Texts that are cut into pieces whose ids are kept, beside the Rust library's ids of the whole texts.

import fs from "node:fs";
import path from "node:path";
import { Tokenizer } from "tokenizers";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { toByteCharacters } from "../../dist/src/tokenizer/byte-alphabet.js";
import { WORD_PATTERNS } from "../../dist/src/tokenizer/classes/word-patterns.js";
import { PieceBorders, pieceBorders } from "../../dist/src/tokenizer/piece-borders.js";
import { sample, tries } from "../fixtures/matrix.js";
import { sharedFolder } from "../fixtures/scratch.js";
import {
  added,
  byteTokenizer,
  type Fields,
  listIn,
  template,
} from "../fixtures/tokenizers/byte-tokenizer.js";

const BYTES = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true };
const sequence = (...pretokenizers: Fields[]): Fields => ({ type: "Sequence", pretokenizers });
const split = (Regex: string): Fields => ({
  type: "Split",
  pattern: { Regex },
  behavior: "Isolated",
  invert: false,
});
const byPattern = (pattern: string): Fields =>
  sequence(split(pattern), { ...BYTES, use_regex: false });
const BERT = {
  type: "BertNormalizer",
  clean_text: true,
  handle_chinese_chars: true,
  strip_accents: null,
  lowercase: true,
};

/** Whatever a tokenizer may be that ends words at borders: fields of its tokenizer.json. */
const CUT: [string, Fields][] = [
  ["GPT-2's words", { pre_tokenizer: BYTES }],
  [
    "digits one by one before GPT-2's words",
    { pre_tokenizer: sequence({ type: "Digits", individual_digits: true }, BYTES) },
  ],
  [
    "BERT's words in small letters",
    {
      normalizer: BERT,
      pre_tokenizer: sequence({ type: "BertPreTokenizer" }, { ...BYTES, use_regex: false }),
    },
  ],
  ...sample(
    WORD_PATTERNS.flatMap((pattern) =>
      [null, "NFC", "NFKC", "NFD"].map((type) => ({ pattern, type })),
    ),
    ({ pattern, type }) => [pattern, String(type)],
  ).map(({ pattern, type }): [string, Fields] => [
    `${type ?? "as it is"}, ${pattern}`,
    { normalizer: type && { type }, pre_tokenizer: byPattern(pattern) },
  ]),
];

/** Any two of these characters are a token, so that a border in a wrong place makes other ids. */
const CHARACTERS = Array.from("aZt9,.;-/!'\"(<>|_ \n\t\r", toByteCharacters);
const PAIRS = CHARACTERS.flatMap((left) => CHARACTERS.map((right) => [left, right] as const));
const FIRST_PAIR = 266;
const FIRST_ADDED = FIRST_PAIR + PAIRS.length;

const TOKENS = [
  added(FIRST_ADDED + 0, "<|im_start|>"),
  added(FIRST_ADDED + 1, "<a b>"),
  added(FIRST_ADDED + 2, "<|end|>", { rstrip: true, special: true }),
  added(FIRST_ADDED + 3, "<mask>", { lstrip: true }),
  added(FIRST_ADDED + 4, "\n\n"),
  added(FIRST_ADDED + 5, "  "),
  added(FIRST_ADDED + 6, "<a b>c d"),
  added(FIRST_ADDED + 7, "|> x"),
];
const PIECES = [
  ...`aZ9,.;-/!'"(<>|_ \n\t\r`,
  ...Array.from("éß\u0338ﬁⅧİ\u212a٣\u00a0\u2003\u0085\u200b\ufeff\u0000😀\ufffd"),
  ..."  ~ ~ the~the cat~'s~'LL~12~345~Hat~hatHat~e\u0301~=\u0338~日本~<|im_st~im_start|>".split(
    "~",
  ),
  ...TOKENS.map(({ content }) => content as string),
];

/** Texts in which every piece stands beside every other. */
function madeTexts(count: number): string[] {
  let state = 11;
  const below = (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(30) }, () => PIECES[below(PIECES.length)]).join(""),
  );
}

const folder = sharedFolder();
const texts = ["", " ", ...PIECES, ...madeTexts(tries(600, 20_000))];
const TIMEOUT_MS = 60_000 + 10 * texts.length;

async function loaded({ fields = {}, token }: Other) {
  const made = byteTokenizer(fs.mkdtempSync(path.join(folder, "made-")), {
    tokenizer: (json) => {
      const model = json["model"] as { vocab: Fields; merges: unknown[] };
      model.merges.push(...PAIRS);
      Object.assign(
        model.vocab,
        Object.fromEntries(PAIRS.map((pair, i) => [pair.join(""), FIRST_PAIR + i])),
      );
      listIn(json, "added_tokens").push(...TOKENS, ...(token === undefined ? [] : [token]));
      json["post_processor"] = template({ eos: true });
      Object.assign(json, fields);
    },
  });
  const json = fs.readFileSync(path.join(made, "tokenizer.json"), "utf8");
  return {
    json: JSON.parse(json) as Fields,
    library: Tokenizer.fromString(json),
    ours: await AutoTokenizer.fromPretrained(made),
  };
}

async function expectTheLibrarys({
  library,
  ours,
}: Awaited<ReturnType<typeof loaded>>): Promise<void> {
  for (const addSpecialTokens of [true, false]) {
    const encodings = await library.encodeBatch(texts, { addSpecialTokens });
    const ids = ours.encodeBatch(texts, { addSpecialTokens });
    const differing = texts.filter((_, i) => String(ids[i]) !== String(encodings[i]?.getIds()));
    expect(differing.slice(0, 3)).toEqual([]);
  }
}

test.each(CUT)(
  "pieces have the ids of the whole text: %s",
  async (_, fields) => {
    const tokenizer = await loaded({ fields });
    expect(pieceBorders(tokenizer.json, [])).toBeInstanceOf(PieceBorders);
    await expectTheLibrarys(tokenizer);
  },
  TIMEOUT_MS,
);

interface Other {
  readonly fields?: Fields;
  readonly token?: Fields;
}

const one = (content: string, flags: Fields = {}) => added(FIRST_ADDED + 8, content, flags);
const PATTERN = WORD_PATTERNS[0] as string;
const WHOLE: Record<string, Other> = {
  "a space is put before each text": {
    fields: { pre_tokenizer: { ...BYTES, add_prefix_space: true } },
  },
  "words are cut by another pattern": {
    fields: { pre_tokenizer: byPattern("[a-z]+ [a-z]+|.") },
  },
  "what is no word is left out": {
    fields: { pre_tokenizer: sequence({ ...split(PATTERN), behavior: "Removed" }, BYTES) },
  },
  "spaces are no spaces any more when words are cut": {
    fields: { pre_tokenizer: sequence({ ...BYTES, use_regex: false }, split(PATTERN)) },
  },
  "nothing cuts words": { fields: { pre_tokenizer: { ...BYTES, use_regex: false } } },
  "white space at both ends goes": {
    fields: { normalizer: { type: "Strip", strip_left: true, strip_right: true } },
  },
  "a token is found by what is beside it": { token: one("<more>", { single_word: true }) },
  "a token begins with a letter": { token: one("hat|") },
  "a letter takes along the white space before it": { token: one("hat|", { lstrip: true }) },
  "a token is looked for in what normalizing makes": {
    fields: { normalizer: { type: "NFKC" } },
    token: one("<K a>", { normalized: true }),
  },
};

test.each(Object.entries(WHOLE))(
  "a text stays whole where %s",
  async (_, other) => {
    const tokenizer = await loaded(other);
    expect(pieceBorders(tokenizer.json, [])).toBeUndefined();
    await expectTheLibrarys(tokenizer);
  },
  TIMEOUT_MS,
);

test("a BPE that leaves out merges by chance is not cut", () => {
  const plain = { pre_tokenizer: BYTES, model: { type: "BPE", dropout: null } };
  expect(pieceBorders(plain, [])).toBeInstanceOf(PieceBorders);
  expect(pieceBorders({ ...plain, model: { type: "BPE", dropout: 0.1 } }, [])).toBeUndefined();
});
