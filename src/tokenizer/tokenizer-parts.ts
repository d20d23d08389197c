// Parts of a tokenizer.json as lists.

import type { AddedToken } from "./added-token.js";

export type Fields = Readonly<Record<string, unknown>>;
export type FoundToken = Omit<AddedToken, "special">;

/** A part of a tokenizer.json as the list that it is, or is alone. */
export function membersOf(part: unknown, list: string): readonly Fields[] {
  if ((part ?? null) === null) return [];
  const fields = part as Fields;
  return fields["type"] === "Sequence" ? (fields[list] as readonly Fields[]) : [fields];
}

/** Tokens that stand beside the model's vocabulary; a flag that is left out counts as set. */
export function declaredTokens(tokenizer: Fields): FoundToken[] {
  return ((tokenizer["added_tokens"] ?? []) as Fields[]).map((token) => ({
    content: String(token["content"]),
    singleWord: token["single_word"] !== false,
    lstrip: token["lstrip"] !== false,
    rstrip: token["rstrip"] !== false,
    normalized: token["normalized"] !== false,
  }));
}

/** SentencePiece's space. */
export const MARK = "▁";

export function isMetaspace({ type, replacement }: Fields): boolean {
  return type === "Metaspace" && replacement === MARK;
}
