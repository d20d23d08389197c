// Some executions in a process: what is wrong ends this process and no other. A thread watches that each of them ends.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { writesExecutions } from "./current-execution.mjs";
import { execute } from "./execute.mjs";
import { INPUTS } from "./inputs.mjs";

runJob(JSON.parse(process.argv[2]));

function runJob({ name, first, executions, seed, faults, working }) {
  const input = INPUTS[name];
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const watcher = new Worker(new URL("./watch-part.mjs", import.meta.url), {
    workerData: { counter, limitMs: 2 * input.timeMs },
  });
  watcher.unref();
  const writeDown = writesExecutions(working);
  const before = (bytes, index) => {
    Atomics.store(counter, 0, index);
    writeDown(bytes, index);
  };
  const report = execute(input, { first, executions, seed, before });
  for (const { index, problem, bytes } of report.faults) {
    const file = join(faults, `${name}-${seed}-${index}`);
    writeFileSync(file, bytes);
    console.error(`${name} ${index}: ${problem}\n  input in ${file}`);
  }
  const { outcomes, peakMb } = report;
  const numbers = { executions, faults: report.faults.length, peakMb: Math.round(peakMb) };
  writeFileSync(
    `${working}.report`,
    JSON.stringify({ ...numbers, outcomes: [...outcomes.keys()] }),
  );
  process.exit(0);
}
