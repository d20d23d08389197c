// The one error type of texts, datasets and loaders.
import type { FileProblem } from "../files/file-error.js";

/** Data that cannot be used as asked; the message says what was given, with the numbers, and what to do. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** What readers of files throw. */
export const dataProblem: FileProblem = (problem, { path, cause }) =>
  new DataError(`${path}: ${problem}`, { cause });
