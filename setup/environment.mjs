// Variables for the programs setup runs: nothing of the person's own Python or Jupyter leaks in, caches move into
// the checkout where the person's cannot be written, Jupyter keeps its state in .setup/jupyter.
import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { paths } from "./paths.mjs";

/** Variables for pip and for scripts of the .venv. */
export function pythonEnvironment() {
  const env = { PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_NO_INPUT: "1", PIP_USER: "0" };
  const isolated = {
    ...{ PYTHONNOUSERSITE: "1", PYTHONPATH: undefined, PYTHONHOME: undefined },
    PYTHONDONTWRITEBYTECODE: undefined, // what pip has not compiled would be compiled at each start
  };
  const usual = process.env.PIP_CACHE_DIR ?? join(homedir(), ".cache/pip");
  const cache = isWritable(usual) ? {} : { PIP_CACHE_DIR: join(paths.state, "pip-cache") };
  return { ...env, ...isolated, ...cache };
}

/** Variables for npm. */
export function npmEnvironment() {
  const usual = process.env.npm_config_cache ?? join(homedir(), ".npm");
  return isWritable(usual) ? {} : { npm_config_cache: join(paths.state, "npm-cache") };
}

/** Variables for Jupyter: our configuration and kernel, and nobody's files but ours. */
export function jupyterEnvironment() {
  const inState = (name) => join(paths.jupyter, name);
  return {
    ...pythonEnvironment(),
    JUPYTER_CONFIG_PATH: join(paths.setup, "jupyter"),
    JUPYTER_CONFIG_DIR: inState("config"),
    JUPYTER_DATA_DIR: inState("data"),
    JUPYTER_RUNTIME_DIR: inState("runtime"),
    JUPYTERLAB_SETTINGS_DIR: inState("lab/user-settings"),
    JUPYTERLAB_WORKSPACES_DIR: inState("lab/workspaces"),
    JUPYTER_PREFER_ENV_PATH: "1",
    IPYTHONDIR: inState("ipython"),
    NOTEBOOSTER_HISTORY: inState("history"),
  };
}

/** Whether the folder can be written, or made where it is missing. */
function isWritable(folder) {
  if (!existsSync(folder)) return dirname(folder) !== folder && isWritable(dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    // Any refusal (read-only, another owner) means the same here.
    return false;
  }
}
