// All classes of transformers 5 that read a tokenizer.json: those that are built from its vocabulary, and those that take
// it as it is and have names and tokens around a text of their own.

import type { Recipe } from "../recipe.js";
import { BYTE_LEVEL } from "./byte-level.js";
import { PIECES } from "./pieces.js";
import { ALBERT_TOKENS, UNIGRAM } from "./unigram.js";
import { BERT_TOKENS, CLS_SEP, WORD_PIECE } from "./word-piece.js";

export const RECIPES: Readonly<Record<string, Recipe>> = {
  ...WORD_PIECE,
  ...BYTE_LEVEL,
  ...PIECES,
  ...UNIGRAM,
};

export const AS_WRITTEN: Readonly<Record<string, Pick<Recipe, "named" | "around">>> = {
  ConvBertTokenizer: { named: BERT_TOKENS, around: CLS_SEP },
  FNetTokenizer: { named: ALBERT_TOKENS },
};
