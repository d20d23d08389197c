// What the Rust library is to load for a folder: the text of a tokenizer.json and the tokens to add to it; and what is done
// to its ids and texts.

import path from "node:path";
import { type AddedToken, plainToken } from "./added-token.js";
import { aroundOf, type BesideText, type BuiltClass, buildTokenizer } from "./build-tokenizer.js";
import { AS_WRITTEN } from "./classes/recipes.js";
import { type Borders, pieceBorders } from "./piece-borders.js";
import type { Decoding } from "./recipe.js";
import { type ClassDefaults, type SpecialName, specialTokens } from "./special-tokens.js";
import { tokenizerClass } from "./tokenizer-class.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { TokenizerFiles } from "./tokenizer-files.js";

export interface TokenizerPlan {
  readonly json: string;
  readonly added: readonly AddedToken[];
  readonly borders: Borders | undefined;
  readonly named: ReadonlyMap<SpecialName, string>;
  readonly around: BesideText | undefined;
  readonly decoding: Decoding | undefined;
}

/** Plans as transformers' AutoTokenizer builds; throws a TokenizerError for what could not be exactly the same. */
export function planTokenizer(files: TokenizerFiles): TokenizerPlan {
  requireSupported(files);
  const { name, recipe } = tokenizerClass(files);
  return recipe === undefined ? asWritten(files, name) : built(files, { name, recipe });
}

function asWritten(files: TokenizerFiles, name: string): TokenizerPlan {
  const { tokenizer, contents } = files;
  const recipe = AS_WRITTEN[name] ?? { named: {} };
  const defaults = { named: { ...padToken(files), ...recipe.named }, keepsDeclared: true };
  const { added, named } = specialTokens(files, defaults);
  const around = aroundOf(files, { name, recipe }, { options: files.config, named });
  const isPlain = (tokenizer["truncation"] ?? tokenizer["padding"] ?? null) === null;
  const json = isPlain
    ? new TextDecoder().decode(contents.get("tokenizer.json"))
    : written({ ...tokenizer, truncation: null, padding: null });
  const borders = pieceBorders(tokenizer, added);
  return { json, added, borders, named, around, decoding: undefined };
}

function built(files: TokenizerFiles, { name, recipe }: BuiltClass): TokenizerPlan {
  const { own = {}, extra, decoding, addsSpecial = false } = recipe;
  const defaults: ClassDefaults = {
    named: { ...padToken(files), ...recipe.named },
    own,
    extra,
    keepsDeclared: false,
  };
  const { added, named, all } = specialTokens(files, defaults);
  const { tokenizer, around } = buildTokenizer(files, { name, recipe }, named);
  const again = addsSpecial ? all.map((content) => plainToken(content, true)) : [];
  const borders = pieceBorders(tokenizer, added);
  return {
    ...{ json: written(tokenizer), added: [...added, ...again], borders },
    ...{ named, around, decoding },
  };
}

/** What tokenizer.json pads with. */
function padToken({ tokenizer }: TokenizerFiles): ClassDefaults["named"] {
  const padding = tokenizer["padding"] as { pad_token?: string } | null | undefined;
  return padding?.pad_token === undefined ? {} : { pad_token: padding.pad_token };
}

/** JSON, Maps included. */
function written(value: object): string {
  return JSON.stringify(value, (_, one) => (one instanceof Map ? Object.fromEntries(one) : one));
}

function requireSupported({ folder, config }: TokenizerFiles): void {
  if ((config["split_special_tokens"] ?? false) === false) return;
  throw new TokenizerError(
    `${path.join(folder, "tokenizer_config.json")}: split_special_tokens, special tokens in a text read as plain text, ` +
      "is not supported; remove it",
  );
}
