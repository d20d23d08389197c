// node_modules exactly as package-lock.json says. npm writes node_modules/.package-lock.json when it is done, so
// that file, not a stamp, says whether the packages are there (also after a developer's own `npm install`).
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runLogged } from "../command.mjs";
import { npmEnvironment } from "../environment.mjs";
import { paths } from "../paths.mjs";
import { replace, stagingFolder } from "../replace.mjs";

let folder;

/** Says which packages are installed: the input of steps that use them. */
export const installedPackages = join(paths.nodeModules, ".package-lock.json");

export const nodePackages = {
  name: "node-packages",
  title: "Installing npm packages",
  inputs: () => [{ file: join(paths.root, "package-lock.json") }],
  isPresent: isInstalled,
  adopts: true,
  run: () => {
    folder = stagingFolder("npm");
    for (const name of ["package.json", "package-lock.json"])
      copyFileSync(join(paths.root, name), join(folder, name));
    const options = ["--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
    return runLogged([...npm(), "ci", "--prefix", folder, ...options], {
      log: "node-packages",
      advice: "Check that npm can reach its registry, then run the same command again.",
      env: npmEnvironment(),
      cwd: folder,
    });
  },
  publish: () => replace(paths.nodeModules, join(folder, "node_modules")),
};

function isInstalled() {
  const installed = packagesOf(installedPackages);
  const wanted = packagesOf(join(paths.root, "package-lock.json"));
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === "" || optional === true) return true;
    return installed[path]?.version === version && existsSync(join(paths.root, path));
  });
}

function packagesOf(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, "utf8")).packages : {};
}

function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith("npm-cli.js") ? [process.execPath, script] : ["npm"];
}
