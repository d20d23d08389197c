// The one error type of tokenizers.

/** A tokenizer that cannot be loaded, trained or used as asked; the message says what was found and what is expected. */
export class TokenizerError extends Error {
  override readonly name = "TokenizerError";
}

/** Makes the error for a file at fault, as the readers of src/files want it. */
export function tokenizerProblem(
  problem: string,
  { path, cause }: { readonly path: string; readonly cause?: unknown },
): TokenizerError {
  return new TokenizerError(`${path}: ${problem}`, { cause });
}
