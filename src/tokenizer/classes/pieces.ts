// Classes of transformers 5 with a BPE on the pieces of SentencePiece.

import {
  type BpeOptions,
  CHARSMAP,
  choice,
  metaspace,
  NORMALIZATION,
  type Recipe,
  replace,
  sequence,
  split,
  value,
} from "../recipe.js";
import { NLLB_LANGUAGES } from "./languages.js";

const MODEL: BpeOptions & { type: "BPE" } = {
  type: "BPE",
  unk_token: "unk_token",
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: true,
  byte_fallback: true,
};
const CHARACTERS = { ...MODEL, byte_fallback: false } as const;
const FROM_PIECES = [
  replace({ String: "▁" }, " "),
  { type: "ByteFallback" },
  { type: "Fuse" },
] as const;
const STRIP = { type: "Strip", content: " ", start: 1, stop: 0 };
const SPACES = replace({ Regex: " {2,}" }, " ");
/** SentencePiece's own normalization and then single spaces, or nothing. */
const SPACED = choice(CHARSMAP, sequence.normalizers(NORMALIZATION, SPACES), null);

const LLAMA: Recipe = {
  model: { ...MODEL, unk_token: null },
  normalizer: null,
  preTokenizer: metaspace(
    choice("add_prefix_space", choice("legacy", "always", "first"), "never"),
    false,
  ),
  decoder: sequence.decoders(...FROM_PIECES, choice("add_prefix_space", STRIP, undefined)),
  named: { unk_token: "<unk>", bos_token: "<s>", eos_token: "</s>" },
  options: { add_prefix_space: true },
};

const GEMMA: Recipe = {
  model: MODEL,
  normalizer: replace({ String: " " }, "▁"),
  preTokenizer: split({ String: " " }, "MergedWithPrevious"),
  decoder: sequence.decoders(...FROM_PIECES),
  named: {
    unk_token: "<unk>",
    bos_token: "<bos>",
    eos_token: "<eos>",
    pad_token: "<pad>",
    mask_token: "<mask>",
  },
};

const CODE_LLAMA_TOKENS = {
  prefix_token: "▁<PRE>",
  middle_token: "▁<MID>",
  suffix_token: "▁<SUF>",
  eot_token: "▁<EOT>",
  fill_token: "<FILL_ME>",
};
const LANGUAGE = value("src_lang", "eng_Latn");

export const PIECES: Readonly<Record<string, Recipe>> = {
  CodeLlamaTokenizer: {
    ...LLAMA,
    model: MODEL,
    preTokenizer: metaspace(choice("add_prefix_space", "first", "never"), false),
    decoder: sequence.decoders(...FROM_PIECES, STRIP),
    around: { before: ["bos_token"], after: [] },
    own: CODE_LLAMA_TOKENS,
    extra: Object.values(CODE_LLAMA_TOKENS),
  },
  GemmaTokenizer: GEMMA,
  LlamaTokenizer: LLAMA,
  NllbTokenizer: {
    model: CHARACTERS,
    normalizer: SPACED,
    preTokenizer: metaspace("always"),
    decoder: metaspace("always"),
    around: {
      before: choice("legacy_behaviour", [], [LANGUAGE]),
      after: choice("legacy_behaviour", ["eos_token", LANGUAGE], ["eos_token"]),
    },
    named: {
      bos_token: "<s>",
      eos_token: "</s>",
      sep_token: "</s>",
      cls_token: "<s>",
      unk_token: "<unk>",
      pad_token: "<pad>",
      mask_token: { content: "<mask>", lstrip: true, normalized: true },
    },
    extra: NLLB_LANGUAGES,
  },
  ReformerTokenizer: {
    model: CHARACTERS,
    normalizer: SPACED,
    preTokenizer: metaspace("always"),
    decoder: metaspace("always"),
    named: { eos_token: "</s>", unk_token: "<unk>" },
  },
  Siglip2Tokenizer: {
    ...GEMMA,
    normalizer: sequence.normalizers({ type: "Lowercase" }, replace({ String: " " }, "▁")),
  },
  Tipsv2Tokenizer: {
    model: { ...MODEL, unk_token: null },
    normalizer: sequence.normalizers(
      choice("do_lower_case", { type: "Lowercase" }, undefined),
      NORMALIZATION,
    ),
    preTokenizer: sequence.preTokenizers({ type: "WhitespaceSplit" }, metaspace("always")),
    decoder: sequence.decoders(metaspace("always"), { type: "ByteFallback" }, { type: "Fuse" }),
    named: { unk_token: "<unk>", pad_token: "<pad>", bos_token: null, eos_token: null },
    options: { do_lower_case: true },
  },
};
