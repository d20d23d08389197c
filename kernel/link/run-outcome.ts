// What the end of a cell means for the training runs and progress bars that it was at.

import type { RunOutcome } from "notebooster/host";
import type { Outcome } from "./messages.js";

/** Errors by which code ends because the person asked for it. */
const INTERRUPTS = ["InterruptedError", "TrainingInterrupted", "GenerationInterrupted"];

export function runOutcomeOf(outcome: Outcome): RunOutcome {
  if (outcome.status === "ok") return "finished";
  return INTERRUPTS.includes(outcome.error.name) ? "interrupted" : "failed";
}
