// The one error type of files on disk: weights, indexes, checkpoint directories.
import type { FileProblem } from "../files/file-error.js";

/** A file or folder that cannot be read or written as asked; the message names it and says what to do. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
  /** The file or folder at fault. */
  readonly path: string;

  constructor(
    problem: string,
    { path, cause }: { readonly path: string; readonly cause?: unknown },
  ) {
    super(`${path}: ${problem}`, cause === undefined ? undefined : { cause });
    this.path = path;
  }
}

/** For the readers of src/files. */
export const checkpointProblem: FileProblem = (problem, at) => new CheckpointError(problem, at);

/** What `body` reads; undefined where that is damaged or gone. */
export function unlessDamaged<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}
