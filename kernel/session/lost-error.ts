// The error of a cell whose workers are gone, and what to do about it.

import type { ErrorReport } from "../link/messages.js";

/** `name` is the error's, `reason` a sentence. */
export function lostError(name: string, reason: string, numRanks: number): ErrorReport {
  const remedy = `run %cluster ${numRanks} to start again; variables are gone`;
  return { name, message: `${reason}; ${remedy}`, stack: "" };
}
