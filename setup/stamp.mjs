// Remembers which steps are done and from which inputs. A step is marked as running before it starts and
// stamped only after it succeeded, so one that was cut off is recognised and redone from a clean state.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "./paths.mjs";

const stampFile = (name) => join(paths.stamps, name);
const runningFile = (name) => join(paths.stamps, `${name}.running`);

/** The stamp of a finished step, or an empty string. Unique for each run of the step. */
export function readStamp(name) {
  return existsSync(stampFile(name)) ? readFileSync(stampFile(name), "utf8") : "";
}

export function isStamped(name, inputs) {
  return readStamp(name).startsWith(`${inputs} `);
}

export function wasInterrupted(name) {
  return existsSync(runningFile(name));
}

export function markRunning(name) {
  mkdirSync(paths.stamps, { recursive: true });
  writeFileSync(runningFile(name), "");
  rmSync(stampFile(name), { force: true });
}

export function markDone(name, inputs) {
  mkdirSync(paths.stamps, { recursive: true });
  const temporary = `${stampFile(name)}.new`;
  writeFileSync(temporary, `${inputs} ${new Date().toISOString()}`);
  renameSync(temporary, stampFile(name));
  rmSync(runningFile(name), { force: true });
}
