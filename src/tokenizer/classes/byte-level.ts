// Classes of transformers 5 with a BPE on bytes, or on characters of words with an end sign.

import {
  type BpeOptions,
  byteLevel,
  choice,
  type Recipe,
  replace,
  sequence,
  split,
} from "../recipe.js";
import { QWEN2_WORDS, QWEN3_5_WORDS } from "./word-patterns.js";

const MODEL: BpeOptions & { type: "BPE" } = {
  type: "BPE",
  unk_token: null,
  continuing_subword_prefix: "",
  end_of_word_suffix: "",
  fuse_unk: false,
  byte_fallback: false,
};
const WORD_ENDS = { ...MODEL, unk_token: "unk_token", end_of_word_suffix: "</w>" } as const;
const SPACE = choice("add_prefix_space", true, false);
const END_OF_TEXT = "<|endoftext|>";
const ROBERTA_TOKENS = {
  bos_token: "<s>",
  eos_token: "</s>",
  sep_token: "</s>",
  cls_token: "<s>",
  unk_token: "<unk>",
  pad_token: "<pad>",
  mask_token: "<mask>",
} as const;

const GPT2: Recipe = {
  model: MODEL,
  normalizer: null,
  preTokenizer: byteLevel(SPACE),
  decoder: byteLevel(true),
  named: {
    unk_token: END_OF_TEXT,
    bos_token: END_OF_TEXT,
    eos_token: END_OF_TEXT,
    pad_token: null,
  },
};

const ROBERTA: Recipe = {
  ...GPT2,
  around: { before: ["cls_token"], after: ["sep_token"] },
  named: ROBERTA_TOKENS,
};

function qwen(words: string): Recipe {
  return {
    ...GPT2,
    normalizer: { type: "NFC" },
    preTokenizer: sequence.preTokenizers(
      split({ Regex: words }, "Isolated"),
      byteLevel(SPACE, false),
    ),
    named: {
      unk_token: END_OF_TEXT,
      bos_token: null,
      eos_token: END_OF_TEXT,
      pad_token: END_OF_TEXT,
    },
  };
}

const CLIP_WORDS =
  "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";
/** The class means a regular expression and gives a text. */
const NOUGAT_SIGNS =
  "[\\(\\)\\[\\]\\{\\}]|([!\\\"#\\$%\\&'\\*\\+,\\-\\./:;<=>\\?\\\\\\^_`\\|\\~])\\1*";
const BERT_WORDS = { type: "BertPreTokenizer" };

export const BYTE_LEVEL: Readonly<Record<string, Recipe>> = {
  BlenderbotTokenizer: {
    ...GPT2,
    named: { ...ROBERTA_TOKENS, mask_token: { content: "<mask>", lstrip: true } },
    options: { add_prefix_space: true },
  },
  CLIPTokenizer: {
    model: WORD_ENDS,
    normalizer: sequence.normalizers({ type: "NFC" }, replace({ Regex: "\\s+" }, " "), {
      type: "Lowercase",
    }),
    preTokenizer: sequence.preTokenizers(
      split({ Regex: CLIP_WORDS }, "Removed", true),
      byteLevel(false),
    ),
    decoder: byteLevel(true),
    around: { before: ["bos_token"], after: ["eos_token"] },
    named: {
      unk_token: END_OF_TEXT,
      bos_token: "<|startoftext|>",
      eos_token: END_OF_TEXT,
      pad_token: END_OF_TEXT,
    },
    decoding: "word ends",
  },
  CodeGenTokenizer: GPT2,
  CohereTokenizer: {
    ...GPT2,
    normalizer: { type: "NFC" },
    preTokenizer: sequence.preTokenizers(
      { type: "Digits", individual_digits: true },
      byteLevel(SPACE),
    ),
    named: {
      unk_token: "<UNK>",
      bos_token: "<BOS_TOKEN>",
      eos_token: "<|END_OF_TURN_TOKEN|>",
      pad_token: "<PAD>",
      cls_token: "<CLS>",
      sep_token: "<SEP>",
      mask_token: "<MASK_TOKEN>",
    },
  },
  DebertaTokenizer: {
    ...ROBERTA,
    named: {
      bos_token: "[CLS]",
      eos_token: "[SEP]",
      sep_token: "[SEP]",
      cls_token: "[CLS]",
      unk_token: "[UNK]",
      pad_token: "[PAD]",
      mask_token: "[MASK]",
    },
  },
  GPT2Tokenizer: GPT2,
  GPTNeoXTokenizer: {
    ...GPT2,
    normalizer: { type: "NFC" },
    around: { before: [], after: [] },
    named: { ...GPT2.named, pad_token: "<|padding|>" },
  },
  HerbertTokenizer: {
    model: { ...WORD_ENDS, continuing_subword_prefix: null },
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: false,
      lowercase: false,
    },
    preTokenizer: BERT_WORDS,
    decoder: { type: "BPEDecoder", suffix: "</w>" },
    around: { before: [{ id: 0 }], after: [{ id: 2 }] },
    named: {
      cls_token: "<s>",
      unk_token: "<unk>",
      pad_token: "<pad>",
      mask_token: "<mask>",
      sep_token: "</s>",
    },
  },
  NougatTokenizer: {
    ...GPT2,
    normalizer: { type: "NFKC" },
    preTokenizer: sequence.preTokenizers(
      split({ String: "SPL1T-TH1S-Pl3A5E" }, "Removed"),
      { type: "Digits", individual_digits: true },
      split({ String: NOUGAT_SIGNS }, "Isolated"),
      split({ String: "\n" }, "Isolated"),
      byteLevel(false),
    ),
    around: { before: ["bos_token"], after: ["eos_token"] },
    named: { unk_token: "<unk>", bos_token: "<s>", eos_token: "</s>", pad_token: "<pad>" },
  },
  OpenAIGPTTokenizer: {
    model: WORD_ENDS,
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    preTokenizer: BERT_WORDS,
    decoder: { type: "BPEDecoder", suffix: "</w>" },
    named: { unk_token: "<unk>" },
  },
  Qwen2Tokenizer: { ...qwen(QWEN2_WORDS), addsSpecial: true },
  Qwen3_5Tokenizer: qwen(QWEN3_5_WORDS),
  RobertaTokenizer: ROBERTA,
  WhisperTokenizer: {
    ...GPT2,
    around: {
      before: [
        "<|startoftranscript|>",
        choice("predict_timestamps", undefined, "<|notimestamps|>"),
      ],
      after: ["eos_token"],
    },
    named: { unk_token: END_OF_TEXT, bos_token: END_OF_TEXT, eos_token: END_OF_TEXT },
    refuses: ["language", "task"],
    decoding: "timestamps",
  },
};
