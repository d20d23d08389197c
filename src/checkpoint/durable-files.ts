// Files that are whole or absent: written beside their place, flushed to the disk, then renamed over it.

import fs from "node:fs";
import path from "node:path";
import { explained } from "../files/write-problem.js";
import { openEffect } from "../host/index.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
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
 */
export function replaceFile(target: string, write: (descriptor: number) => void): void {
  const folder = path.dirname(target);
  removeLeftovers(folder);
  const temporary = temporaryPath(target, "new");
  using _ = openEffect(() => discard(temporary));
  explained(target, checkpointProblem, () => {
    const descriptor = fs.openSync(temporary, "wx");
    try {
      write(descriptor);
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, target);
    syncPath(folder);
  });
}

/** Writes all bytes, in as many calls as it takes. */
export function writeFully(descriptor: number, bytes: Uint8Array): void {
  const chunkBytes = 256 * 1024 * 1024;
  let done = 0;
  while (done < bytes.length) {
    done += fs.writeSync(descriptor, bytes, done, Math.min(chunkBytes, bytes.length - done));
  }
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
