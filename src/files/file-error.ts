// How a reader of files says what is wrong: each kind of file has an error class of its own, which its reader is given.

/**
 * Makes the error for a file: `(problem, at) => new CheckpointError(problem, at)`.
 * @param problem follows the path: "is a folder; give the path of a file"
 */
export type FileProblem = (
  problem: string,
  at: { readonly path: string; readonly cause?: unknown },
) => Error;

/** For files that have no error class of their own. */
export const fileProblem: FileProblem = (problem, { path, cause }) =>
  new Error(`${path}: ${problem}`, { cause });
