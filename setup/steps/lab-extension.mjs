// The JupyterLab extension (kernel/lab), built with esbuild and copied where JupyterLab looks for extensions,
// and JupyterLab's settings: no news, no update checks, no prompts on the first start, widgets saved with notebooks.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runLogged } from "../command.mjs";
import { treeListing } from "../fingerprint.mjs";
import { paths } from "../paths.mjs";

const sources = join(paths.root, "kernel/lab");
const overrides = join(paths.venv, "share/jupyter/lab/settings/overrides.json");

export const labExtension = {
  name: "lab-extension",
  title: "Building the JupyterLab extension",
  after: ["node-packages", "venv"],
  inputs: () => [
    treeListing(sources),
    treeListing(join(paths.root, "src/report")), // bundled into the extension
    { file: fileURLToPath(import.meta.url) },
  ],
  isPresent: () => existsSync(join(paths.labExtension, "package.json")) && existsSync(overrides),
  run: async () => {
    await runLogged([process.execPath, join(sources, "build.mjs")], {
      log: "lab-extension",
      advice: "See the message above.",
    });
    rmSync(paths.labExtension, { recursive: true, force: true });
    cpSync(paths.labBuild, paths.labExtension, { recursive: true });
    writeSettings();
  },
};

function writeSettings() {
  const settings = {
    "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
    // controls are there again when the notebook is opened without its kernel
    "@jupyter-widgets/jupyterlab-manager:plugin": { saveState: true },
  };
  mkdirSync(dirname(overrides), { recursive: true });
  writeFileSync(overrides, JSON.stringify(settings));
}
