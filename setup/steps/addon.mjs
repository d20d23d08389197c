// The native addon: cmake and ninja of .venv build native/ against libtorch. ninja rebuilds only what changed, and the build
// itself puts the linked addon into its place by a rename.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runLogged } from "../command.mjs";
import { pythonEnvironment } from "../environment.mjs";
import { treeHash } from "../fingerprint.mjs";
import { paths } from "../paths.mjs";
import { readTorchVersion, torchFolder } from "./torch.mjs";

const headers = join(paths.nodeModules, "node-api-headers");
const cppHeaders = join(paths.nodeModules, "node-addon-api");

export const addon = {
  name: "addon",
  title: "Building the native addon (C++, a minute or two the first time)",
  needs: ["C++ compiler"],
  inputs: () => [
    treeHash(paths.native),
    String(torchFolder()),
    readTorchVersion(torchFolder()),
    { file: join(headers, "package.json") },
    { file: join(cppHeaders, "package.json") },
  ],
  isPresent: () => existsSync(paths.addon),
  run: () => buildAddon({ bin: join(paths.venv, "bin"), torch: torchFolder() }),
};

/** Configures and builds; `bin` is the folder of cmake and ninja, `torch` that of the PyTorch package. */
export async function buildAddon({ bin, torch }) {
  const advice = "See the compiler's message above; `node setup/doctor.mjs` checks the tools.";
  const env = { ...pythonEnvironment(), PATH: `${bin}${delimiter}${process.env.PATH}` };
  const options = { log: "addon", advice, env };
  forgetMovedBuild();
  await runLogged(["cmake", ...configureArguments(torch)], options);
  await runLogged(["cmake", "--build", paths.addonBuild], options);
}

// CMake refuses what it configured for another folder: the checkout has been moved.
function forgetMovedBuild() {
  const cache = join(paths.addonBuild, "CMakeCache.txt");
  if (!existsSync(cache)) return;
  const line = `CMAKE_HOME_DIRECTORY:INTERNAL=${paths.native}\n`;
  if (!readFileSync(cache, "utf8").includes(line)) rmSync(cache);
}

function configureArguments(torch) {
  const definitions = {
    CMAKE_BUILD_TYPE: "Release",
    TORCH_DIR: torch,
    NODE_API_HEADERS: join(headers, "include"),
    NODE_ADDON_API: cppHeaders,
  };
  const flags = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  return ["-S", paths.native, "-B", paths.addonBuild, "-G", "Ninja", ...flags];
}
