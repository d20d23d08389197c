// Kernel start and the round trip of `1+1`, ours and ipykernel's through the same jupyter_client, in turns.
import { runPeer } from "./python-peer.mjs";
import { median, percentile, report } from "./statistics.mjs";

const starts = 5;
const roundTrips = 400;

export function measureKernels() {
  const result = runPeer("kernel_latency.py", [starts, roundTrips, "notebooster", "python3"]);
  const { notebooster: ours, python3: ipykernel } = result;
  const startMs = { ours: median(ours.startMs), ipykernel: median(ipykernel.startMs) };
  report({
    name: "kernel start to ready",
    ms: startMs.ours,
    ipykernelMs: startMs.ipykernel,
    ratio: startMs.ipykernel / startMs.ours,
    repeats: starts,
  });
  const p50 = { ours: median(ours.roundTripMs), ipykernel: median(ipykernel.roundTripMs) };
  report({
    name: "round trip of 1+1",
    p50Ms: p50.ours,
    p99Ms: percentile(ours.roundTripMs, 99),
    ipykernelP50Ms: p50.ipykernel,
    ipykernelP99Ms: percentile(ipykernel.roundTripMs, 99),
    ratio: p50.ipykernel / p50.ours,
    repeats: roundTrips,
  });
}
