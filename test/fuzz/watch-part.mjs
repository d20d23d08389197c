// Ends the process when an execution does not end: when it has computed for too long, or waits for something that does not come.
// It loads nothing of what is tried: the addon serves one thread of a process.
import { workerData } from "node:worker_threads";

const LOOK_MS = 500;
/** On a machine with other work an execution waits for a processor for many times what it computes. */
const WAITING = 20;
const { counter, limitMs } = workerData;
let seen = -1;
let since = now();
setInterval(() => {
  const index = Number(Atomics.load(counter, 0));
  const { wallMs, processorMs } = now();
  if (index !== seen) [seen, since] = [index, { wallMs, processorMs }];
  if (processorMs - since.processorMs > limitMs || wallMs - since.wallMs > WAITING * limitMs)
    process.kill(process.pid, "SIGKILL");
}, LOOK_MS);

function now() {
  const { user, system } = process.cpuUsage();
  return { wallMs: performance.now(), processorMs: (user + system) / 1000 };
}
