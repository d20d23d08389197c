// The one folder that all ranks write into: the first makes it and puts a token there, which proves to the others that theirs is
// the same. A folder of their own under the same name would stay half a checkpoint.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CheckpointError, filling } from "./checkpoint-error.js";
import type { Writing } from "./destination.js";

export interface SharedPlace {
  /** Where it will stand, for errors. */
  readonly target: string;
  /** Where to write until then. */
  readonly folder: string;
  readonly token: string;
}

const TOKEN_FILE = ".token";

/** Marks a folder that was begun; it is aborted where that cannot be. */
export function markPlace(target: string, writing: Writing): SharedPlace {
  const { folder } = writing;
  const token = randomBytes(16).toString("hex");
  try {
    filling({ folder, target }, () => fs.writeFileSync(path.join(folder, TOKEN_FILE), token));
  } catch (error) {
    writing.abort();
    throw error;
  }
  return { target, folder, token };
}

/** @throws CheckpointError on a rank that does not see what the first wrote */
export function requireShared({ target, folder, token }: SharedPlace): void {
  const file = path.join(folder, TOKEN_FILE);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === token) return;
  throw new CheckpointError(
    "this rank does not see the folder that rank 0 has begun here: the ranks' file systems are not one. Save to a folder that all of " +
      "them share, as on NFS or Lustre",
    { path: target },
  );
}

/** The token is no part of what is saved. */
export function unmarkPlace(place: SharedPlace): void {
  filling(place, () => fs.rmSync(path.join(place.folder, TOKEN_FILE)));
}
