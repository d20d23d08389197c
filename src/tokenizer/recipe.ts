// How a class of transformers builds its tokenizer around the vocabulary of a tokenizer.json, as data: parts in
// tokenizer.json's own format, with places that tokenizer_config.json fills.

import type { AddedToken } from "./added-token.js";
import type { SpecialName } from "./special-tokens.js";

/** A part of a tokenizer.json; lists leave out what is `undefined` once it is filled. */
export type Template =
  | Place
  | null
  | undefined
  | boolean
  | number
  | string
  | readonly Template[]
  | { readonly [field: string]: Template };

/** What the configuration decides. */
export type Place =
  | { readonly place: "choice"; readonly of: string; readonly yes: Template; readonly no: Template }
  | { readonly place: "value"; readonly of: string; readonly otherwise: Template };

export interface Recipe {
  readonly model:
    | (BpeOptions & { readonly type: "BPE" })
    | { readonly type: "WordPiece" }
    | { readonly type: "Unigram"; readonly unknown: UnknownId };
  readonly normalizer: Template;
  readonly preTokenizer: Template;
  readonly decoder: Template;
  /** What is put around a text; undefined: as tokenizer.json has it. */
  readonly around?: Around;
  /** Named tokens where the configuration leaves them out; null: none. */
  readonly named: Readonly<Partial<Record<SpecialName, string | null | Flagged>>>;
  /** Tokens under names of the class's own. */
  readonly own?: Readonly<Record<string, string>>;
  /** `extra_special_tokens` where the configuration leaves them out. */
  readonly extra?: readonly string[];
  /** Values of options that the configuration leaves out; choices read them. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Tokens of which the vocabulary must have one, else the class makes another vocabulary of it. */
  readonly needsOneOf?: readonly string[];
  /** Options that would make it something else. */
  readonly refuses?: readonly string[];
  /** Whether all special tokens are added once more, none normalized. */
  readonly addsSpecial?: true;
  /** What decode() does to a text. */
  readonly decoding?: Decoding;
}

/** A named token with flags, which a configuration that gives its text alone does not change. */
export type Flagged = Partial<AddedToken> & { readonly content: string };

export interface BpeOptions {
  readonly unk_token: "unk_token" | null;
  readonly continuing_subword_prefix: string | null;
  readonly end_of_word_suffix: string | null;
  readonly fuse_unk: boolean;
  readonly byte_fallback: boolean;
}

/** Which token of a Unigram is the unknown one: its index, or where the unk token is found. */
export type UnknownId =
  | number
  | {
      readonly find: "text" | "text with score 0";
      readonly otherwise: number | Place | undefined;
      readonly from?: number;
    };

export interface Around {
  /** `fallback`: where tokenizer.json has no post_processor; `override`: where it has one; always by default. */
  readonly as?: "fallback" | "override";
  /** Tokens by their role, by their text, or as `{ id }` whatever token that is. */
  readonly before: Template;
  readonly after: Template;
}

/** What a class does to a decoded text. */
export type Decoding = "word ends" | "timestamps";

export function choice(of: string, yes: Template, no: Template): Place {
  return { place: "choice", of, yes, no };
}

export function value(of: string, otherwise: Template): Place {
  return { place: "value", of, otherwise };
}

/** Name under which templates find SentencePiece's own normalization, where tokenizer.json has it. */
export const CHARSMAP = "_spm_precompiled_charsmap";

const PRECOMPILED: Template = { type: "Precompiled", precompiled_charsmap: value(CHARSMAP, null) };

/** SentencePiece's own normalization, or nothing. */
export const NORMALIZATION = choice(CHARSMAP, PRECOMPILED, undefined);

export const sequence = {
  normalizers: (...normalizers: Template[]): Template => ({ type: "Sequence", normalizers }),
  preTokenizers: (...pretokenizers: Template[]): Template => ({ type: "Sequence", pretokenizers }),
  decoders: (...decoders: Template[]): Template => ({ type: "Sequence", decoders }),
};

export function replace(
  pattern: { String: string } | { Regex: string },
  content: string,
): Template {
  return { type: "Replace", pattern, content };
}

export function split(
  pattern: { String: string } | { Regex: string },
  behavior: string,
  invert = false,
): Template {
  return { type: "Split", pattern, behavior, invert };
}

export function byteLevel(addPrefixSpace: Template, useRegex = true): Template {
  return {
    type: "ByteLevel",
    add_prefix_space: addPrefixSpace,
    trim_offsets: true,
    use_regex: useRegex,
  };
}

export function metaspace(scheme: Template, isSplit = true): Template {
  return { type: "Metaspace", replacement: "▁", prepend_scheme: scheme, split: isSplit };
}

/** The scheme of most classes. */
export const PREFIX = choice("add_prefix_space", "always", "never");
