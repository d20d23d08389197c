// V8's code of TypeScript, which the build keeps in dist/: kernels take it, and do without it where V8 would not have it.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { kernelJson } from "../../setup/steps/kernelspec.mjs";

const [, ...kernelArguments] = kernelJson().argv;
const kernelFlags = kernelArguments.slice(0, -2);
const LOADER = new URL("../../dist/kernel/language/typescript.js", import.meta.url).href;

/** Loads TypeScript as kernels do. `scripts` has a word for each script that was given code; `spoil` changes the code. */
const program = (spoil: string): string => `
  import fs from "node:fs";
  import vm from "node:vm";
  import { createRequire, syncBuiltinESMExports } from "node:module";
  const scripts = [];
  const { Script } = vm;
  vm.Script = class extends Script {
    constructor(source, options) {
      const { cachedData } = options;
      if (cachedData !== undefined) { ${spoil} }
      super(source, options);
      if (cachedData !== undefined) scripts.push(this.cachedDataRejected ? "rejected" : "taken");
    }
  };
  let numReads = 0;
  const { readFileSync } = fs;
  fs.readFileSync = (path, ...options) => {
    if (String(path).endsWith("/typescript.js") && String(path).includes("node_modules")) numReads++;
    return readFileSync(path, ...options);
  };
  syncBuiltinESMExports();
  const { loadTypeScript } = await import(${JSON.stringify(LOADER)});
  const ts = await loadTypeScript();
  const require = createRequire(${JSON.stringify(LOADER)});
  const path = require.resolve("typescript");
  const { loaded, filename, id } = require.cache[path];
  let stack = "";
  try { ts.createSourceFile("a.ts", 1, 99) } catch (error) { stack = error.stack }
  console.log(JSON.stringify({
    scripts,
    numReads,
    sum: ts.transpile("1 + (1 as number)").trim(),
    isOne: require("typescript") === ts,
    module: loaded && filename === path && id === path,
    isPlaced: stack.includes(path + ":"),
  }));
`;

/** What a process with these flags of V8 says. */
async function loaded(flags: readonly string[], spoil = ""): Promise<unknown> {
  const argv = [...flags, "--input-type=module", "--eval", program(spoil)];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return JSON.parse(stdout);
}

const right = { numReads: 1, sum: "1 + 1;", isOne: true, module: true, isPlaced: true };

test.each([
  ["Jupyter's kernels", kernelFlags],
  ["kernels without flags", []],
])("%s take the code that the build has kept", async (_, flags) => {
  expect(await loaded(flags)).toEqual({ ...right, scripts: ["taken"] });
});

test("where nothing is kept for V8's flags, TypeScript is loaded as ever", async () => {
  expect(await loaded(["--max-old-space-size=1000"])).toEqual({ ...right, scripts: [] });
});

test.each([
  ["of another V8", "cachedData[4] ^= 1;"],
  ["cut off", "options.cachedData = cachedData.subarray(0, 1000);"],
])("code %s is refused, and TypeScript is loaded as ever", async (_, spoil) => {
  expect(await loaded([], spoil)).toEqual({ ...right, scripts: ["rejected"] });
});
