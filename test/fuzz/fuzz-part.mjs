// Some executions in a process: what is wrong ends this process and no other. A thread watches that each of them ends.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { execute } from "./execute.mjs";
import { INPUTS } from "./inputs.mjs";

const LOOK_MS = 500;

if (isMainThread) runJob(JSON.parse(process.argv[2]));
else watch(workerData);

function runJob({ name, first, executions, seed, faults, working }) {
  const input = INPUTS[name];
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const watcher = new Worker(new URL(import.meta.url), {
    workerData: { counter, working, limitMs: 2 * input.timeMs },
  });
  watcher.unref();
  const before = (bytes, index) => {
    Atomics.store(counter, 0, index);
    writeFileSync(working, bytes);
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

/** Ends the process when an execution does not. */
function watch({ counter, working, limitMs }) {
  let seen = -1;
  let sinceMs = performance.now();
  setInterval(() => {
    const now = Number(Atomics.load(counter, 0));
    if (now !== seen) [seen, sinceMs] = [now, performance.now()];
    writeFileSync(`${working}.at`, String(now));
    if (performance.now() - sinceMs > limitMs) process.kill(process.pid, "SIGKILL");
  }, LOOK_MS);
}
