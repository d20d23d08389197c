// Files that are whole or absent: written beside their place, flushed to the disk, then renamed over it.

import fs from "node:fs";
import path from "node:path";
import { explained } from "../files/write-problem.js";
import { openEffect } from "../host/index.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { type Fingerprint, FingerprintedFile } from "./fingerprint.js";
import { discard, removeLeftovers } from "./leftovers.js";
import { temporaryPath } from "./temporary-names.js";

/** Flushes a file's or a directory's contents to the disk; never waits for the writer of a FIFO. */
export function syncPath(target: string): void {
  const descriptor = fs.openSync(target, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/**
 * Lets `write` fill a new file and puts it at `target` in one step. After a crash at any instant `target` holds
 * the old contents or the new, never a part; when `write` throws, the old stay and nothing is left behind.
 * @returns the fingerprint of what was written
 */
export function replaceFile(target: string, write: (into: FingerprintedFile) => void): Fingerprint {
  const folder = path.dirname(target);
  removeLeftovers(folder);
  const temporary = temporaryPath(target, "new");
  using _ = openEffect(() => discard(temporary));
  return explained(target, checkpointProblem, () => {
    const descriptor = fs.openSync(temporary, "wx");
    const into = new FingerprintedFile(descriptor);
    try {
      write(into);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, target);
    syncPath(folder);
    return into.fingerprint();
  });
}

/** Refuses a write that cannot fit the disk, before it starts. */
export function requireDiskSpace(folder: string, neededBytes: number): void {
  const { bavail, bsize } = fs.statfsSync(folder, { bigint: true });
  const freeBytes = bavail * bsize;
  if (freeBytes >= BigInt(neededBytes)) return;
  throw new CheckpointError(
    `needs ${neededBytes} bytes on disk, ${freeBytes} are free; free some or save elsewhere`,
    { path: folder },
  );
}
