// Keeps what V8 makes of TypeScript beside the module in dist/ that loads it, so that kernels need not parse it. V8 takes no code
// that was made with other flags than it runs with, so this program is run once for each set of them.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runAsProgram } from "./run-as-program.mjs";

const usage = `usage: node [FLAGS] setup/keep-code.mjs FOLDER

Writes V8's code of TypeScript for kernels with these flags into FOLDER, which is a dist/.`;

await runAsProgram(import.meta.url, { usage }, async ([output]) => {
  const language = (name) =>
    import(pathToFileURL(join(resolve(output), "kernel/language", name)).href);
  const [{ keepCode }, { warmUpCompiler }] = await Promise.all([
    language("typescript.js"),
    language("compile.js"),
  ]);
  await keepCode(warmUpCompiler);
});
