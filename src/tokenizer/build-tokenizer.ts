// The tokenizer.json that a class of transformers makes of a folder's own: its vocabulary and merges, and the class's
// recipe for everything else.

import path from "node:path";
import { describeValue } from "../arguments/describe-value.js";
import { fillTemplate, type Options } from "./fill-template.js";
import { CHARSMAP, type Recipe, type Template, type UnknownId } from "./recipe.js";
import { isSpecialName, type SpecialName } from "./special-tokens.js";
import type { TokenizerClass } from "./tokenizer-class.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { Model, TokenizerFiles } from "./tokenizer-files.js";
import { modelType } from "./vocabulary.js";

export type BuiltClass = TokenizerClass & { readonly recipe: Recipe };
type Named = ReadonlyMap<SpecialName, string>;

export interface Built {
  /** A tokenizer.json, as an object with Maps. */
  readonly tokenizer: Readonly<Record<string, unknown>>;
  readonly around: BesideText | undefined;
}

/** Tokens to put before and after every text, in place of what tokenizer.json's template puts there. */
export interface BesideText {
  readonly before: readonly Beside[];
  readonly after: readonly Beside[];
}

/** A token's text or id. */
type Beside = string | { readonly id: number };

/** Builds; throws a TokenizerError for what the class would refuse, or what is not repeated here. */
export function buildTokenizer(files: TokenizerFiles, built: BuiltClass, named: Named): Built {
  const { recipe } = built;
  requireFitting(files, built);
  const options = { ...recipe.options, ...files.config, [CHARSMAP]: charsmapOf(files) };
  const { post_processor = null } = files.tokenizer;
  return {
    tokenizer: {
      version: "1.0",
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: fillTemplate(recipe.normalizer, options) ?? null,
      pre_tokenizer: fillTemplate(recipe.preTokenizer, options),
      decoder: fillTemplate(recipe.decoder, options),
      post_processor,
      model: modelOf(files, built, { options, named }),
    },
    around: aroundOf(files, built, { options, named }),
  };
}

export interface Scope {
  readonly options: Options;
  readonly named: Named;
}

function requireFitting({ folder, config, tokenizer }: TokenizerFiles, built: BuiltClass): void {
  const { name, recipe } = built;
  const file = path.join(folder, "tokenizer_config.json");
  const { type } = recipe.model;
  const given = modelType(path.join(folder, "tokenizer.json"), tokenizer.model);
  if (given !== type || (type === "BPE" && !Array.isArray(tokenizer.model["merges"]))) {
    throw new TokenizerError(
      `${file}: tokenizer_class is ${name}, which is a ${type}, but tokenizer.json holds ${given === type ? "no merges" : `a ${given}`}`,
    );
  }
  if (
    recipe.needsOneOf !== undefined &&
    !recipe.needsOneOf.some((token) => hasPiece(tokenizer.model, token))
  ) {
    throw new TokenizerError(
      `${file}: a ${name} needs one of ${recipe.needsOneOf.slice(0, 3).join(", ")}, ... in its vocabulary, but tokenizer.json has none`,
    );
  }
  const option = recipe.refuses?.find((each) => (config[each] ?? null) !== null);
  if (option === undefined) return;
  throw new TokenizerError(
    `${file}: ${option} is ${describeValue(config[option])}; for a ${name} only folders without it are read`,
  );
}

function hasPiece({ vocab }: Model, token: string): boolean {
  return (vocab as readonly (readonly [string, number])[]).some(([piece]) => piece === token);
}

function modelOf({ folder, tokenizer }: TokenizerFiles, built: BuiltClass, scope: Scope): object {
  const { name, recipe } = built;
  const { vocab, merges } = tokenizer.model;
  if (recipe.model.type === "Unigram") {
    const unknown = unknownId(recipe.model.unknown, tokenizer.model, scope);
    if (unknown !== undefined)
      return { type: "Unigram", unk_id: unknown, vocab, byte_fallback: false };
    throw new TokenizerError(
      `${path.join(folder, "tokenizer.json")}: the vocabulary has no unk token with the score 0, which a ${name} needs`,
    );
  }
  const unknown = scope.named.get("unk_token") ?? null;
  if (recipe.model.type === "WordPiece") {
    const prefix = { continuing_subword_prefix: "##", max_input_chars_per_word: 100 };
    return { type: "WordPiece", unk_token: unknown, ...prefix, vocab };
  }
  const unk_token = recipe.model.unk_token === null ? null : unknown;
  return { dropout: null, ...recipe.model, unk_token, vocab, merges, ignore_merges: false };
}

function unknownId(unknown: UnknownId, { vocab }: Model, scope: Scope): unknown {
  if (typeof unknown === "number") return unknown;
  const token = scope.named.get("unk_token");
  const found = (vocab as readonly (readonly [string, number])[]).findIndex(
    ([text, score], i) =>
      text === token && i >= (unknown.from ?? 0) && (unknown.find === "text" || score === 0),
  );
  return found === -1 ? fillTemplate(unknown.otherwise, scope.options) : found;
}

/** What the class puts around a text; undefined: what tokenizer.json says. */
export function aroundOf(
  files: TokenizerFiles,
  { name, recipe: { around } }: { readonly name: string; readonly recipe: Pick<Recipe, "around"> },
  { options, named }: Scope,
): BesideText | undefined {
  if (around === undefined) return undefined;
  const isThere = (files.tokenizer["post_processor"] ?? null) !== null;
  if (around.as !== undefined && isThere !== (around.as === "override")) return undefined;
  const tokens = (template: Template): Beside[] =>
    (fillTemplate(template, options) as Beside[]).map((each) => {
      if (typeof each !== "string" || !isSpecialName(each)) return each;
      const text = named.get(each);
      if (text !== undefined) return text;
      throw new TokenizerError(
        `${path.join(files.folder, "tokenizer_config.json")}: ${each} is null, which a ${name} puts beside every text`,
      );
    });
  return { before: tokens(around.before), after: tokens(around.after) };
}

/** SentencePiece's own normalization as tokenizer.json has it, alone or in a sequence. */
function charsmapOf({ tokenizer }: TokenizerFiles): unknown {
  const given = (tokenizer["normalizer"] ?? {}) as { type?: unknown; normalizers?: unknown };
  const list = (given.type === "Sequence" ? given.normalizers : [given]) as
    | readonly { type?: unknown; precompiled_charsmap?: unknown }[]
    | undefined;
  return list?.find(({ type }) => type === "Precompiled")?.precompiled_charsmap;
}
