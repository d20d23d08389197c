// The one error type of tokenizers.

/** A tokenizer that cannot be loaded, trained or used as asked; the message says what was found and what is expected. */
export class TokenizerError extends Error {
  override readonly name = "TokenizerError";
}
