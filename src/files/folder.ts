// A folder that is to be read or written, and what stands in its place instead.
import fs from "node:fs";
import { dirname, isAbsolute } from "node:path";
import type { FileProblem } from "./file-error.js";
import { explainWriteFailure } from "./write-problem.js";

export interface FolderPurpose {
  /** Says what the folder is, for the error: "model folder". */
  readonly what: string;
  /** What to do where nothing is there; default: check the path. */
  readonly remedy?: string;
  /** Makes the error. */
  readonly problem: FileProblem;
}

export interface NewFolder extends FolderPurpose {
  /** Permissions of the folders that are made; default 0777, as the umask allows. */
  readonly mode?: number;
}

/** @throws what `problem` makes, when nothing is there, or something else than a folder */
export function requireFolder(path: string, purpose: FolderPurpose): void {
  const { what, problem, remedy = "check the path" } = purpose;
  requirePath(path, purpose);
  const stats = statOf(path);
  if (stats === undefined) throw problem(`no such ${what}; ${remedy}`, { path });
  if (typeof stats === "string")
    throw problem(`cannot be read (${stats}); check the path`, { path });
  if (!stats.isDirectory()) throw problem(`is not a folder; give the path of a ${what}`, { path });
}

/**
 * Makes the folder at `path` and those above it, as far as they are missing. Node's recursive mkdir never ends where the system
 * denies that the folder above exists: in a deleted working directory, in /proc.
 * @returns those that were missing, topmost first
 * @throws what `problem` makes, when that cannot be; none is left then
 */
export function makeFolder(path: string, purpose: NewFolder): string[] {
  requirePath(path, purpose);
  const made: string[] = [];
  try {
    for (const folder of missingFolders(path)) {
      makeOne(folder, purpose.mode);
      made.push(folder);
    }
  } catch (cause) {
    removeEmptyFolders(made);
    throw explainWriteFailure(path, cause, purpose.problem);
  }
  requireFolder(path, purpose);
  return made;
}

/** Takes back what `makeFolder` made, as far as nobody has put something there. */
export function removeEmptyFolders(made: readonly string[]): void {
  try {
    for (const folder of [...made].reverse()) fs.rmdirSync(folder);
  } catch (error) {
    // Somebody uses it, or has removed it.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/** @throws what `problem` makes, for a path that leads nowhere: an empty one, or a relative one in a deleted folder */
export function requirePath(path: string, { what, problem }: FolderPurpose): void {
  if (path === "") throw problem(`is no path; give that of a ${what}`, { path: '""' });
  if (isAbsolute(path)) return;
  try {
    fs.realpathSync.native("."); // process.cwd() still knows the folder that was
  } catch (cause) {
    const remedy = "go to one that exists (%cd in a notebook) or give an absolute path";
    throw problem(`the working directory was deleted; ${remedy}`, { path, cause });
  }
}

/** Topmost first. */
function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let folder = path; statOf(folder) === undefined; folder = dirname(folder))
    missing.unshift(folder);
  return missing;
}

/** Another process may have been quicker. */
function makeOne(folder: string, mode?: number): void {
  try {
    fs.mkdirSync(folder, { mode });
  } catch (failure) {
    const stats = statOf(folder);
    if (typeof stats !== "object" || !stats.isDirectory()) throw failure;
  }
}

/** What `path` leads to, undefined where nothing is, or the system's code for why it cannot be told. */
function statOf(path: string): fs.Stats | string | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return code === "ENOTDIR" ? undefined : code;
  }
}
