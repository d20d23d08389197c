// A series of checkpoints in one folder, `root/step-00000100` and so on, with a file `latest` naming the newest
// whole one. `latest` moves only after its checkpoint is on the disk, and old ones go only after `latest` moved. Folders under
// other names, such as a copy that somebody made, are not of the series.

import fs from "node:fs";
import path from "node:path";
import { type FolderPurpose, requireFolder } from "../files/folder.js";
import { isThere } from "../files/plain-file.js";
import { explainWriteFailure } from "../files/write-problem.js";
import { AtomicDirectory } from "./atomic-directory.js";
import { CheckpointError, checkpointProblem, unlessDamaged } from "./checkpoint-error.js";
import { DirectoryLock } from "./directory-lock.js";
import type { Fingerprints } from "./fingerprint.js";
import {
  isLatest,
  readLatest,
  removeLatest,
  requirePlainName,
  writeLatest,
} from "./latest-file.js";
import { removeFolder, removeLeftovers } from "./leftovers.js";
import { directoryKind, verifyManifest } from "./manifest.js";

const CHECKPOINTS: FolderPurpose = { what: "checkpoint folder", problem: checkpointProblem };

interface Committing {
  readonly keep?: number;
  readonly written?: Fingerprints;
}

/** The name of a checkpoint of a series. */
export function checkpointName(step: number): string {
  return `step-${String(step).padStart(8, "0")}`;
}

/** A checkpoint of a series being written; one writer per folder, told apart by a lock. */
export class CheckpointInProgress {
  readonly #lock: DirectoryLock;
  readonly #directory: AtomicDirectory;

  private constructor(lock: DirectoryLock, directory: AtomicDirectory) {
    this.#lock = lock;
    this.#directory = directory;
  }

  /** Begins `root/name`; throws a CheckpointError when another live process saves in `root`. */
  static begin(root: string, name: string): CheckpointInProgress {
    requirePlainName(root, name);
    const lock = DirectoryLock.take(root);
    try {
      const directory = AtomicDirectory.begin(path.join(root, name), "checkpoint");
      return new CheckpointInProgress(lock, directory);
    } catch (error) {
      lock[Symbol.dispose]();
      throw error;
    }
  }

  /** Where to write the checkpoint's files. */
  get folder(): string {
    return this.#directory.folder;
  }

  /**
   * Puts the checkpoint in place and moves `latest`. Then removes older ones.
   * @param options `keep`: how many of earlier steps stay, the last of them; default: all; `written`: fingerprints of files that
   *   are known; others are read again
   */
  commit({ keep = Number.POSITIVE_INFINITY, written = {} }: Committing = {}): string {
    const { target } = this.#directory;
    const root = path.dirname(target);
    const name = path.basename(target);
    try {
      this.#directory.commit(written, {
        make: () => writeLatest(root, name),
        isMade: () => isLatest(root, name),
      });
      removeOlder(target, keep);
      return target;
    } finally {
      this.abort();
    }
  }

  /** Removes what was written; earlier checkpoints and `latest` stay. */
  abort(): void {
    this.#directory.abort();
    this.#lock[Symbol.dispose]();
  }
}

/**
 * The folder that `latest` names, every file checked against its manifest.
 * @throws CheckpointError naming the damaged file
 */
export function latestCheckpoint(root: string): string {
  requireFolder(root, CHECKPOINTS);
  removeLeftovers(root);
  for (;;) {
    const name = readLatest(root);
    try {
      verifyManifest(path.join(root, name));
      return path.join(root, name);
    } catch (error) {
      // Unless another process has saved since, and removed this one.
      if (isLatest(root, name)) throw error;
    }
  }
}

/** A whole checkpoint, and what kept a newer one from being taken. */
export interface WholeCheckpoint {
  readonly folder: string;
  readonly damage?: CheckpointError;
}

/**
 * As `latestCheckpoint`; where that one is damaged, the last before it that is whole, or of later steps where there is none.
 * @throws CheckpointError naming the damaged file, when none is whole
 */
export function newestWholeCheckpoint(root: string): WholeCheckpoint {
  try {
    return { folder: latestCheckpoint(root) };
  } catch (damage) {
    if (!(damage instanceof CheckpointError) || !isThere(root)) throw damage;
    const step = stepOf(unlessDamaged(() => readLatest(root)) ?? "");
    const whole = lastFirst(root).filter(({ folder }) => isWhole(folder));
    const found = whole.find((one) => one.step <= step) ?? whole[0];
    if (found === undefined) throw damage;
    return { folder: found.folder, damage };
  }
}

/** The oldest first, so that what a death leaves are the newest. */
function removeOlder(current: string, keep: number): void {
  const step = stepOf(path.basename(current));
  const older = lastFirst(path.dirname(current)).filter((one) => one.step < step);
  for (const { folder } of older.slice(keep).reverse()) {
    try {
      removeFolder(folder);
    } catch (cause) {
      const { message } = explainWriteFailure(folder, cause, checkpointProblem) as Error;
      throw new CheckpointError(`was saved, but not all older ones were removed: ${message}`, {
        path: current,
        cause,
      });
    }
  }
}

/** Steps of the checkpoints of the series in `root`, the last first; none where there is no such folder. */
export function stepsSaved(root: string): number[] {
  return isThere(root) ? lastFirst(root).map(({ step }) => step) : [];
}

/** Removes the series in `root`, checkpoint by checkpoint, and what names the newest. */
export function removeSeries(root: string): void {
  if (!isThere(root)) return;
  removeLatest(root);
  for (const { folder } of lastFirst(root)) removeFolder(folder);
}

/** Checkpoints of the series in `root`, the last step first. */
function lastFirst(root: string): { readonly folder: string; readonly step: number }[] {
  return fs
    .readdirSync(root)
    .map((name) => ({ name, step: stepOf(name), folder: path.join(root, name) }))
    .filter(({ name, step }) => name === checkpointName(step))
    .filter(({ folder }) => unlessDamaged(() => directoryKind(folder)) === "checkpoint")
    .sort((a, b) => b.step - a.step);
}

/** Infinity for other names. */
function stepOf(name: string): number {
  return Number(/^step-(\d+)$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
}

function isWhole(folder: string): boolean {
  return (
    unlessDamaged(() => {
      verifyManifest(folder);
      return true;
    }) === true
  );
}
