// The classes of transformers 5 that build normalizer, pre-tokenizer, decoder and model options themselves, whatever
// tokenizer.json says of them: as data in tokenizer.json's own format.

import path from "node:path";
import type { SpecialName } from "./special-tokens.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { TokenizerFiles } from "./tokenizer-files.js";

export interface Parts {
  /** Normalizer, pre-tokenizer and decoder. */
  readonly around: Readonly<Record<"normalizer" | "pre_tokenizer" | "decoder", unknown>>;
  /** Options of the model. */
  readonly model: Readonly<Record<string, unknown>>;
  /** Named special tokens where the configuration leaves them out. */
  readonly named: Readonly<Partial<Record<SpecialName, string | null>>>;
  /** Whether the model knows the unk token. */
  readonly usesUnknown: boolean;
  /** Whether all special tokens are added once more, none normalized. */
  readonly addsSpecial: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const BUILDERS: Readonly<Record<string, (config: Fields) => Parts>> = {
  GPT2Tokenizer: gpt2,
  GemmaTokenizer: gemma,
  LlamaTokenizer: llama,
  Qwen2Tokenizer: qwen2,
};

/** What a class builds around the vocabulary of the folder; throws a TokenizerError for a class not known here. */
export function rebuild({ folder, config, tokenizer }: TokenizerFiles, name: string): Parts {
  const build = BUILDERS[name];
  const file = path.join(folder, "tokenizer_config.json");
  if (build === undefined) {
    throw new TokenizerError(
      `${file}: transformers builds a ${name} in part by itself, which is not repeated here; known are ` +
        `${Object.keys(BUILDERS).join(", ")}. With "tokenizer_class": "PreTrainedTokenizerFast" tokenizer.json counts as it is`,
    );
  }
  if (Array.isArray(tokenizer.model["merges"])) return build(config);
  throw new TokenizerError(
    `${file}: tokenizer_class is ${name}, which is a BPE, but tokenizer.json holds no merges`,
  );
}

const BPE = {
  type: "BPE",
  dropout: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
  ignore_merges: false,
};
const BYTE_LEVEL_BPE = { ...BPE, continuing_subword_prefix: "", end_of_word_suffix: "" };
const PIECES_BPE = { ...BPE, fuse_unk: true, byte_fallback: true };
const END_OF_TEXT = "<|endoftext|>";
const QWEN2_WORDS =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

function byteLevel(addPrefixSpace: boolean, useRegex: boolean): object {
  return {
    type: "ByteLevel",
    add_prefix_space: addPrefixSpace,
    trim_offsets: true,
    use_regex: useRegex,
  };
}

function gpt2(config: Fields): Parts {
  return {
    around: {
      normalizer: null,
      pre_tokenizer: byteLevel(Boolean(config["add_prefix_space"]), true),
      decoder: byteLevel(true, true),
    },
    model: BYTE_LEVEL_BPE,
    named: {
      unk_token: END_OF_TEXT,
      bos_token: END_OF_TEXT,
      eos_token: END_OF_TEXT,
      pad_token: null,
    },
    usesUnknown: false,
    addsSpecial: false,
  };
}

function qwen2(config: Fields): Parts {
  const words = {
    type: "Split",
    pattern: { Regex: QWEN2_WORDS },
    behavior: "Isolated",
    invert: false,
  };
  const bytes = byteLevel(Boolean(config["add_prefix_space"]), false);
  return {
    around: {
      normalizer: { type: "NFC" },
      pre_tokenizer: { type: "Sequence", pretokenizers: [words, bytes] },
      decoder: byteLevel(true, true),
    },
    model: BYTE_LEVEL_BPE,
    named: {
      unk_token: END_OF_TEXT,
      bos_token: null,
      eos_token: END_OF_TEXT,
      pad_token: END_OF_TEXT,
    },
    usesUnknown: false,
    addsSpecial: true,
  };
}

const FROM_PIECES = [
  { type: "Replace", pattern: { String: "▁" }, content: " " },
  { type: "ByteFallback" },
  { type: "Fuse" },
];

function llama(config: Fields): Parts {
  const hasPrefix = Boolean(config["add_prefix_space"] ?? true);
  const scheme = config["legacy"] === true ? "always" : "first";
  const strip = { type: "Strip", content: " ", start: 1, stop: 0 };
  return {
    around: {
      normalizer: null,
      pre_tokenizer: {
        type: "Metaspace",
        replacement: "▁",
        prepend_scheme: hasPrefix ? scheme : "never",
        split: false,
      },
      decoder: {
        type: "Sequence",
        decoders: hasPrefix ? [...FROM_PIECES, strip] : FROM_PIECES,
      },
    },
    model: PIECES_BPE,
    named: { unk_token: "<unk>", bos_token: "<s>", eos_token: "</s>" },
    usesUnknown: false,
    addsSpecial: false,
  };
}

function gemma(): Parts {
  return {
    around: {
      normalizer: { type: "Replace", pattern: { String: " " }, content: "▁" },
      pre_tokenizer: {
        type: "Split",
        pattern: { String: " " },
        behavior: "MergedWithPrevious",
        invert: false,
      },
      decoder: { type: "Sequence", decoders: FROM_PIECES },
    },
    model: PIECES_BPE,
    named: {
      unk_token: "<unk>",
      bos_token: "<bos>",
      eos_token: "<eos>",
      pad_token: "<pad>",
      mask_token: "<mask>",
    },
    usesUnknown: true,
    addsSpecial: false,
  };
}
