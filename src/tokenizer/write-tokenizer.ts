// A trained byte-level BPE as the two files Hugging Face's libraries load: tokenizer.json, tokenizer_config.json.

import fs from "node:fs";
import path from "node:path";
import { aPath, type Check, integer, kind, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { makeFolder } from "../files/folder.js";
import { TokenizerError, tokenizerProblem } from "./tokenizer-error.js";
import type { TrainedBpe } from "./train-bpe.js";

/** Which special token begins a text, ends a document and fills up a row. */
export interface SpecialRoles {
  /** Begins a text. */
  readonly bos: string;
  /** Ends a text. */
  readonly eos: string;
  /** Fills up rows. */
  readonly pad: string;
  /** Longest sequence the model takes, written for other libraries to see. */
  readonly modelMaxLength: number;
}

const aTrainedBpe: Check<TrainedBpe> = kind(
  "what trainByteLevelBpe returned",
  (value) => typeof value === "object" && value !== null && "merges" in value,
);
const ROLES: OptionTable<SpecialRoles> = {
  bos: text,
  eos: text,
  pad: text,
  modelMaxLength: integer({ min: 1 }),
};

/** Writes the tokenizer into `folder`, which is created when missing. */
export function writeTokenizer(folder: string, trained: TrainedBpe, roles: SpecialRoles): void {
  requireValue("writeTokenizer: folder", folder, aPath);
  requireValue("writeTokenizer: trained", trained, aTrainedBpe);
  checkOptions("writeTokenizer", roles, ROLES);
  for (const token of [roles.bos, roles.eos, roles.pad]) {
    if (!trained.specialTokens.includes(token)) {
      throw new TokenizerError(
        `${token} is not among the special tokens ${trained.specialTokens.join(", ")}`,
      );
    }
  }
  makeFolder(folder, { what: "tokenizer folder", problem: tokenizerProblem });
  writeJson(path.join(folder, "tokenizer.json"), tokenizerJson(trained));
  writeJson(path.join(folder, "tokenizer_config.json"), {
    tokenizer_class: "PreTrainedTokenizerFast",
    model_max_length: roles.modelMaxLength,
    bos_token: roles.bos,
    eos_token: roles.eos,
    pad_token: roles.pad,
    clean_up_tokenization_spaces: false,
  });
}

function tokenizerJson({ specialTokens, tokens, merges }: TrainedBpe): object {
  const byteLevel = {
    type: "ByteLevel",
    add_prefix_space: false,
    trim_offsets: true,
    use_regex: true,
  };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  };
}

function writeJson(file: string, value: object): void {
  fs.writeFileSync(file, `${JSON.stringify(value, undefined, 1)}\n`);
}
