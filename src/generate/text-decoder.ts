// What generation needs of a tokenizer.

/** Makes text of token ids, as an `AutoTokenizer` does. */
export interface TextDecoder {
  /** The text of token ids. */
  decode(ids: readonly number[], options?: { readonly skipSpecialTokens?: boolean }): string;
}
