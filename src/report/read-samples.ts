// What a model said during a run that was recorded, also by a kernel that has ended since.
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { aPath, requireValue } from "../arguments/checks.js";
import { fileProblem } from "../files/file-error.js";
import { requireFolder } from "../files/folder.js";
import { isThere, readPlainFile } from "../files/plain-file.js";
import type { RunSample } from "../host/index.js";
import { isSample, SAMPLES_FILE, SampleTable } from "./samples.js";

const MAX_BYTES = 1_000_000_000;

/**
 * The samples of a run as `run.addSamples` gave them, by its folder, `runs/<run.runId>` beside the notebook. A last line that is
 * being written is left out.
 * @throws Error for a folder that is not there, and a file of something else
 */
export function readSamples(folder: string): SampleTable {
  requireValue("readSamples: folder", folder, aPath);
  const remedy = othersBeside(folder);
  requireFolder(folder, { what: "folder of a run", remedy, problem: fileProblem });
  const path = join(folder, SAMPLES_FILE);
  if (!isThere(path)) return new SampleTable([]);
  const text = Buffer.from(
    readPlainFile(path, { maxBytes: MAX_BYTES, problem: fileProblem }),
  ).toString();
  const lines = text.split("\n").slice(0, -1);
  return new SampleTable(lines.map((line, i) => sampleOf(line, { path, line: i + 1 })));
}

function sampleOf(text: string, { path, line }: { path: string; line: number }): RunSample {
  const what = `line ${line} is no sample, {"step", "prompt", "text", "rank"}; remove it to read the others`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fileProblem(what, { path, cause });
  }
  if (isSample(value)) return value;
  throw fileProblem(what, { path });
}

/** The newest runs where one is missing: their names begin with the time of their start. */
function othersBeside(folder: string): string {
  const parent = dirname(folder);
  if (basename(parent) !== "runs" || !isThere(parent)) return "check the path";
  const newest = readdirSync(parent)
    .filter((name) => /^\d{8}-\d{6}-/.test(name))
    .toSorted()
    .slice(-3)
    .toReversed();
  return newest.length === 0 ? "check the path" : `the newest there are ${newest.join(", ")}`;
}
