// What an interrupted cell says once all its ranks have ended: that nothing is lost, and what is not as the last whole step
// had left it.

import type { ErrorReport, Outcome } from "../link/messages.js";

/** Thrown for a cell that was interrupted while it was compiled or waited for its ranks. */
export class InterruptedBefore extends Error {
  override readonly name = "InterruptedError";

  constructor() {
    super("the cell was interrupted before it began; variables are intact");
  }
}

/** `outcomes` of all ranks of the cell, of which one or more were interrupted. */
export function describeInterrupt(
  error: ErrorReport,
  outcomes: ReadonlyMap<number, Outcome>,
): ErrorReport {
  const where = outcomes.size === 1 ? "" : ` on all ${outcomes.size} ranks of the cell`;
  const ranksByNote = new Map<string, number[]>();
  for (const [rank, outcome] of [...outcomes].sort(([a], [b]) => a - b)) {
    const notes = outcome.status === "error" ? (outcome.error.notes ?? []) : [];
    for (const note of notes) ranksByNote.set(note, [...(ranksByNote.get(note) ?? []), rank]);
  }
  const notes = [...ranksByNote].map(([note, ranks]) =>
    outcomes.size === 1 ? note : `rank ${ranks.join(", ")}: ${note}`,
  );
  return {
    ...error,
    message: [`${error.message}; variables are intact${where}`, ...notes].join("; "),
  };
}
