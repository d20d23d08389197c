// One training step of GPT-2 124M (batch 4 x 1024, bfloat16) on one GPU: ours eager, ours captured as a CUDA graph, and the same
// model of transformers under torch.compile. JSON lines; `tokensPerSecond` is wall time over whole steps.
// Ours: bfloat16 weights and activations, float32 masters and AdamW moments, float32 loss. Peers: "autocast" has float32
// weights and bfloat16 autocast (what people run); "bf16" has our dtypes. All: fused AdamW, one step number, no clipping, a loss
// over the same shifted tokens, vocabulary 50257. The floor: arithmetic at the measured rate of a large matrix product.
//   notebooster bench graph
import {
  backward,
  Gpt2ForCausalLM,
  graphed,
  keep,
  manualSeed,
  noGrad,
  numGpus,
  ops,
  scoped,
  synchronize,
} from "notebooster";
import { matmulTflops } from "./gpu-time.mjs";
import { runPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

const [BATCH, LENGTH] = [4, 1024];
const TOKENS = BATCH * LENGTH;

if (numGpus() === 0) throw new Error("bench graph needs a GPU; this process sees none");

function makeStep(dropout) {
  const options = { residPdrop: dropout, embdPdrop: dropout, attnPdrop: dropout };
  const model = new Gpt2ForCausalLM(options).to({ device: "cuda" });
  const parameters = model.parameters();
  const like = (make) => parameters.map((p) => keep(noGrad(() => make(p.detach()))));
  const masters = like((p) => p.clone());
  const [m, v] = [like((p) => ops.aten.zeros_like(p)), like((p) => ops.aten.zeros_like(p))];
  const steps = keep(ops.aten.zeros([1], { device: "cuda" }));
  model.to({ dtype: "bfloat16" });
  const inputIds = keep(ops.aten.randint(50257, [BATCH, LENGTH], { device: "cuda" }));
  const settings = {
    lr: 1e-4,
    beta1: 0.9,
    beta2: 0.999,
    eps: 1e-8,
    weight_decay: 0.01,
    steps: [steps],
  };
  const step = () => {
    const { loss } = model.forward({ inputIds, labels: inputIds });
    backward(loss);
    noGrad(() => {
      steps.add_(1);
      const grads = parameters.map((p) => p.grad);
      ops.notebooster.adamw_(parameters, masters, grads, m, v, settings);
    });
    for (const p of parameters) p.grad = null;
    return loss.detach();
  };
  return { step, flops: model.flopsPerToken(LENGTH, "causal").value };
}

/** Milliseconds of a step, the median over rounds of ten; and the loss of the last one. */
function measure(step, rounds = 7) {
  for (let i = 0; i < 6; i++) step();
  let loss = 0;
  const times = Array.from({ length: rounds }, () => {
    synchronize("cuda");
    const begin = performance.now();
    let last;
    for (let i = 0; i < 10; i++) last = step();
    loss = last.item();
    return (performance.now() - begin) / 10;
  });
  return { ms: median(times), loss };
}

const peers = process.argv.includes("--no-peers") ? {} : runPeer("graph_peer.py", [BATCH, LENGTH]);
const peak = matmulTflops();
report({ name: "matmul 8192", tflops: peak });
for (const [name, { ms, loss }] of Object.entries(peers)) {
  report({ name, ms, tokensPerSecond: (1000 * TOKENS) / ms, loss });
}
for (const dropout of [0.1, 0]) {
  manualSeed(1);
  const { step, flops } = makeStep(dropout);
  const tflop = (flops * TOKENS) / 1e12;
  const eager = measure(() => scoped(step), 3);
  const captured = graphed(step, { warmup: 3 });
  const replayed = measure(captured);
  for (const [kind, { ms, loss }] of Object.entries({ eager, captured: replayed })) {
    const beside = Object.entries(peers)
      .filter(([peer]) => peer.endsWith(`dropout ${dropout}`))
      .map(([peer, times]) => [`over ${peer}`, times.ms / ms]);
    report({
      name: `ours, ${kind}, dropout ${dropout}`,
      ms,
      tokensPerSecond: (1000 * TOKENS) / ms,
      floorMs: (tflop / peak) * 1000,
      shareOfMatmul: tflop / (ms / 1000) / peak,
      loss,
      ...Object.fromEntries(beside),
    });
  }
}
