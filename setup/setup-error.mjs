// A problem the person can mend: the sentence says what is wrong and what to do. Shown without a stack trace.
export class SetupError extends Error {
  name = "SetupError";
  exitCode = 1;
}
