// This kernel beside ipykernel, tslab and Deno, in one run: start, round trips of `1+1` and of a ten-line typed cell, the same
// through a Jupyter Server, 20,000 lines, memory after 1,000 cells. JSON lines, one kernel and measure a line.
import { installPeers } from "./kernel-peers.mjs";
import { measureThroughServer } from "./kernel-server.mjs";
import { runPeer } from "./python-peer.mjs";
import { median, percentile, report } from "./statistics.mjs";

const kernels = ["notebooster", "python3", "tslab", "deno"];
process.env.JUPYTER_PATH = [installPeers(), process.env.JUPYTER_PATH].join(":");

const results = runPeer("kernel_bench.py", kernels);
const spread = (ms) => ({ p50Ms: median(ms), p99Ms: percentile(ms, 99), repeats: ms.length });
for (const kernel of kernels) {
  const {
    startMs,
    plainMs,
    typedMs,
    strictMs,
    flood,
    memoryMiB,
    lostIdles,
    failedCells,
    failedStarts,
  } = results[kernel];
  report({ name: "start to ready", kernel, ms: median(startMs), repeats: startMs.length });
  report({ name: "round trip of 1+1", kernel, ...spread(plainMs) });
  report({ name: "round trip of ten typed lines", kernel, ...spread(typedMs) });
  if (strictMs.length > 0)
    report({ name: "round trip of ten typed lines, checked first", kernel, ...spread(strictMs) });
  report({ name: "20,000 lines", kernel, ...flood });
  report({
    name: "lost",
    kernel,
    idleStatuses: lostIdles,
    cells: failedCells,
    starts: failedStarts,
  });
  report({ name: "memory of 1,000 more cells", kernel, ...memoryMiB });
}
for (const { kernel, ms } of await measureThroughServer(kernels)) {
  report({ name: "1+1 through Jupyter Server", kernel, ...spread(ms) });
}
const p50 = Object.fromEntries(kernels.map((kernel) => [kernel, median(results[kernel].plainMs)]));
const best = Math.min(...Object.values(p50));
report({ name: "1+1 against the best", ratio: best / p50.notebooster });
