// What was found out about a model at one step of its training, and the file that keeps it.
import { type Check, kind } from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { replaceFile } from "../checkpoint/durable-files.js";
import { isThere, readPlainFile } from "../files/plain-file.js";
import type { Sample } from "../generate/sample.js";

/** What was found at one step. */
export interface Evaluation {
  /** Optimizer steps done. */
  readonly step: number;
  /** Mean over the tokens of held-out rows. */
  readonly heldOutLoss: number;
  /** What the model said. */
  readonly samples: readonly Sample[];
}

export const anEvaluation: Check<Evaluation> = kind(
  "an evaluation, { step, heldOutLoss, samples }",
  (value) => {
    const { step, heldOutLoss, samples } = Object(value) as Partial<Evaluation>;
    return Number.isSafeInteger(step) && typeof heldOutLoss === "number" && Array.isArray(samples);
  },
);

const LIMITS = { maxBytes: 256_000_000, problem: checkpointProblem };

/** Replaces the file in one step. */
export function writeEvaluations(path: string, evaluations: readonly Evaluation[]): void {
  const content = `${JSON.stringify(evaluations, null, 1)}\n`;
  replaceFile(path, (into) => into.write(Buffer.from(content)));
}

/**
 * None where there is no file.
 * @throws CheckpointError for a file of something else
 */
export function readEvaluations(path: string): Evaluation[] {
  if (!isThere(path)) return [];
  const text = Buffer.from(readPlainFile(path, LIMITS)).toString();
  const list = parsed(text, path);
  if (Array.isArray(list)) {
    const evaluations = list.map((one) => ({
      ...one,
      heldOutLoss: one?.heldOutLoss ?? Number.NaN,
    })); // JSON has no NaN
    if (evaluations.every((one) => anEvaluation.accepts(one))) return evaluations;
  }
  throw new CheckpointError("is no list of evaluations; remove it to go on without them", { path });
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CheckpointError("is not JSON; remove it to go on without the evaluations", {
      path,
      cause,
    });
  }
}
