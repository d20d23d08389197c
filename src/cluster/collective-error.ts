// A collective that did not complete, and the ranks that it lacked.
import { native } from "../native/native.js";
import type { GroupRef } from "../native/process-groups.js";

/** A rank did not enter a collective in time, has ended, or the group was aborted. The group cannot be used any more. */
export class CollectiveError extends Error {
  override readonly name = "CollectiveError";
  readonly code = "ERR_COLLECTIVE";
  /** Global ranks that had not entered it, as far as they are known. */
  readonly missingRanks: readonly number[];

  constructor(message: string, options: ErrorOptions & { missingRanks?: readonly number[] }) {
    super(message, options);
    this.missingRanks = options.missingRanks ?? [];
  }
}

// Between GPUs a collective fails after the call that began it has returned: whoever reads a value next is told.
native.onFailedCollective(
  (message, missingRanks) => new CollectiveError(message, { missingRanks }),
);
process.once("exit", () => native.leaveFailedGroups());

/** Runs a call to the addon; a failed collective becomes a CollectiveError. */
export function withRanks<T>(group: GroupRef, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    if (!(cause instanceof Error) || (cause as NodeJS.ErrnoException).code !== "ERR_COLLECTIVE")
      throw cause;
    throw new CollectiveError(cause.message, { cause, missingRanks: native.missingRanks(group) });
  }
}
