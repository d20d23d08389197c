// Classes of transformers 5 with a WordPiece model: Bert and those that differ from it in little.

import { choice, type Recipe, type Template, value } from "../recipe.js";

export const CLS_SEP = { before: ["cls_token"], after: ["sep_token"] } as const;
export const BERT_TOKENS = {
  unk_token: "[UNK]",
  sep_token: "[SEP]",
  pad_token: "[PAD]",
  cls_token: "[CLS]",
  mask_token: "[MASK]",
} as const;

function bertNormalizer(cleanText: Template = true): Template {
  return {
    type: "BertNormalizer",
    clean_text: cleanText,
    handle_chinese_chars: choice("tokenize_chinese_chars", true, false),
    strip_accents: value("strip_accents", null),
    lowercase: choice("do_lower_case", true, false),
  };
}

const BERT: Recipe = {
  model: { type: "WordPiece" },
  normalizer: bertNormalizer(),
  preTokenizer: { type: "BertPreTokenizer" },
  decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  around: CLS_SEP,
  named: BERT_TOKENS,
  options: { tokenize_chinese_chars: true, do_lower_case: true },
};

/** `do_lower_case` of the configuration does not reach the tokenizer. */
const DPR: Recipe = {
  ...BERT,
  normalizer: { ...(bertNormalizer() as object), lowercase: true },
};

export const WORD_PIECE: Readonly<Record<string, Recipe>> = {
  BertTokenizer: BERT,
  DistilBertTokenizer: BERT,
  DPRContextEncoderTokenizer: DPR,
  DPRQuestionEncoderTokenizer: DPR,
  FunnelTokenizer: {
    ...BERT,
    normalizer: bertNormalizer(choice("clean_text", true, false)),
    decoder: { type: "WordPiece", prefix: value("wordpieces_prefix", "##"), cleanup: true },
    named: {
      unk_token: "<unk>",
      sep_token: "<sep>",
      pad_token: "<pad>",
      cls_token: "<cls>",
      mask_token: "<mask>",
      bos_token: "<s>",
      eos_token: "</s>",
    },
    options: { ...BERT.options, clean_text: true },
  },
  MPNetTokenizer: {
    ...BERT,
    named: {
      bos_token: "<s>",
      eos_token: "</s>",
      sep_token: "</s>",
      cls_token: "<s>",
      unk_token: "[UNK]",
      pad_token: "<pad>",
      mask_token: { content: "<mask>", lstrip: true },
    },
  },
  SplinterTokenizer: { ...BERT, own: { question_token: "[QUESTION]" } },
};
