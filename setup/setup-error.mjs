// A problem the person can mend: the sentence says what is wrong and what to do. Shown without a stack trace.
export class SetupError extends Error {
  name = "SetupError";
  exitCode = 1;
}

/** Runs a program's main function; a SetupError becomes one message and an exit code. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
