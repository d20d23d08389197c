// The one error type of files on disk: weights, indexes, checkpoint directories.
import { FileError, type FileProblem } from "../files/file-error.js";
import { explainWriteFailure } from "../files/write-problem.js";

/** A file or folder that cannot be read or written as asked; the message names it and says what to do. */
export class CheckpointError extends FileError {
  override readonly name = "CheckpointError";
}

/** For the readers of src/files. */
export const checkpointProblem: FileProblem = (problem, at) => new CheckpointError(problem, at);

/** A folder with a temporary name, and where it will stand. */
interface Filling {
  readonly folder: string;
  readonly target: string;
}

/**
 * Runs `body`, which writes into a folder that is not in place yet.
 * @throws CheckpointError that names the place and its files as they will be, for what is refused in the folder
 */
export function filling<T>(place: Filling, body: () => T): T {
  try {
    return body();
  } catch (error) {
    throw fillingProblem(place, error);
  }
}

/** The error of `filling`. */
export function fillingProblem({ folder, target }: Filling, error: unknown): unknown {
  const problem = explainWriteFailure(target, error, checkpointProblem);
  if (!(problem instanceof CheckpointError) || !problem.path.startsWith(folder)) return problem;
  const { message, path, cause } = problem;
  const said = message.slice(`${path}: `.length).replaceAll(folder, target);
  return new CheckpointError(said, { path: path.replace(folder, target), cause });
}

/** What `body` reads; undefined where that is damaged or gone. */
export function unlessDamaged<T>(body: () => T): T | undefined {
  try {
    return body();
  } catch (error) {
    if (error instanceof CheckpointError) return undefined;
    throw error;
  }
}
