// How a reader of files says what is wrong: each kind of file has an error class of its own, which its reader is given.

/** A file or folder that cannot be used as asked; the message begins with its path and says what to do. */
export class FileError extends Error {
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

/**
 * Makes the error for a file: `(problem, at) => new CheckpointError(problem, at)`.
 * @param problem follows the path: "is a folder; give the path of a file"
 */
export type FileProblem = (
  problem: string,
  at: { readonly path: string; readonly cause?: unknown },
) => Error;

/** For files that have no error class of their own. */
export const fileProblem: FileProblem = (problem, at) => new FileError(problem, at);
