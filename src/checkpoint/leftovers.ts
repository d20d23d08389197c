// What a killed save or removal leaves behind stands under a temporary name and is never needed: the next save or load in
// the folder removes it. Several processes may do so at once; rmSync goes on where something has just been removed.
import fs from "node:fs";
import path from "node:path";
import { isRunning } from "./process-identity.js";
import { readTemporaryName, temporaryPath } from "./temporary-names.js";

/** What this process has begun to remove and not finished: it is tried again although its writer lives. */
const unwanted = new Set<string>();

/** Removes what dead writers left in `folder`. */
export function removeLeftovers(folder: string): void {
  for (const leftover of leftoversIn(folder)) discard(leftover);
}

/** Removes what stands under a temporary name; where that fails it is in nobody's way and goes the next time. */
export function discard(temporary: string): void {
  try {
    removeTemporary(temporary);
  } catch (error) {
    // A disk that fails, a folder of another user, a file that is open elsewhere on NFS.
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/** As `discard`, for a folder that others may still write into: under another name they do not find it any more. */
export function discardFolder(temporary: string): void {
  try {
    removeFolder(temporary);
  } catch {
    discard(temporary); // it could not be renamed, or not be removed since
  }
}

function leftoversIn(folder: string): string[] {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch {
    // Whoever goes on to read or write there says why that cannot be.
    return [];
  }
  return names
    .filter((name) => {
      const writer = readTemporaryName(name)?.writer;
      if (writer === undefined) return false;
      return unwanted.has(path.join(folder, name)) || isRunning(writer) === false;
    })
    .map((name) => path.join(folder, name));
}

function removeTemporary(temporary: string): void {
  unwanted.add(temporary);
  fs.rmSync(temporary, { recursive: true, force: true });
  unwanted.delete(temporary);
}

/** Removes a folder so that at no moment a part of it stands under its name. */
export function removeFolder(folder: string): void {
  const gone = temporaryPath(folder, "gone");
  unwanted.add(gone);
  fs.renameSync(folder, gone);
  removeTemporary(gone);
}
