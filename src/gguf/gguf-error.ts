// The error of GGUF files.
import type { FileProblem } from "../files/file-error.js";

/** A GGUF file that cannot be read as asked; the message names it and says what to do. */
export class GgufError extends Error {
  override readonly name = "GgufError";
  /** The file at fault. */
  readonly path: string;

  constructor(
    problem: string,
    { path, cause }: { readonly path: string; readonly cause?: unknown },
  ) {
    super(`${path}: ${problem}`, cause === undefined ? undefined : { cause });
    this.path = path;
  }
}

export const ggufProblem: FileProblem = (problem, at) => new GgufError(problem, at);
