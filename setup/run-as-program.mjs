// Lets a file be both a module and a program: its main function runs only when Node was started with that file.
import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SetupError } from "./setup-error.mjs";

/**
 * Runs `main(args)` when `url` is the program; its result is the exit code, a SetupError one message and exit code 1.
 * `usage` is what --help prints; without it main answers --help itself. `takesArguments: false` refuses all others.
 * @param {string} url
 * @param {{ usage?: string, takesArguments?: boolean }} options
 * @param {(args: string[]) => any} main
 */
export async function runAsProgram(url, { usage, takesArguments = true }, main) {
  const program = process.argv[1];
  if (program === undefined || realpathSync(program) !== fileURLToPath(url)) return;
  const args = process.argv.slice(2);
  try {
    if (usage !== undefined && (args[0] === "--help" || args[0] === "-h")) console.log(usage);
    else if (!takesArguments && args.length > 0)
      throw new SetupError(`There is no argument ${args[0]}\n\n${usage}`);
    else process.exitCode = (await main(args)) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
