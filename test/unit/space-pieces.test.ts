// Texts that are cut before spaces, line ends and signs, for tokenizers of SentencePiece's kind, beside the Rust library's ids of
// the whole texts.

import fs from "node:fs";
import path from "node:path";
import { Tokenizer } from "tokenizers";
import { expect, test } from "vitest";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { pieceBorders } from "../../dist/src/tokenizer/piece-borders.js";
import { SpaceBorders } from "../../dist/src/tokenizer/space-borders.js";
import { hardTexts } from "../fixtures/hard-texts.js";
import { tries } from "../fixtures/matrix.js";
import { sharedFolder } from "../fixtures/scratch.js";
import type { Fields } from "../fixtures/tokenizers/byte-tokenizer.js";
import { CUT, TOKENS, WHOLE } from "../fixtures/tokenizers/space-tokenizers.js";

/** Pieces of "Zt,\nZt a,9\nt.t Z't". */
const PIECES_OF: Record<string, string[]> = {
  "LLaMA 2: a mark is put before each text": ["Zt,\nZt", "a,9\nt.t", "Z't"],
  "LLaMA 2, lines and signs apart": ["Zt", ",", "\nZt", "a,9\nt", ".t", "Z", "'t"],
  "LLaMA of transformers 5, lines and signs apart": [
    ...["Zt", ",", "\nZt", " a,9\nt", ".t", " Z", "'t"],
  ],
  "Gemma, lines and signs apart": ["Zt", ",", "\nZt", " a,9\nt.t", " Z", "'t"],
  "the same in small letters": ["Zt", ",", "\nZt", " a,9\nt", ".t", " Z't"],
  "T5: a map of characters and words": ["Zt,", "\nZt", " a,9", "\nt.t", " Z't"],
  "one line, stripped at its right": ["Zt,\nZt", " a,9\nt.t", " Z't"],
  "words of a BPE": ["Zt,\nZt", " a,9\nt.t", " Z't"],
};

const PIECES = [
  ...`aZ9,.'"<>?\n\t\r`,
  ...["Zt,", "tt.\n", "99\n", "日?", "t.t", "Z'", "\t\n<mask>", "é\n"],
  ..."é и ▁ ▁▁▁ ﬁ ½ Ⅷ 日本 😀 e\u0301 \u0301 \u00a0 \u3000 \u200b \u0085 \u0600 \u0000 \u0007 aZ a▁Z ''".split(
    " ",
  ),
  ...[" ", " ", " ", " ", "  ", "   "],
  "<s>",
  "</s>",
  "<mask>",
  "<end>",
  "<a Z>",
  "\n\n",
  "<more>",
  "＜more＞",
];

function madeTexts(count: number): string[] {
  let state = 5;
  const below = (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(24) }, () => PIECES[below(PIECES.length)]).join(""),
  );
}

const folder = sharedFolder();
const texts = [
  "",
  ...PIECES,
  ...hardTexts(tries(300, 3000), 1),
  ...madeTexts(tries(2000, 20_000)),
].map((text) => Buffer.from(text).toString());
const TIMEOUT_MS = 60_000 + 10 * texts.length;

function filesOf(fields: Fields): { json: Fields; read: Fields } {
  const { vocab } = fields["model"] as { vocab: object };
  const size = Array.isArray(vocab) ? vocab.length : Object.keys(vocab).length;
  const json = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: TOKENS(size),
    post_processor: null,
    decoder: null,
    ...fields,
  };
  const read = Array.isArray(vocab)
    ? json
    : { ...json, model: { ...(fields["model"] as object), vocab: new Map(Object.entries(vocab)) } };
  return { json, read };
}

async function expectTheLibrarys(fields: Fields, isCut: boolean): Promise<void> {
  const { json, read } = filesOf(fields);
  const made = fs.mkdtempSync(path.join(folder, "made-"));
  fs.writeFileSync(path.join(made, "tokenizer.json"), JSON.stringify(json));
  expect(pieceBorders(read, []) instanceof SpaceBorders).toBe(isCut);
  const ours = await AutoTokenizer.fromPretrained(made);
  const encodings = await Tokenizer.fromString(JSON.stringify(json)).encodeBatch(texts);
  for (let again = 0; again < 2; again++) {
    const ids = ours.encodeBatch(texts);
    const differing = texts.filter((_, i) => String(ids[i]) !== String(encodings[i]?.getIds()));
    expect(differing.slice(0, 3)).toEqual([]);
  }
}

test.each(Object.entries(CUT))(
  "pieces have the ids of the whole text: %s",
  (_, fields) => expectTheLibrarys(fields, true),
  TIMEOUT_MS,
);

test.each(Object.entries(WHOLE))(
  "a text stays whole where %s",
  (_, fields) => expectTheLibrarys(fields, false),
  TIMEOUT_MS,
);

test.each(Object.entries(PIECES_OF))("a text's pieces: %s", (name, pieces) => {
  const text = "Zt,\nZt a,9\nt.t Z't";
  const borders = pieceBorders(filesOf(CUT[name] as Fields).read, []) as SpaceBorders;
  const found: string[] = [];
  for (let begin = 0; begin < text.length; ) {
    const end = borders.endOf(text, begin);
    found.push(text.slice(begin, end));
    begin = text[end] === " " ? end + borders.skipped : end;
  }
  expect(found).toEqual(pieces);
});
