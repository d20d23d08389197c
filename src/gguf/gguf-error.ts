// The error of GGUF files.
import { FileError, type FileProblem } from "../files/file-error.js";

/** A GGUF file that cannot be read as asked; the message names it and says what to do. */
export class GgufError extends FileError {
  override readonly name = "GgufError";
}

export const ggufProblem: FileProblem = (problem, at) => new GgufError(problem, at);
