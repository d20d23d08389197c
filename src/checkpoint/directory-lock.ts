// One writer per folder: `.lock` holds the identity of the process that saves there. The lock of a dead process is
// taken over; that of a live one, or of one on another host, is respected.

import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { integer, text } from "../arguments/checks.js";
import { checkFields, required } from "../files/check-fields.js";
import type { FileProblem } from "../files/file-error.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import { explainWriteFailure } from "../files/write-problem.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { isRunning, ownIdentity, type ProcessIdentity } from "./process-identity.js";

const LOCK_FILE = ".lock";

/** Holds the right to save in a folder until disposed. */
export class DirectoryLock implements Disposable {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** Takes the lock of `folder`; throws a CheckpointError naming the holder when somebody saves there. */
  static take(folder: string): DirectoryLock {
    const file = path.join(folder, LOCK_FILE);
    for (let attempt = 0; attempt < 3; attempt++) {
      if (createLock(file)) return new DirectoryLock(file);
      const holder = readHolder(file);
      if (holder !== undefined) requireDead(folder, file, holder);
      removeStale(file, holder);
    }
    throw new CheckpointError("another process is taking the save lock at this moment; try again", {
      path: folder,
    });
  }

  [Symbol.dispose](): void {
    fs.rmSync(this.#file, { force: true });
  }
}

/** The lock appears with its contents, by a hard link, so that no reader finds it empty. */
function createLock(file: string): boolean {
  const draft = `${file}-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    fs.writeFileSync(draft, JSON.stringify(ownIdentity()), { flag: "wx" });
    fs.linkSync(draft, file);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw explainWriteFailure(path.dirname(file), cause, checkpointProblem);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

const SCHEMA = {
  pid: required(integer({ min: 1 })),
  started: required(text),
  host: required(text),
} as const;

/** Undefined when the lock was released between our two looks, so that there is no holder any more. */
function readHolder(file: string): ProcessIdentity | undefined {
  const problem: FileProblem = (what, { path, cause }) =>
    new CheckpointError(`is not a lock of Notebooster (${what}); remove it if nothing saves here`, {
      path,
      cause,
    });
  if (!isThere(file)) return undefined;
  try {
    return checkFields(readJsonObject(file, { problem }), SCHEMA, { path: file, problem });
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    if (cause?.code === "ENOENT" && !isThere(file)) return undefined;
    throw error;
  }
}

function requireDead(folder: string, file: string, holder: ProcessIdentity): void {
  const running = isRunning(holder);
  if (running === false) return;
  const who = `process ${holder.pid} on ${holder.host}`;
  if (running)
    throw new CheckpointError(`${who} is saving here; wait for it or save to another folder`, {
      path: folder,
    });
  throw new CheckpointError(
    `${who} saves here, or died there; if it is gone, remove ${path.basename(file)}`,
    { path: folder },
  );
}

/** Moves the dead lock aside first: if another process has replaced it meanwhile, its lock is put back. */
function removeStale(file: string, holder: ProcessIdentity | undefined): void {
  const aside = `${file}-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    // Someone else has removed it already.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const moved = readHolder(aside);
  const isSame = moved?.pid === holder?.pid && moved?.started === holder?.started;
  if (!isSame && !fs.existsSync(file)) fs.linkSync(aside, file);
  fs.rmSync(aside);
}
