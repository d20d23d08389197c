// Fuzzing: `npm run fuzz -- --input jsonl --executions 400000`. Each input is tried in a process of its own, part by part; what a process
// was at when it crashed or hung is in a file, and the next goes on behind it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { executionIn } from "./current-execution.mjs";
import { INPUTS } from "./inputs.mjs";
import { memoryFolder } from "./memory-folder.mjs";

const { values } = parseArgs({
  options: {
    input: { type: "string" },
    executions: { type: "string", default: "20000" },
    seed: { type: "string", default: "0" },
    first: { type: "string", default: "0" },
    faults: { type: "string", default: "fuzz-faults" },
  },
});
const PART = 20_000;
const part = fileURLToPath(new URL("./fuzz-part.mjs", import.meta.url));
const names = values.input === undefined ? Object.keys(INPUTS) : values.input.split(",");
const unknown = names.find((name) => !(name in INPUTS));
if (unknown !== undefined) {
  console.error(`there is no input ${unknown}; there are ${Object.keys(INPUTS).join(", ")}`);
  process.exit(2);
}
mkdirSync(values.faults, { recursive: true });
const folder = memoryFolder();
/** What a process is at, and beside it what it reports. */
const working = join(folder, "working");
let numFaults = 0;
for (const name of names) numFaults += fuzz(name);
process.exit(numFaults === 0 ? 0 : 1);

function fuzz(name) {
  const first = Number(values.first);
  const end = first + Number(values.executions);
  const sum = { executions: 0, outcomes: new Set(), faults: 0, peakMb: 0 };
  const begin = performance.now();
  for (let next = first; next < end; ) {
    const report = runPart(name, next, Math.min(PART, end - next));
    sum.executions += report.executions;
    sum.faults += report.faults;
    sum.peakMb = Math.max(sum.peakMb, report.peakMb);
    for (const outcome of report.outcomes) sum.outcomes.add(outcome);
    next += report.executions;
  }
  const seconds = Math.round((performance.now() - begin) / 1000);
  const { executions, outcomes, faults, peakMb } = sum;
  console.log(
    JSON.stringify({
      input: name,
      executions,
      faults,
      outcomes: outcomes.size,
      peakMb,
      seconds,
      seed: Number(values.seed),
    }),
  );
  return faults;
}

/** Of a process that ended otherwise, the execution that it was at is a fault, and counts as the last. */
function runPart(name, first, executions) {
  const job = JSON.stringify({
    name,
    first,
    executions,
    seed: Number(values.seed),
    faults: values.faults,
    working,
  });
  writeFileSync(working, "");
  const { status, signal, stderr } = spawnSync(process.execPath, ["--expose-gc", part, job], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, NOTEBOOSTER_FUZZ_FOLDER: folder },
  });
  if (status === 0) {
    process.stderr.write(stderr);
    return JSON.parse(readFileSync(`${working}.report`, "utf8"));
  }
  const { index, bytes } = executionIn(working, first);
  const file = join(values.faults, `${name}-${values.seed}-${index}`);
  writeFileSync(file, bytes);
  console.error(
    `${name} ${index}: the process ended with ${signal ?? status}; input in ${file}\n${stderr.slice(-2000)}`,
  );
  return { executions: index - first + 1, faults: 1, outcomes: [], peakMb: 0 };
}
