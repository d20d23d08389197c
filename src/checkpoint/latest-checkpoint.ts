// A series of checkpoints in one folder, `root/step-00000100` and so on, with a file `latest` naming the newest
// whole one. `latest` moves only after its checkpoint is on the disk, and old ones go only after `latest` moved.

import fs from "node:fs";
import path from "node:path";
import { type FolderPurpose, makeFolder, requireFolder } from "../files/folder.js";
import { isThere, readPlainFile } from "../files/plain-file.js";
import { type OpenEffect, openEffect } from "../host/index.js";
import { AtomicDirectory, recoverDirectory } from "./atomic-directory.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { DirectoryLock } from "./directory-lock.js";
import { replaceFile, writeFully } from "./durable-files.js";
import { MANIFEST_FILE, verifyManifest } from "./manifest.js";

const CHECKPOINTS: FolderPurpose = { what: "checkpoint folder", problem: checkpointProblem };
const LATEST_FILE = "latest";
/** Longest name of a file on Linux, and a line's end. */
const MAX_NAME_BYTES = 257;

/** A checkpoint of a series being written; one writer per folder, told apart by a lock. */
export class CheckpointInProgress {
  readonly #directory: AtomicDirectory;
  /** Gives the lock back. */
  readonly #writing: OpenEffect;

  private constructor(lock: DirectoryLock, directory: AtomicDirectory) {
    this.#directory = directory;
    this.#writing = openEffect(() => {
      directory.abort();
      lock[Symbol.dispose]();
    });
  }

  /** Begins `root/name`; throws a CheckpointError when another live process saves in `root`. */
  static begin(root: string, name: string): CheckpointInProgress {
    requirePlainName(root, name);
    makeFolder(root, CHECKPOINTS);
    const lock = DirectoryLock.take(root);
    try {
      return new CheckpointInProgress(lock, AtomicDirectory.begin(path.join(root, name)));
    } catch (error) {
      lock[Symbol.dispose]();
      throw error;
    }
  }

  /** Where to write the checkpoint's files. */
  get folder(): string {
    return this.#directory.folder;
  }

  /** Puts the checkpoint in place, moves `latest`, then removes all but the `keep` newest. */
  commit({ keep = Number.POSITIVE_INFINITY }: { readonly keep?: number } = {}): string {
    const { target } = this.#directory;
    const root = path.dirname(target);
    const isNew = !isThere(target);
    try {
      this.#directory.commit();
      try {
        writeLatest(root, path.basename(target));
      } catch (error) {
        if (isNew) fs.rmSync(target, { recursive: true });
        throw error;
      }
      prune(root, keep);
      return target;
    } finally {
      this.#writing.close();
    }
  }

  /** Removes what was written; earlier checkpoints and `latest` stay. */
  abort(): void {
    this.#writing.close();
  }
}

/**
 * The folder that `latest` names, every file checked against its manifest.
 * @throws CheckpointError naming the damaged file
 */
export function latestCheckpoint(root: string): string {
  requireFolder(root, CHECKPOINTS);
  recoverDirectory(root);
  const latest = path.join(root, readLatest(root));
  verifyManifest(latest);
  return latest;
}

/** A whole checkpoint, and what kept a newer one from being taken. */
export interface WholeCheckpoint {
  readonly folder: string;
  readonly damage?: CheckpointError;
}

/**
 * As `latestCheckpoint`; where that one is damaged, the newest checkpoint of `root` that is whole.
 * @throws CheckpointError naming the damaged file, when none is whole
 */
export function newestWholeCheckpoint(root: string): WholeCheckpoint {
  try {
    return { folder: latestCheckpoint(root) };
  } catch (damage) {
    if (!(damage instanceof CheckpointError) || !isThere(root)) throw damage;
    const folder = newestFirst(root).find(isWhole);
    if (folder === undefined) throw damage;
    return { folder, damage };
  }
}

function readLatest(root: string): string {
  const file = path.join(root, LATEST_FILE);
  if (!isThere(file)) {
    throw new CheckpointError(
      `has no file "${LATEST_FILE}"; no checkpoint was saved here, or give one by name`,
      { path: root },
    );
  }
  const bytes = readPlainFile(file, { maxBytes: MAX_NAME_BYTES, problem: checkpointProblem });
  const name = Buffer.from(bytes).toString("utf8").trim();
  requirePlainName(file, name);
  return name;
}

function writeLatest(root: string, name: string): void {
  replaceFile(path.join(root, LATEST_FILE), (descriptor) =>
    writeFully(descriptor, Buffer.from(`${name}\n`)),
  );
}

function prune(root: string, keep: number): void {
  const current = path.join(root, readLatest(root));
  const others = newestFirst(root).filter((folder) => folder !== current);
  for (const folder of others.slice(Math.max(0, keep - 1))) fs.rmSync(folder, { recursive: true });
}

/** Checkpoints of `root`, the last committed first. */
function newestFirst(root: string): string[] {
  const manifestTime = (folder: string) => fs.statSync(path.join(folder, MANIFEST_FILE)).mtimeMs;
  return fs
    .readdirSync(root)
    .filter((name) => !name.startsWith("."))
    .map((name) => path.join(root, name))
    .filter((folder) => fs.existsSync(path.join(folder, MANIFEST_FILE)))
    .sort((a, b) => manifestTime(b) - manifestTime(a) || (a < b ? 1 : -1));
}

function isWhole(folder: string): boolean {
  try {
    verifyManifest(folder);
    return true;
  } catch (error) {
    if (error instanceof CheckpointError) return false;
    throw error;
  }
}

function requirePlainName(where: string, name: string): void {
  if (/^[^./\\\0][^/\\\0]*$/.test(name)) return;
  throw new CheckpointError(`${JSON.stringify(name)} is not a plain folder name for a checkpoint`, {
    path: where,
  });
}
