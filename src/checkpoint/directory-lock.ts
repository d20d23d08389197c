// One writer per folder. A lock is an empty file that names its holder; whoever wants to save makes his own, then looks for
// others. Two who come at once see each other and both try again. The files have different names, so that removing a dead
// one can never hit a live one, as taking over a file of one name can.
//
// Relied on: a listing of the folder shows what was made there before, on whatever host. NFS and Lustre give that, because
// our own file has just changed the folder and a remembered listing no longer counts.
import fs from "node:fs";
import path from "node:path";
import { makeFolder, removeEmptyFolders } from "../files/folder.js";
import { explained } from "../files/write-problem.js";
import { type OpenEffect, openEffect } from "../host/index.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { discard, removeLeftovers } from "./leftovers.js";
import { isRunning, type ProcessIdentity, processOf } from "./process-identity.js";
import { readTemporaryName, temporaryPath } from "./temporary-names.js";

const ATTEMPTS = 5;
const MAX_PAUSE_MS = 30;

interface HeldLock {
  readonly file: string;
  readonly holder: ProcessIdentity;
}

/** Holds the right to save in a folder until disposed. */
export class DirectoryLock implements Disposable {
  readonly #held: OpenEffect;

  private constructor(file: string, made: readonly string[]) {
    this.#held = openEffect(() => {
      discard(file);
      removeEmptyFolders(made);
    });
  }

  /**
   * Takes the lock of `folder`, which is made where it is missing.
   * @throws CheckpointError naming the holder when somebody saves there
   */
  static take(folder: string): DirectoryLock {
    removeLeftovers(folder);
    return explained(folder, checkpointProblem, () => {
      for (let attempt = 1; ; attempt++) {
        const lock = DirectoryLock.#attempt(folder);
        if (lock instanceof DirectoryLock) return lock;
        if (attempt === ATTEMPTS) throw refusal(lock);
        pause(Math.random() * MAX_PAUSE_MS);
      }
    });
  }

  /** Another's lock, if there is one. */
  static #attempt(folder: string): DirectoryLock | HeldLock {
    const made = makeFolder(folder, { what: "checkpoint folder", problem: checkpointProblem });
    const file = temporaryPath(path.join(folder, "save"), "lock");
    const lock = new DirectoryLock(file, made);
    try {
      fs.closeSync(fs.openSync(file, "wx"));
      const other = otherLock(file);
      if (other === undefined) return lock;
      lock[Symbol.dispose]();
      return other;
    } catch (error) {
      lock[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#held.close();
  }
}

/** A lock beside ours whose holder lives, or may live. */
function otherLock(own: string): HeldLock | undefined {
  const folder = path.dirname(own);
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name);
    const found = readTemporaryName(name);
    if (found?.kind !== "lock" || file === own) continue;
    if (isRunning(found.writer) !== false) return { file, holder: found.writer };
  }
  return undefined;
}

function refusal({ file, holder }: HeldLock): CheckpointError {
  const at = { path: path.dirname(file) };
  const { host } = holder;
  if (isRunning(holder) === undefined) {
    const who = `process ${holder.pid} on ${host}`;
    const remedy = `if it is gone, remove ${path.basename(file)}`;
    return new CheckpointError(`${who} saves here, or died there; ${remedy}`, at);
  }
  const pid = processOf(holder);
  const who = pid === process.pid ? "this process" : `process ${pid} on ${host}`;
  return new CheckpointError(`${who} is saving here; wait for it or save to another folder`, at);
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
