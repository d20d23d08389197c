// The TypeScript compiler, loaded once and late: it takes longer to load than the kernel to start. V8 would parse its 9 MB in each
// process and thread. So the build keeps what V8 made of them beside this file, for each set of V8's flags that kernels are started
// with (setup/keep-code.mjs). Another V8, or one with other flags or in another place, finds none of its own: TypeScript is loaded as ever.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import type * as TypeScript from "typescript";

export type Ts = typeof TypeScript;

const require = createRequire(import.meta.url);

let loading: Promise<Ts> | undefined;

/** The compiler; the first call loads it. An `import()` would first look for names in its 9 MB, for 0.8 s. */
export function loadTypeScript(): Promise<Ts> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Ts> {
  return requireTypeScript();
}

/** As `require("typescript")`. */
export function requireTypeScript(): Ts {
  const path = require.resolve("typescript");
  const code = path in require.cache ? undefined : readIfThere(codePath(path));
  if (code !== undefined) runAsModule(path, scriptOf(path, code));
  return require(path) as Ts;
}

/** Loads TypeScript, lets `use` call what is to be compiled, and keeps V8's code for the V8 that runs and its flags. */
export async function keepCode(use: () => Promise<unknown>): Promise<void> {
  const path = require.resolve("typescript");
  const script = scriptOf(path);
  runAsModule(path, script);
  await use();
  writeFileSync(codePath(path), script.createCachedData());
}

/**
 * V8 itself compares no more of the source than its length, and the code holds the file's path, for stacks. V8's tag stands for its
 * version, its flags and the processor's features.
 */
function codePath(path: string): string {
  const { version } = require("typescript/package.json") as { version: string };
  const hash = createHash("sha256").update(`${path}\n${version}\n${cachedDataVersionTag()}`);
  const name = `typescript-${hash.digest("hex").slice(0, 16)}.code`;
  return fileURLToPath(new URL(name, import.meta.url));
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined; // it only saves time
  }
}

/** A module's file as a function of what Node gives to it; V8 compiles the source where it refuses `cachedData`. */
function scriptOf(path: string, cachedData?: Buffer): Script {
  const source = Module.wrap(readFileSync(path, "utf8"));
  return new Script(source, { filename: path, ...(cachedData && { cachedData }) });
}

/** Runs the function as Node would; `require` finds the module from then on. */
function runAsModule(path: string, script: Script): void {
  const module = new Module(path);
  module.filename = path;
  require.cache[path] = module;
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  try {
    run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  } catch (error) {
    delete require.cache[path];
    throw error;
  }
  module.loaded = true;
}
