// Lets a file be both a module and a program: its main function runs only when Node was started with that file.
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SetupError } from "./setup-error.mjs";

/** Runs `main(args)` when `url` is the program; its result is the exit code, a SetupError one message and exit code 1. */
export async function runAsProgram(url, main) {
  const program = process.argv[1];
  if (program === undefined || realpathSync(program) !== fileURLToPath(url)) return;
  try {
    process.exitCode = (await main(process.argv.slice(2))) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
