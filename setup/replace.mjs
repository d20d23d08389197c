// Steps build aside, in a staging folder, and put what is whole in the place of what was there by renaming it. A setup that
// is killed between two renames leaves the old output in .setup/replaced, from where the next setup takes it back.
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { paths } from "./paths.mjs";

const remove = (path) => rmSync(path, { recursive: true, force: true });
const placeOf = (target) => join(paths.replaced, relative(paths.root, target).replaceAll("/", "+"));

/** An empty folder for what a step builds. */
export function stagingFolder(name) {
  const folder = join(paths.staging, name);
  remove(folder);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Puts the file, folder or link `staged` in the place of `target`. */
export function replace(target, staged) {
  const old = placeOf(target);
  remove(old);
  mkdirSync(paths.replaced, { recursive: true });
  mkdirSync(dirname(target), { recursive: true });
  if (isFolder(target)) renameSync(target, old); // a link or a file is replaced by the next line alone
  renameSync(staged, target);
  remove(old);
}

/** Takes back what a killed setup had moved away without putting anything in its place. */
export function restoreReplaced() {
  if (!existsSync(paths.replaced)) return;
  for (const name of readdirSync(paths.replaced)) {
    const target = join(paths.root, name.replaceAll("+", "/"));
    const old = join(paths.replaced, name);
    if (existsSync(target)) remove(old);
    else renameSync(old, target);
  }
}

/** Removes what was built aside and not published. */
export function removeStaged() {
  remove(paths.staging);
  remove(paths.stagedDist);
}

function isFolder(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
