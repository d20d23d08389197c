// A collective that did not complete, and the ranks that it lacked.

import { currentHost } from "../host/index.js";
import { native } from "../native/native.js";
import type { GroupRef } from "../native/process-groups.js";

/**
 * Ranks made different calls, a rank did not enter a collective in time, has failed or ended, or the group was aborted. The
 * group is of no more use in this cell; the next one connects it anew.
 */
export class CollectiveError extends Error {
  override readonly name = "CollectiveError";
  /** Tells it from other errors, whatever the realm. */
  readonly code = "ERR_COLLECTIVE";
  /** Global ranks that had not entered it, as far as they are known. */
  readonly missingRanks: readonly number[];

  constructor(message: string, options: ErrorOptions & { missingRanks?: readonly number[] }) {
    super(message, options);
    this.missingRanks = options.missingRanks ?? [];
  }
}

/** Code of the addon's error when another rank's failure ended the connections. */
const GIVEN_UP = "ERR_GIVEN_UP";

// Between GPUs a collective fails after the call that began it has returned: whoever reads a value next is told.
native.onFailedCollective((message, missingRanks) => {
  currentHost()?.noteFailedCollective?.();
  return new CollectiveError(message, { missingRanks });
});
process.once("exit", () => native.leaveGroups());

/** Runs a call to the addon; a failed collective becomes a CollectiveError. */
export function withRanks<T>(group: GroupRef, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (!(cause instanceof Error) || (code !== "ERR_COLLECTIVE" && code !== GIVEN_UP)) throw cause;
    currentHost()?.noteFailedCollective?.();
    throw new CollectiveError(cause.message, { cause, missingRanks: native.missingRanks(group) });
  }
}
