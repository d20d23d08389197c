// attention() beside PyTorch's scaled_dot_product_attention with its cuDNN and FlashAttention-2 back ends, on one GPU in
// bfloat16, the two processes taking turns. TFLOP/s count two matrix products forward and five backward, half of that when
// causal; `shareOfMatmul` is the part of a large matrix product's rate in the same run. JSON lines.
//   notebooster bench attention
import {
  attention,
  backward,
  lastAttentionBackend,
  noGrad,
  numGpus,
  ops,
  scoped,
  tensor,
} from "notebooster";
import { gpuMilliseconds, matmulTflops } from "./gpu-time.mjs";
import { startPeer } from "./python-peer.mjs";
import { report } from "./statistics.mjs";

const CASES = [
  {
    name: "LLaMA-7B, s4096",
    batch: 2,
    heads: 32,
    keyHeads: 32,
    tokens: 4096,
    dim: 128,
    causal: true,
  },
  {
    name: "LLaMA-7B, s4096, not causal",
    batch: 2,
    heads: 32,
    keyHeads: 32,
    tokens: 4096,
    dim: 128,
    causal: false,
  },
  {
    name: "Llama-3-8B, GQA, s8192",
    batch: 1,
    heads: 32,
    keyHeads: 8,
    tokens: 8192,
    dim: 128,
    causal: true,
  },
  { name: "GPT-2, s1024", batch: 4, heads: 12, keyHeads: 12, tokens: 1024, dim: 64, causal: true },
  {
    name: "head dim 64, s4096",
    batch: 4,
    heads: 16,
    keyHeads: 16,
    tokens: 4096,
    dim: 64,
    causal: true,
  },
];
const PACKED = { lengths: [1024, 3072, 512, 3584], heads: 32, keyHeads: 32, dim: 128 };

if (numGpus() === 0) throw new Error("bench attention needs a GPU; this process sees none");

const random = (shape) => ops.aten.randn(shape, { dtype: "bfloat16", device: "cuda" });

/** Milliseconds forward (without recording) and forward with backward of `attend(q, k, v)`. */
function timeOurs([q, k, v], attend) {
  const forward = noGrad(() => gpuMilliseconds(() => attend(q, k, v)));
  const backend = lastAttentionBackend();
  for (const x of [q, k, v]) x.requiresGrad = true;
  const seed = random(attend(q, k, v).shape);
  const both = gpuMilliseconds(() => {
    backward(attend(q, k, v), seed);
    for (const x of [q, k, v]) x.grad = null;
  });
  return { backend, forward, backward: both - forward };
}

function rates({ forward, backward: back }, flops) {
  return { forwardTflops: flops / forward / 1e9, backwardTflops: (2.5 * flops) / back / 1e9 };
}

function reportCase(name, { ours, peer, flops, peak }) {
  const mine = rates(ours, flops);
  const line = { name, backend: ours.backend, ...mine, shareOfMatmul: mine.forwardTflops / peak };
  for (const [backend, times] of Object.entries(peer)) {
    const theirs = rates(times, flops);
    line[`torch ${backend} forwardTflops`] = theirs.forwardTflops;
    line[`torch ${backend} backwardTflops`] = theirs.backwardTflops;
    line[`over torch ${backend} forward`] = mine.forwardTflops / theirs.forwardTflops;
    line[`over torch ${backend} backward`] = mine.backwardTflops / theirs.backwardTflops;
  }
  report(line);
}

async function measureDense(peer, shape, peak) {
  const { name, batch, heads, keyHeads, tokens, dim, causal } = shape;
  const ours = scoped(() => {
    const inputs = [heads, keyHeads, keyHeads].map((h) => random([batch, h, tokens, dim]));
    return timeOurs(inputs, (q, k, v) => attention(q, k, v, { causal }));
  });
  const flops = (4 * batch * heads * tokens * tokens * dim) / (causal ? 2 : 1);
  reportCase(name, { ours, peer: await peer.ask(shape), flops, peak });
}

async function measurePacked(peer, peak) {
  const { lengths, heads, keyHeads, dim } = PACKED;
  const total = lengths.reduce((a, b) => a + b, 0);
  const ours = scoped(() => {
    const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b, 0));
    const cuSeqlens = tensor(Int32Array.from([0, ...ends]), { device: "cuda" });
    const options = { causal: true, cuSeqlens, maxSeqlen: Math.max(...lengths) };
    const inputs = [heads, keyHeads, keyHeads].map((h) => random([total, h, dim]));
    return timeOurs(inputs, (q, k, v) => attention(q, k, v, options));
  });
  const flops = lengths.reduce((sum, n) => sum + 2 * heads * n * n * dim, 0);
  reportCase(`variable length, ${lengths.join(" + ")}`, {
    ours,
    peer: await peer.ask(PACKED),
    flops,
    peak,
  });
}

const peer = startPeer("attention_peer.py", []);
const peak = matmulTflops();
report({ name: "matmul 8192", tflops: peak });
for (const shape of CASES) await measureDense(peer, shape, peak);
await measurePacked(peer, peak);
await peer.close();
