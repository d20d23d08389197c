// On the host of a bundle: finds PyTorch, cmake, ninja and a compiler there and builds the addon. Uses no network.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { findCompiler, findOnPath } from "./needs.mjs";
import { paths } from "./paths.mjs";
import { withProgress } from "./progress.mjs";
import { findPython, installedTorch } from "./python.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { SetupError } from "./setup-error.mjs";
import { buildAddon } from "./steps/addon.mjs";

/** What a bundle needs of its host, in the form of setup/needs.mjs. */
export const hostNeeds = [
  {
    name: "PyTorch",
    required: "2.11 to 2.14",
    find: () => ({ found: findPython().torch?.version, isMet: installedTorch() !== undefined }),
    mend: "set NOTEBOOSTER_PYTHON to the python3 that has PyTorch",
  },
  {
    name: "C++ compiler",
    required: "g++ >= 11 or clang++ >= 14",
    find: () => ({ found: findCompiler()?.text, isMet: findCompiler()?.isNewEnough === true }),
    mend: "install g++",
  },
  tool("cmake"),
  tool("ninja"),
];

/** Builds the addon of an unpacked bundle; returns the exit code. */
export async function fromBundle() {
  for (const need of hostNeeds) {
    const { found, isMet } = need.find();
    if (!isMet)
      throw new SetupError(`${need.name} ${need.required}: found ${found ?? "none"}; ${need.mend}`);
  }
  const { version, folder } = installedTorch();
  const title = `Building the native addon against PyTorch ${version}`;
  await withProgress(title, () => buildAddon({ bin: pythonBin(), torch: folder }));
  console.log(
    `Ready: ${join(paths.root, "notebooster")} run notebooks/01-fine-tune.ipynb -o out.ipynb`,
  );
  return 0;
}

// pip puts cmake and ninja beside python3, which need not be on the PATH.
function tool(name) {
  return {
    name,
    required: "any",
    find: () => {
      const beside = join(pythonBin(), name);
      const found = existsSync(beside) ? beside : findOnPath(name);
      return { found, isMet: found !== undefined };
    },
    mend: `pip install ${name}`,
  };
}

function pythonBin() {
  return dirname(findPython().program ?? "/usr/bin/python3");
}

const usage = `usage: setup/from-bundle

Builds the native addon of an unpacked bundle against this host's PyTorch. Takes no arguments; NOTEBOOSTER_PYTHON names the
python3 that has PyTorch.`;

await runAsProgram(import.meta.url, { usage, takesArguments: false }, fromBundle);
