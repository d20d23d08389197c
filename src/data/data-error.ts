// The one error type of texts, datasets and loaders.

/** Data that cannot be used as asked; the message says what was given, with the numbers, and what to do. */
export class DataError extends Error {
  override readonly name = "DataError";
}
