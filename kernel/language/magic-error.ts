/** A magic that was not understood, or failed; the message says what is. */
export class MagicError extends Error {
  override readonly name = "MagicError";
}
