// The one error of the Hub. No message holds a token: requests are told by their host and path alone.

/** A model of the Hub that cannot be had; the message names it and says what to do. */
export class HubError extends Error {
  override readonly name = "HubError";
  /** The model, as "owner/name". */
  readonly id: string;

  constructor(problem: string, { id, cause }: { readonly id: string; readonly cause?: unknown }) {
    super(`${id}: ${problem}`, cause === undefined ? undefined : { cause });
    this.id = id;
  }
}
