// .venv with JupyterLab, cmake, ninja and libtorch at pinned versions, and links to our kernelspec and extension. Made whole
// beside the one in use, and only when what it is made of has changed: versions, Python's ABI, the choice of PyTorch.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { hasNvidiaGpu } from "../needs.mjs";
import { paths } from "../paths.mjs";
import { findPython, installedTorch, MADE_OF, madeOf } from "../python.mjs";
import { linkTo, makeVenv, pipInstall, publishVenv } from "../venvs.mjs";
import { addTorch, torchFolder, torchVersion } from "./torch.mjs";

const pip = "pip==26.3";
// JupyterLab ships CommonJS scripts, which Node would take for modules by the package.json above .venv.
const packageJson = '{ "type": "commonjs" }\n';
const requirements = join(paths.setup, "requirements.txt");
let folder;

export const venv = {
  name: "venv",
  title: "Making .venv with JupyterLab, cmake, ninja and libtorch",
  after: [],
  needs: ["Python", "Python venv module"],
  inputs: () => [
    pip,
    packageJson,
    { file: requirements },
    settings(),
    torchVersion,
    paths.root, // the scripts of an environment hold its path
    JSON.stringify(ingredients()),
  ],
  isPresent: () =>
    existsSync(paths.venvPython) &&
    existsSync(join(paths.venv, "bin/jupyter-lab")) &&
    torchFolder() !== undefined,
  run: async () => {
    folder = await makeVenv(findPython().executable, { log: "venv" });
    await pipInstall(folder, ["--upgrade", pip], { log: "venv" });
    await pipInstall(folder, ["--no-deps", "-r", requirements], { log: "venv" });
    await addTorch(folder, { withCuda: ingredients().withCuda });
    addOurs();
  },
  publish: () => publishVenv(paths.venv, folder),
};

/** What of this machine is in .venv. A GPU that has gone away takes nothing from what was made for it. */
function ingredients() {
  const torch = installedTorch() ?? null;
  const withCuda = hasNvidiaGpu() || madeOf()?.withCuda === true;
  return { abi: findPython().abi, torch, withCuda };
}

function addOurs() {
  const share = join(folder, "share/jupyter");
  linkTo(paths.kernelspec, join(share, "kernels/notebooster"));
  linkTo(paths.labBuild, join(share, "labextensions/notebooster-lab"));
  const overrides = join(share, "lab/settings/overrides.json");
  mkdirSync(dirname(overrides), { recursive: true });
  writeFileSync(overrides, settings());
  writeFileSync(join(folder, "package.json"), packageJson);
  const { executable } = findPython();
  writeFileSync(join(folder, MADE_OF), JSON.stringify({ executable, ...ingredients() }));
}

/** JupyterLab's: no news, no update checks, no prompts on the first start, widgets saved with notebooks. */
function settings() {
  return JSON.stringify({
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
    // controls are there again when the notebook is opened without its kernel
    "@jupyter-widgets/jupyterlab-manager:plugin": { saveState: true },
  });
}
