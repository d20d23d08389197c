// Remembers from which inputs a step's output was made. The stamp goes before an output is replaced and comes after.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "./paths.mjs";

const stampFile = (name) => join(paths.stamps, name);

export function isStamped(name, inputs) {
  try {
    return readFileSync(stampFile(name), "utf8") === inputs;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
}

export function removeStamp(name) {
  rmSync(stampFile(name), { force: true });
}

export function writeStamp(name, inputs) {
  mkdirSync(paths.stamps, { recursive: true });
  const temporary = `${stampFile(name)}.new`;
  writeFileSync(temporary, inputs);
  renameSync(temporary, stampFile(name));
}
