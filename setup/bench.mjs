// `notebooster bench NAME` runs test/bench/NAME.bench.mjs; each prints JSON lines, one measurement a line.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { jupyterEnvironment } from "./environment.mjs";
import { paths } from "./paths.mjs";

const folder = join(paths.root, "test/bench");
const ending = ".bench.mjs";

/** What can be measured. */
export function benchmarkNames() {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(ending));
  return files.map((file) => file.slice(0, -ending.length));
}

/** Runs a benchmark by name; the Python it is compared with is the tests', or the bundle's host's. */
export function bench(name, args) {
  return runProgram([join(folder, `${name}${ending}`), ...args]);
}

/** Runs a Node program with this Node; resolves to its exit code. */
export function runProgram([program, ...args]) {
  const flags = [
    "--expose-gc",
    "--import",
    pathToFileURL(join(paths.setup, "resolve-package.mjs")).href,
  ];
  const child = spawn(process.execPath, [...flags, program, ...args], {
    stdio: "inherit",
    env: { ...process.env, ...(isBundle() ? {} : { ...jupyterEnvironment(), ...kernelspecs() }) },
  });
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => undefined);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** Where the Python of the peers, which is not the product's, finds the product's kernels. */
function kernelspecs() {
  return { JUPYTER_PATH: join(paths.venv, "share/jupyter") };
}

function isBundle() {
  return existsSync(paths.bundleMarker);
}
