// The native addon: cmake and ninja of .venv build native/ against libtorch. ninja rebuilds only what changed.
import { existsSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runLogged } from "../command.mjs";
import { pythonEnvironment } from "../environment.mjs";
import { treeListing } from "../fingerprint.mjs";
import { findCompiler } from "../needs.mjs";
import { paths } from "../paths.mjs";
import { torchFolder } from "./torch.mjs";

const venvBin = join(paths.venv, "bin");

export const addon = {
  name: "addon",
  title: "Building the native addon (C++, a minute or two the first time)",
  after: ["node-packages", "torch"],
  inputs: () => [treeListing(paths.native), String(torchFolder()), findCompiler()?.text ?? ""],
  isPresent: () => existsSync(paths.addon),
  clean: () => rmSync(join(paths.addonBuild, "CMakeCache.txt"), { force: true }),
  run: () => buildAddon({ bin: venvBin, torch: torchFolder() }),
};

/** Configures and builds; `bin` is the folder of cmake and ninja, `torch` that of the PyTorch package. */
export async function buildAddon({ bin, torch }) {
  const advice = "See the compiler's message above; `node setup/doctor.mjs` checks the tools.";
  const env = { ...pythonEnvironment(), PATH: `${bin}${delimiter}${process.env.PATH}` };
  const options = { log: "addon", advice, env };
  await runLogged(["cmake", ...configureArguments(torch)], options);
  await runLogged(["cmake", "--build", paths.addonBuild], options);
}

function configureArguments(torch) {
  const definitions = {
    CMAKE_BUILD_TYPE: "Release",
    TORCH_DIR: torch,
    NODE_API_HEADERS: join(paths.nodeModules, "node-api-headers/include"),
  };
  const flags = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  return ["-S", paths.native, "-B", paths.addonBuild, "-G", "Ninja", ...flags];
}
