// A folder for what changes with every execution: in memory where the system has such a place, since a disk would be waited for.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Removed when the process ends; within that of the process that started this one, so that none is left of one that crashes. */
export function memoryFolder() {
  const inMemory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const place = process.env.NOTEBOOSTER_FUZZ_FOLDER ?? inMemory;
  const folder = mkdtempSync(join(place, "notebooster-fuzz-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
