// How the first rank's thread learns what became of the others' files, beside them in the folder: a record a rank, whose name
// says how far it has come and whose text who writes. Threads cannot call collectives, and JavaScript may be busy with a step
// for minutes; a file system that all ranks share is there anyway. A record changes by a rename, for which a full disk has room.
import fs from "node:fs";
import path from "node:path";
import type { Fingerprints } from "../fingerprint.js";
import { isRunning, ownIdentity, type ProcessIdentity } from "../process-identity.js";

type Progress = "writing" | "written" | "failed";

/** How far a rank has come; "gone" where its process has ended. */
export type RankProgress = Progress | "gone" | "absent";

export function beginRecord(folder: string, rank: number): void {
  fs.writeFileSync(fileOf(folder, rank, "writing"), JSON.stringify(ownIdentity()));
}

/** @param written fingerprints of the rank's files, which the first rank lists */
export function endWritten(folder: string, rank: number, written: Fingerprints): void {
  fs.writeFileSync(fileOf(folder, rank, "files"), JSON.stringify(written));
  fs.renameSync(fileOf(folder, rank, "writing"), fileOf(folder, rank, "written"));
}

export function endFailed(folder: string, rank: number): void {
  fs.renameSync(fileOf(folder, rank, "writing"), fileOf(folder, rank, "failed"));
}

export function readRecord(folder: string, rank: number): RankProgress {
  const has = (progress: Progress) => fs.existsSync(fileOf(folder, rank, progress));
  if (has("written")) return "written";
  if (has("failed")) return "failed";
  return has("writing") ? progressOfWriter(fileOf(folder, rank, "writing")) : "absent";
}

/** Removes the record of a rank that has written, for records are no part of what is saved; gives what it wrote. */
export function takeRecord(folder: string, rank: number): Fingerprints {
  const files = fileOf(folder, rank, "files");
  const written = JSON.parse(fs.readFileSync(files, "utf8")) as Fingerprints;
  fs.rmSync(files);
  fs.rmSync(fileOf(folder, rank, "written"));
  return written;
}

function progressOfWriter(file: string): RankProgress {
  try {
    const writer = JSON.parse(fs.readFileSync(file, "utf8")) as ProcessIdentity;
    return isRunning(writer) === false ? "gone" : "writing";
  } catch {
    return "writing"; // it was renamed between the two looks
  }
}

function fileOf(folder: string, rank: number, what: Progress | "files"): string {
  return path.join(folder, `.rank-${rank}.${what}`);
}
