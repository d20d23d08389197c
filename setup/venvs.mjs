// Virtual environments hold their own path in many files, so they are never moved: each is made in a folder of its own,
// .setup/venvs/ID, and a link (.venv) names the one in use. Publishing another is one rename. Old ones are removed when no
// process has their files open.
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { runLogged } from "./command.mjs";
import { pythonEnvironment } from "./environment.mjs";
import { paths } from "./paths.mjs";
import { replace, stagingFolder } from "./replace.mjs";

const links = [paths.venv, paths.testVenv];

/** Makes a virtual environment by `python`, which no link names yet; returns its folder. */
export async function makeVenv(python, { log, options = [] }) {
  const folder = join(paths.venvs, randomBytes(4).toString("hex"));
  mkdirSync(paths.venvs, { recursive: true });
  await runLogged([python, "-m", "venv", ...options, folder], {
    log,
    advice:
      "Install Python's venv module (apt-get install -y python3-venv), then run the same command again.",
    env: pythonEnvironment(),
  });
  return folder;
}

/**
 * `pip install` into the environment in `folder`, by the pip of the environment in `by`; `index` names what pip must be
 * able to reach. Without `compiles` a module becomes bytecode when it is first imported.
 */
export function pipInstall(folder, args, options) {
  const { log, index = "its package index", by = folder, compiles = true } = options;
  const pip = [join(by, "bin/python"), "-m", "pip", "--python", join(folder, "bin/python")];
  const install = ["install", ...(compiles ? [] : ["--no-compile"])];
  return runLogged([...pip, ...install, ...args], {
    log,
    advice: `Check that pip can reach ${index}, then run the same command again.`,
    env: { ...pythonEnvironment(), TMPDIR: stagingFolder("pip") },
  });
}

/** Makes `link` name the environment in `folder`. */
export function publishVenv(link, folder) {
  const staged = join(stagingFolder("link"), "venv");
  linkTo(folder, staged, link);
  replace(link, staged);
}

/** Writes at `file` a relative link to `target`, right for the place `finally`. */
export function linkTo(target, file, finalPlace = file) {
  mkdirSync(dirname(file), { recursive: true });
  symlinkSync(relative(dirname(finalPlace), target), file);
}

/** Removes the environments that no link names and no process uses. */
export function removeOldVenvs() {
  if (!existsSync(paths.venvs)) return;
  const named = links.filter((link) => existsSync(link)).map((link) => realpathSync(link));
  for (const name of readdirSync(paths.venvs)) {
    const folder = join(realpathSync(paths.venvs), name);
    if (!named.includes(folder) && !isInUse(folder))
      rmSync(folder, { recursive: true, force: true });
  }
}

/** The folder of the packages of the environment in `folder`, or undefined. */
export function sitePackages(folder) {
  const lib = join(folder, "lib");
  const names = existsSync(lib) ? readdirSync(lib) : [];
  const python = names.find((name) => name.startsWith("python3"));
  return python === undefined ? undefined : join(lib, python, "site-packages");
}

function isInUse(folder) {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.some((pid) => mapsOf(pid).includes(`${folder}/`));
}

function mapsOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/maps`, "utf8");
  } catch {
    return ""; // it has ended, or is somebody else's
  }
}
