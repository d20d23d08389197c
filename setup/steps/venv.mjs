// .venv with JupyterLab, cmake and ninja at pinned versions. Always made anew: a half-installed one is never mended.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runLogged } from "../command.mjs";
import { pythonEnvironment } from "../environment.mjs";
import { paths } from "../paths.mjs";
import { findPython } from "../python.mjs";

const pip = "pip==26.3";
// JupyterLab ships CommonJS scripts, which Node would take for modules by the package.json above .venv.
const packageJson = '{ "type": "commonjs" }\n';
const requirements = join(paths.setup, "requirements.txt");

export const venv = {
  name: "venv",
  title: "Making .venv with JupyterLab, cmake and ninja",
  inputs: () => [
    pip,
    packageJson,
    { file: requirements },
    findPython().executable,
    findPython().version,
  ],
  isPresent: () => existsSync(paths.venvPython) && existsSync(join(paths.venv, "bin/jupyter-lab")),
  run: async () => {
    rmSync(paths.venv, { recursive: true, force: true });
    await runLogged([findPython().executable, "-m", "venv", paths.venv], {
      log: "venv",
      advice:
        "Install Python's venv module (apt-get install -y python3-venv), then run the same command again.",
      env: pythonEnvironment(),
    });
    await pipInstall("venv", ["--upgrade", pip]);
    await pipInstall("venv", ["--no-deps", "-r", requirements]);
    writeFileSync(join(paths.venv, "package.json"), packageJson);
  },
};

/** `pip install` inside .venv; `index` names what pip must be able to reach. */
export function pipInstall(log, args, index = "its package index") {
  return runLogged([paths.venvPython, "-m", "pip", "install", ...args], {
    log,
    advice: `Check that pip can reach ${index}, then run the same command again.`,
    env: pythonEnvironment(),
  });
}
