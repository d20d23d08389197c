// The file `latest` in a folder of checkpoints: the name of the newest.
import fs from "node:fs";
import path from "node:path";
import { isThere, readPlainFile } from "../files/plain-file.js";
import { CheckpointError, checkpointProblem, unlessDamaged } from "./checkpoint-error.js";
import { replaceFile } from "./durable-files.js";

const LATEST_FILE = "latest";
/** Longest name of a file on Linux, and a line's end. */
const MAX_NAME_BYTES = 257;

/** @throws CheckpointError when there is none, or it holds something else than a name */
export function readLatest(root: string): string {
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

/** Whether `latest` has this name. */
export function isLatest(root: string, name: string): boolean {
  return unlessDamaged(() => readLatest(root)) === name;
}

/** Has `latest` name `root/name`. */
export function writeLatest(root: string, name: string): void {
  if (isLatest(root, name)) return;
  replaceFile(path.join(root, LATEST_FILE), (into) => into.write(Buffer.from(`${name}\n`)));
}

/** For a folder whose checkpoints are removed. */
export function removeLatest(root: string): void {
  fs.rmSync(path.join(root, LATEST_FILE), { force: true });
}

/** @throws CheckpointError for a name that leads out of its folder or is hidden in it */
export function requirePlainName(where: string, name: string): void {
  if (/^[^./\\\0][^/\\\0]*$/.test(name)) return;
  throw new CheckpointError(`${JSON.stringify(name)} is not a plain folder name for a checkpoint`, {
    path: where,
  });
}
