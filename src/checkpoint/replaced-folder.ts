// What stands where a directory is to be written: whether it may be replaced, and what of it goes along.
import fs from "node:fs";
import path from "node:path";
import { makeFolder } from "../files/folder.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import {
  type DirectoryKind,
  directoryKind,
  filesIn,
  MANIFEST_FILE,
  manifestFiles,
} from "./manifest.js";

const WORDS: Record<DirectoryKind, string> = {
  model: "a model",
  optimizer: "the state of an optimizer",
  checkpoint: "a checkpoint of a training",
};

/**
 * Whether a folder with something in it stands at `target`.
 * @throws CheckpointError when it may not be replaced: others made it, or it holds something else than is to be written
 */
export function requireReplaceable(target: string, kind: DirectoryKind): boolean {
  const stats = fs.lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (!stats.isDirectory())
    throw new CheckpointError("is a file; give the path of a folder to write", { path: target });
  if (fs.readdirSync(target).length === 0) return false;
  if (!fs.existsSync(path.join(target, MANIFEST_FILE)))
    throw new CheckpointError(
      "is a folder with files not saved by Notebooster, which saving here would remove; save to another folder",
      { path: target },
    );
  const found = directoryKind(target) ?? kind;
  if (found !== kind)
    throw new CheckpointError(
      `holds ${WORDS[found]}, which saving ${WORDS[kind]} here would remove; save to another folder`,
      { path: target },
    );
  return true;
}

/** Links (or copies) the regular files and links that are in `from` but neither in its manifest nor in `to`. */
export function carryOver(from: string, to: string): void {
  if (!fs.existsSync(path.join(from, MANIFEST_FILE))) return;
  const replaced = new Set([MANIFEST_FILE, ...manifestFiles(from)]);
  for (const name of filesIn(from)) {
    const target = path.join(to, name);
    const stats = fs.lstatSync(path.join(from, name));
    const isCarried = stats.isFile() || stats.isSymbolicLink();
    if (replaced.has(name) || !isCarried || fs.existsSync(target)) continue;
    makeFolder(path.dirname(target), { what: "folder to write", problem: checkpointProblem });
    try {
      fs.linkSync(path.join(from, name), target);
    } catch {
      // No hard links on this file system.
      fs.cpSync(path.join(from, name), target, { verbatimSymlinks: true });
    }
  }
}
