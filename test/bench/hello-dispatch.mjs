// What one native call costs: `add` on 4x4, and a 64x64 matmul with its backward, ours and Python torch's in turns.
import { backward, randn, scoped, setNumThreads } from "notebooster";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const repeats = 9;
const numThreads = 1;
const tasks = [
  { name: "dispatch of add 4x4", task: "add", iterations: 50_000, run: add },
  {
    name: "matmul 64x64 and backward",
    task: "matmulBackward",
    iterations: 2_000,
    run: matmulBackward,
  },
];

export async function measureDispatch() {
  setNumThreads(numThreads);
  const torch = startPeer("torch_peer.py", [numThreads]);
  for (const { name, task, iterations, run } of tasks) {
    const ours = [];
    const theirs = [];
    run(iterations);
    await torch.ask({ task, iterations });
    for (let i = 0; i < repeats; i++) {
      ours.push(usPerCall(run, iterations));
      theirs.push((await torch.ask({ task, iterations })).usPerCall);
    }
    const us = { ours: median(ours), torch: median(theirs) };
    report({
      name,
      us: us.ours,
      torchUs: us.torch,
      ratio: us.torch / us.ours,
      numThreads,
      repeats,
    });
  }
  await torch.close();
}

function usPerCall(run, iterations) {
  const begin = performance.now();
  run(iterations);
  return ((performance.now() - begin) / iterations) * 1e3;
}

// A scope per hundred calls: results are freed as they would be in a training step.
function add(iterations) {
  const a = randn([4, 4]);
  const b = randn([4, 4]);
  for (let i = 0; i < iterations / 100; i++) {
    scoped(() => {
      for (let j = 0; j < 100; j++) a.add(b);
    });
  }
}

function matmulBackward(iterations) {
  const a = randn([64, 64], { requiresGrad: true });
  const b = randn([64, 64], { requiresGrad: true });
  for (let i = 0; i < iterations; i++) {
    scoped(() => {
      backward(a.matmul(b).sum());
      a.grad = null;
      b.grad = null;
    });
  }
}
