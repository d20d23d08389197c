// node_modules exactly as package-lock.json says. npm writes node_modules/.package-lock.json when it is done, so
// that file, not a stamp, says whether the packages are there (also after a developer's own `npm install`).
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runLogged } from "../command.mjs";
import { npmEnvironment } from "../environment.mjs";
import { paths } from "../paths.mjs";

export const nodePackages = {
  name: "node-packages",
  title: "Installing npm packages",
  inputs: () => [{ file: join(paths.root, "package-lock.json") }],
  isPresent: isInstalled,
  adopts: true,
  run: () =>
    runLogged([...npm(), "ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"], {
      log: "node-packages",
      advice: "Check that npm can reach its registry, then run the same command again.",
      env: npmEnvironment(),
    }),
};

function isInstalled() {
  const installed = packagesOf(join(paths.nodeModules, ".package-lock.json"));
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
