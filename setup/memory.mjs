// `notebooster memory FILE -o out.svg`: draws a memory snapshot that `saveMemorySnapshot` wrote.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { paths } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

const format = "notebooster-memory-1";

/** Writes the picture of the snapshot in `file` to `target`; returns the exit code. */
export async function drawMemory(file, target) {
  const module = pathToFileURL(join(paths.dist, "src/report/memory-map.js")).href;
  const { memoryMapSvg } = await import(module);
  writeFileSync(target, `${memoryMapSvg(readSnapshot(file))}\n`);
  console.log(target);
  return 0;
}

function readSnapshot(file) {
  let snapshot;
  try {
    snapshot = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new SetupError(`${file} cannot be read as a memory snapshot: ${cause.message}`, {
      cause,
    });
  }
  if (snapshot?.format === format) return snapshot;
  throw new SetupError(
    `${file} is no memory snapshot: its format is ${snapshot?.format}, expected ${format}`,
  );
}
