// Classes of transformers 5 with a Unigram model, as SentencePiece trains it.

import {
  CHARSMAP,
  choice,
  metaspace,
  NORMALIZATION,
  PREFIX,
  type Recipe,
  replace,
  sequence,
  type Template,
  value,
} from "../recipe.js";
import { MBART_LANGUAGES, MBART50_LANGUAGES } from "./languages.js";

const QUOTES = [replace({ String: "``" }, '"'), replace({ String: "''" }, '"')] as const;
const NO_ACCENTS = [{ type: "NFKD" }, { type: "StripAccents" }] as const;
const LOWER = choice("do_lower_case", { type: "Lowercase" }, undefined);
const SINGLE_SPACES = replace({ Regex: " {2,}" }, " ");
const ONE_LINE = [
  replace({ Regex: "\\s{2,}|[\\n\\r\\t]" }, " "),
  { type: "NFC" },
  { type: "Strip", strip_left: false, strip_right: true },
] as const;

const XGLM_TOKENS = {
  bos_token: "<s>",
  eos_token: "</s>",
  sep_token: "</s>",
  cls_token: "<s>",
  unk_token: "<unk>",
  pad_token: "<pad>",
} as const;
const ROBERTA_TOKENS = { ...XGLM_TOKENS, mask_token: "<mask>" } as const;
export const ALBERT_TOKENS = {
  bos_token: "[CLS]",
  eos_token: "[SEP]",
  unk_token: "<unk>",
  sep_token: "[SEP]",
  pad_token: "<pad>",
  cls_token: "[CLS]",
  mask_token: "[MASK]",
} as const;
const CLS_SEP = { before: ["cls_token"], after: ["sep_token"] } as const;
const BOS_EOS = { before: ["bos_token"], after: ["eos_token"] } as const;

function unigram(
  unknown: Extract<Recipe["model"], { type: "Unigram" }>["unknown"],
): Recipe["model"] {
  return { type: "Unigram", unknown };
}

/** Pieces of words that stand between spaces. */
function words(scheme: Template): Pick<Recipe, "preTokenizer" | "decoder"> {
  return {
    preTokenizer: sequence.preTokenizers({ type: "WhitespaceSplit" }, metaspace(scheme)),
    decoder: metaspace(scheme),
  };
}

/** Pieces that may begin with a space. */
function pieces(scheme: Template): Pick<Recipe, "preTokenizer" | "decoder"> {
  return { preTokenizer: metaspace(scheme), decoder: metaspace(scheme) };
}

const ALBERT: Recipe = {
  model: unigram(1),
  normalizer: sequence.normalizers(
    ...QUOTES,
    ...NO_ACCENTS.map((each) => choice("keep_accents", undefined, each)),
    LOWER,
    NORMALIZATION,
  ),
  ...words(PREFIX),
  around: { ...CLS_SEP, as: "fallback" },
  named: ALBERT_TOKENS,
  options: { add_prefix_space: true, do_lower_case: true },
};

const VIDEO_PRISM: Recipe = {
  model: unigram(2),
  normalizer: NORMALIZATION,
  ...words("always"),
  named: { eos_token: "</s>", unk_token: "<unk>", pad_token: "<pad>" },
  extra: Array.from({ length: 100 }, (_, i) => `<extra_id_${i}>`),
  refuses: ["extra_ids"],
};

const XLM_ROBERTA: Recipe = {
  model: unigram(3),
  normalizer: NORMALIZATION,
  ...words(PREFIX),
  around: BOS_EOS,
  named: ROBERTA_TOKENS,
  options: { add_prefix_space: true },
};

const LANGUAGE = value("src_lang", "en_XX");
const MASK = { content: "<mask>", lstrip: true };

export const UNIGRAM: Readonly<Record<string, Recipe>> = {
  AlbertTokenizer: ALBERT,
  BarthezTokenizer: {
    model: unigram(3),
    normalizer: sequence.normalizers(...ONE_LINE),
    ...pieces(PREFIX),
    named: { ...ROBERTA_TOKENS, mask_token: MASK },
    options: { add_prefix_space: true },
  },
  BigBirdTokenizer: {
    model: unigram({ find: "text with score 0", otherwise: 100 }),
    normalizer: sequence.normalizers(
      { type: "Strip", strip_left: false, strip_right: false },
      replace({ Regex: " {2,}" }, "▁"),
    ),
    ...pieces(PREFIX),
    around: CLS_SEP,
    named: {
      unk_token: "<unk>",
      bos_token: "<s>",
      eos_token: "</s>",
      pad_token: "<pad>",
      sep_token: "[SEP]",
      mask_token: { content: "[MASK]", lstrip: true },
      cls_token: "[CLS]",
    },
    options: { add_prefix_space: true },
  },
  CamembertTokenizer: {
    ...XLM_ROBERTA,
    model: unigram({ find: "text", otherwise: 0 }),
    named: { ...ROBERTA_TOKENS, mask_token: MASK },
    extra: ["<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED"],
  },
  DebertaV2Tokenizer: {
    model: unigram({ find: "text with score 0", otherwise: value("unk_id", 1) }),
    normalizer: sequence.normalizers(LOWER, ...ONE_LINE),
    preTokenizer: sequence.preTokenizers(
      choice("split_by_punct", { type: "Punctuation", behavior: "Isolated" }, undefined),
      metaspace(choice("add_prefix_space", "always", "first")),
    ),
    decoder: metaspace(choice("add_prefix_space", "always", "first")),
    around: CLS_SEP,
    named: { ...ALBERT_TOKENS, unk_token: "[UNK]", pad_token: "[PAD]" },
    options: { add_prefix_space: true },
  },
  MBart50Tokenizer: {
    model: unigram(3),
    normalizer: sequence.normalizers(NORMALIZATION, SINGLE_SPACES),
    ...pieces("always"),
    around: { before: [LANGUAGE], after: ["eos_token"] },
    named: {
      eos_token: "</s>",
      sep_token: "</s>",
      cls_token: "<s>",
      unk_token: "<unk>",
      pad_token: "<pad>",
      mask_token: MASK,
    },
    extra: MBART50_LANGUAGES,
    needsOneOf: MBART50_LANGUAGES,
  },
  MBartTokenizer: {
    model: unigram(3),
    normalizer: null,
    ...words("always"),
    around: { before: [], after: ["eos_token", LANGUAGE] },
    named: { ...ROBERTA_TOKENS, mask_token: MASK },
    extra: MBART_LANGUAGES,
  },
  PegasusTokenizer: {
    model: unigram({ find: "text with score 0", otherwise: undefined, from: 1 }),
    normalizer: sequence.normalizers(
      choice(CHARSMAP, NORMALIZATION, replace({ Regex: "\\n" }, " ")),
      SINGLE_SPACES,
    ),
    ...pieces("always"),
    around: { before: [], after: ["eos_token"] },
    named: { pad_token: "<pad>", eos_token: "</s>", unk_token: "<unk>", mask_token: "<mask_2>" },
    extra: ["<mask_1>", ...Array.from({ length: 101 }, (_, i) => `<unk_${i + 2}>`)],
    refuses: ["offset", "mask_token_sent"],
  },
  RemBertTokenizer: {
    model: unigram(2),
    normalizer: sequence.normalizers(
      ...QUOTES,
      SINGLE_SPACES,
      ...NO_ACCENTS.map((each) => choice("keep_accents", undefined, each)),
      LOWER,
      NORMALIZATION,
    ),
    ...pieces(PREFIX),
    around: { ...CLS_SEP, as: "override" },
    named: ALBERT_TOKENS,
    options: { add_prefix_space: true, keep_accents: true },
  },
  T5Tokenizer: { ...VIDEO_PRISM, around: { before: [], after: ["eos_token"] } },
  VideoPrismTokenizer: VIDEO_PRISM,
  XGLMTokenizer: {
    model: unigram(3),
    normalizer: sequence.normalizers(NORMALIZATION, SINGLE_SPACES),
    ...pieces(PREFIX),
    around: { before: ["eos_token"], after: [] },
    named: XGLM_TOKENS,
    extra: Array.from({ length: 7 }, (_, i) => `<madeupword${i}>`),
    options: { add_prefix_space: true },
  },
  XLMRobertaTokenizer: XLM_ROBERTA,
  XLNetTokenizer: {
    model: unigram(0),
    normalizer: sequence.normalizers(...QUOTES, ...NO_ACCENTS, LOWER, NORMALIZATION),
    ...words("always"),
    around: { before: [], after: ["sep_token", "cls_token"] },
    named: {
      bos_token: "<s>",
      eos_token: "</s>",
      unk_token: "<unk>",
      sep_token: "<sep>",
      pad_token: "<pad>",
      cls_token: "<cls>",
      mask_token: MASK,
    },
    extra: ["<eop>", "<eod>"],
    refuses: ["unk_id"],
  },
};
