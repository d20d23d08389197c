// A directory that appears whole or not at all. It is filled under a temporary name beside its place; commit flushes
// every file, writes the manifest, and renames. When it replaces an older directory, that one is kept under a second
// temporary name until the new one stands, and `recoverDirectory` puts it back if we die between the two renames.

import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type FolderPurpose, makeFolder, requirePath } from "../files/folder.js";
import { explained, explainWriteFailure } from "../files/write-problem.js";
import { openEffect, wholly } from "../host/index.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { syncPath } from "./durable-files.js";
import { filesIn, MANIFEST_FILE, manifestFiles, writeManifest } from "./manifest.js";
import { isRunning, ownIdentity } from "./process-identity.js";

/** `.name.<kind>-<pid>-<start time>-<host>-<random>`, so that a later process can tell whether its writer lives. */
const TEMPORARY =
  /^\.(?<name>.+)\.(?<kind>new|old)-(?<pid>\d+)-(?<started>\d*)-(?<host>.*)-[0-9a-f]{8}$/;

const PURPOSE: FolderPurpose = { what: "folder to write", problem: checkpointProblem };

/** A directory being written. Exactly one of `commit` and `abort` ends it. */
export class AtomicDirectory {
  /** Where it will stand. */
  readonly target: string;
  /** Where to write files until then. */
  readonly folder: string;

  private constructor(target: string, folder: string) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * Begins a directory that will stand at `target`. Leftovers of dead writers are cleared first. Throws a
   * CheckpointError when a directory stands there that was not written this way, since commit would replace it.
   */
  static begin(target: string): AtomicDirectory {
    requirePath(target, PURPOSE);
    const absolute = path.resolve(target);
    makeFolder(path.dirname(absolute), PURPOSE);
    const folder = temporaryName(absolute, "new");
    explained(absolute, checkpointProblem, () => {
      recoverDirectory(path.dirname(absolute));
      requireReplaceable(absolute);
      fs.mkdirSync(folder);
    });
    return new AtomicDirectory(absolute, folder);
  }

  /**
   * Makes the directory durable and puts it in place, manifest included. Files that somebody added to the directory it
   * replaces, such as a tokenizer, go along.
   */
  commit(): void {
    const parent = path.dirname(this.target);
    explained(this.target, checkpointProblem, () => {
      writeManifest(this.folder);
      carryOver(this.target, this.folder);
      for (const name of filesIn(this.folder)) syncPath(path.join(this.folder, name));
      syncDirectories(this.folder);
      wholly(() => this.#putInPlace(parent));
    });
  }

  #putInPlace(parent: string): void {
    const retired = temporaryName(this.target, "old");
    const replaces = fs.existsSync(this.target);
    if (replaces) fs.renameSync(this.target, retired);
    fs.renameSync(this.folder, this.target);
    syncPath(parent);
    if (replaces) fs.rmSync(retired, { recursive: true });
  }

  /** Removes what was written; the target stays as it was. */
  abort(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Writes the directory `target` with `write(folder)`: all of it, or on an error nothing. */
export async function writeDirectory(
  target: string,
  write: (folder: string) => void | Promise<void>,
): Promise<void> {
  const directory = AtomicDirectory.begin(target);
  using _ = openEffect(() => directory.abort());
  try {
    await write(directory.folder);
  } catch (cause) {
    throw explainWriteFailure(target, cause, checkpointProblem);
  }
  directory.commit();
}

/** Finishes or clears what dead writers left in `parent`: a directory caught between two renames is put back. */
export function recoverDirectory(parent: string): void {
  for (const entry of fs.readdirSync(parent)) {
    const { name = "", kind, pid, started = "", host = "" } = TEMPORARY.exec(entry)?.groups ?? {};
    if (pid === undefined) continue;
    if (isRunning({ pid: Number(pid), started, host }) !== false) continue;
    const leftover = path.join(parent, entry);
    const target = path.join(parent, name);
    if (kind === "old" && !fs.existsSync(target)) fs.renameSync(leftover, target);
    else fs.rmSync(leftover, { recursive: true, force: true });
  }
}

function temporaryName(target: string, kind: "new" | "old"): string {
  const { pid, started, host } = ownIdentity();
  const name = `.${path.basename(target)}.${kind}-${pid}-${started}-${host}-${randomBytes(4).toString("hex")}`;
  return path.join(path.dirname(target), name);
}

function requireReplaceable(target: string): void {
  const stats = fs.lstatSync(target, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory())
    throw new CheckpointError("is a file; give the path of a folder to write", { path: target });
  if (fs.readdirSync(target).length === 0 || fs.existsSync(path.join(target, MANIFEST_FILE)))
    return;
  throw new CheckpointError(
    "is a folder with files not saved by Notebooster, which saving here would remove; save to another folder",
    { path: target },
  );
}

/** Links (or copies) the regular files that are in `from` but neither in its manifest nor in `to`. */
function carryOver(from: string, to: string): void {
  if (!fs.existsSync(path.join(from, MANIFEST_FILE))) return;
  const replaced = new Set([MANIFEST_FILE, ...manifestFiles(from)]);
  for (const name of filesIn(from)) {
    const target = path.join(to, name);
    const isFile = fs.statSync(path.join(from, name), { throwIfNoEntry: false })?.isFile() === true;
    if (replaced.has(name) || !isFile || fs.existsSync(target)) continue;
    makeFolder(path.dirname(target), PURPOSE);
    try {
      fs.linkSync(path.join(from, name), target);
    } catch {
      // No hard links on this file system.
      fs.copyFileSync(path.join(from, name), target);
    }
  }
}

function syncDirectories(folder: string): void {
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) syncPath(path.join(entry.parentPath, entry.name));
  }
  syncPath(folder);
}
