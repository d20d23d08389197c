// `notebooster bench NAME` runs test/bench/NAME.bench.mjs; each prints JSON lines, one measurement a line.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { jupyterEnvironment } from "./environment.mjs";
import { paths } from "./paths.mjs";
import { runSetup, testSteps } from "./setup.mjs";
import { SetupError } from "./setup-error.mjs";

const folder = join(paths.root, "test/bench");
const ending = ".bench.mjs";

/** Runs a benchmark by name; the Python it is compared with is .venv's, or the bundle's host's. */
export async function bench([name, ...args]) {
  const names = readdirSync(folder).filter((file) => file.endsWith(ending));
  const program = join(folder, `${name}${ending}`);
  if (name === undefined || !existsSync(program)) {
    const known = names.map((file) => file.slice(0, -ending.length)).join(", ");
    throw new SetupError(
      `There is no benchmark ${name ?? "without a name"}: choose one of ${known}`,
    );
  }
  if (!isBundle()) await runSetup(testSteps);
  return runProgram([program, ...args]);
}

/** Runs a Node program with this Node; resolves to its exit code. */
export function runProgram([program, ...args]) {
  if (program === undefined)
    throw new SetupError("exec needs a program: notebooster exec FILE.mjs");
  const flags = [
    "--expose-gc",
    "--import",
    pathToFileURL(join(paths.setup, "resolve-package.mjs")).href,
  ];
  const child = spawn(process.execPath, [...flags, program, ...args], {
    stdio: "inherit",
    env: { ...process.env, ...(isBundle() ? {} : jupyterEnvironment()) },
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => undefined);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function isBundle() {
  return existsSync(paths.bundleMarker);
}
