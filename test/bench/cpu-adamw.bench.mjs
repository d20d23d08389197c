// AdamW on the CPU with bfloat16 parameters and gradients and float32 masters, in turns with ATen's fused kernel in PyTorch.
// Bandwidth counts the 28 bytes a parameter that must move; its share is of updating float32 tensors of the same sizes in
// place, which reads and writes the same lines, as AdamW does. JSON lines; ratios above 1: ours is faster.
//   notebooster bench cpu-adamw
import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { noGrad, ops, setNumThreads } from "notebooster";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const COUNT = 1e8;
const BYTES = { adamw: 28, inPlace: 8, copy: 8 }; // a number
const ROUNDS = 9;
const SPIN_MS = 100; // PyTorch's threads keep the cores busy for a while after a call: ours must not be measured beside them

function microseconds(call) {
  const begin = performance.now();
  call();
  return (performance.now() - begin) * 1e3;
}

function prepare() {
  const make = (dtype) => [ops.aten.rand([COUNT], { dtype })];
  const [param, grad] = [make("bfloat16"), make("bfloat16")];
  const [master, m, v] = [make("float32"), make("float32"), make("float32")];
  const step = { lr: 1e-3, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1, step: 10 };
  return {
    adamw: () => ops.notebooster.adamw_(param, master, grad, m, v, step),
    inPlace: () => v[0].mul_(0.999),
    copy: () => m[0].copy_(master[0]),
  };
}

async function measure() {
  const numThreads = availableParallelism();
  setNumThreads(numThreads);
  const torch = startPeer("cpu_adamw_peer.py", [COUNT, numThreads]);
  const calls = Object.entries(prepare());
  const times = { torch: [], adamw: [], inPlace: [], copy: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const { us } = await torch.ask({});
    if (round > 0) times.torch.push(us); // the first round warms up
    await wait(SPIN_MS);
    for (const [name, call] of calls) {
      const taken = noGrad(() => microseconds(call));
      if (round > 0) times[name].push(taken);
    }
  }
  await torch.close();
  const us = median(times.adamw);
  const gbs = (name) => (BYTES[name] * COUNT) / median(times[name]) / 1e3;
  report({
    name: "adamw on the CPU",
    us,
    gbs: gbs("adamw"),
    inPlaceGBs: gbs("inPlace"),
    shareOfInPlace: gbs("adamw") / gbs("inPlace"),
    copyGBs: gbs("copy"),
    atenUs: median(times.torch),
    overAten: median(times.torch) / us,
    overAtenFastest: Math.min(...times.torch) / Math.min(...times.adamw),
    numThreads,
    params: COUNT,
  });
}

await measure();
