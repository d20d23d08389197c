// The JupyterLab extension (kernel/lab), built with esbuild into dist/lab, to which .venv has a link.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runLogged } from "../command.mjs";
import { treeHash } from "../fingerprint.mjs";
import { paths } from "../paths.mjs";
import { replace, stagingFolder } from "../replace.mjs";
import { installedPackages } from "./node-packages.mjs";

const sources = join(paths.root, "kernel/lab");
let folder;

export const labExtension = {
  name: "lab-extension",
  title: "Building the JupyterLab extension",
  after: ["typescript"],
  inputs: () => [
    { file: installedPackages },
    treeHash(sources),
    treeHash(join(paths.root, "src/report")), // bundled into the extension,
    treeHash(join(paths.root, "src/host")), // with what it imports
    { file: fileURLToPath(import.meta.url) },
  ],
  isPresent: () => existsSync(join(paths.labBuild, "package.json")),
  run: () => {
    folder = stagingFolder("lab");
    return runLogged([process.execPath, join(sources, "build.mjs"), folder], {
      log: "lab-extension",
      advice: "See the message above.",
    });
  },
  publish: () => replace(paths.labBuild, folder),
};
