// What generation needs of a tokenizer.

/** How ids become text. */
export interface TextDecoderOptions {
  /** Leaves special tokens such as eos out of the text. */
  readonly skipSpecialTokens?: boolean;
  /** Takes out the spaces that WordPiece leaves before punctuation. */
  readonly cleanUpTokenizationSpaces?: boolean;
}

/** Makes text of token ids, as an `AutoTokenizer` does. */
export interface TextDecoder {
  /** The text of token ids. */
  decode(ids: readonly number[], options?: TextDecoderOptions): string;
}

/** Makes ids of text as well. */
export interface TextCoder extends TextDecoder {
  /** The token ids of a text. */
  encode(text: string): ArrayLike<number>;
}
