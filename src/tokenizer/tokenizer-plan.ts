// What the Rust library is to load for a folder: the text of a tokenizer.json and the tokens to add to it.

import path from "node:path";
import type { AddedToken } from "./added-token.js";
import { rebuild } from "./rebuilt-tokenizers.js";
import { type SpecialName, specialTokens } from "./special-tokens.js";
import { AS_WRITTEN, tokenizerClass } from "./tokenizer-class.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { TokenizerFiles } from "./tokenizer-files.js";

export interface TokenizerPlan {
  readonly json: string;
  readonly added: readonly AddedToken[];
  readonly named: ReadonlyMap<SpecialName, string>;
}

/** Plans as transformers' AutoTokenizer builds; throws a TokenizerError for what could not be exactly the same. */
export function planTokenizer(files: TokenizerFiles): TokenizerPlan {
  requireSupported(files);
  const name = tokenizerClass(files);
  return name === AS_WRITTEN ? asWritten(files) : rebuilt(files, name);
}

function asWritten(files: TokenizerFiles): TokenizerPlan {
  const { tokenizer, contents } = files;
  const padding = tokenizer["padding"] as { pad_token?: string } | null | undefined;
  const { added, named } = specialTokens(files, {
    named: padding?.pad_token === undefined ? {} : { pad_token: padding.pad_token },
    keepsDeclared: true,
  });
  const isPlain = (tokenizer["truncation"] ?? null) === null && (padding ?? null) === null;
  const json = isPlain
    ? new TextDecoder().decode(contents.get("tokenizer.json"))
    : written({ ...tokenizer, truncation: null, padding: null });
  return { json, added, named };
}

function rebuilt(files: TokenizerFiles, name: string): TokenizerPlan {
  const parts = rebuild(files, name);
  const { added, named, all } = specialTokens(files, { named: parts.named, keepsDeclared: false });
  const { model, post_processor = null } = files.tokenizer;
  const unknown = parts.usesUnknown ? (named.get("unk_token") ?? null) : null;
  const json = written({
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    ...parts.around,
    post_processor,
    model: { ...parts.model, unk_token: unknown, vocab: model["vocab"], merges: model["merges"] },
  });
  return { json, added: parts.addsSpecial ? [...added, ...all.map(specialToken)] : added, named };
}

/** JSON, Maps included. */
function written(value: object): string {
  return JSON.stringify(value, (_, one) => (one instanceof Map ? Object.fromEntries(one) : one));
}

function specialToken(content: string): AddedToken {
  const asIs = { singleWord: false, lstrip: false, rstrip: false, normalized: false };
  return { content, ...asIs, special: true };
}

function requireSupported({ folder, config }: TokenizerFiles): void {
  if ((config["split_special_tokens"] ?? false) === false) return;
  throw new TokenizerError(
    `${path.join(folder, "tokenizer_config.json")}: split_special_tokens, special tokens in a text read as plain text, ` +
      "is not supported; remove it",
  );
}
