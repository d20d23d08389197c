/** A mistake in how a command was called: its message is all the person needs to see. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
