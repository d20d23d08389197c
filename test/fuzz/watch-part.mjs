// Ends the process when an execution does not end. It loads nothing of what is tried: the addon serves one thread of a process.
import { workerData } from "node:worker_threads";

const LOOK_MS = 500;
const { counter, limitMs } = workerData;
let seen = -1;
let sinceMs = performance.now();
setInterval(() => {
  const now = Number(Atomics.load(counter, 0));
  if (now !== seen) [seen, sinceMs] = [now, performance.now()];
  if (performance.now() - sinceMs > limitMs) process.kill(process.pid, "SIGKILL");
}, LOOK_MS);
