// attention() beside PyTorch's scaled_dot_product_attention with its cuDNN and FlashAttention-2 back ends, on one GPU in
// bfloat16: calls captured as CUDA graphs on both sides, replayed in turns, medians of the rounds. TFLOP/s forward count two
// matrix products, "both" (forward and backward) seven, half of that when causal; `shareOfMatmul` is the part of a large matrix
// product's rate in the same run. JSON lines.
//   notebooster bench attention
import {
  attention,
  backward,
  lastAttentionBackend,
  noGrad,
  numGpus,
  ops,
  scope,
  tensor,
} from "notebooster";
import { captured, matmulTflops } from "./gpu-time.mjs";
import { startPeer } from "./python-peer.mjs";
import { median, report } from "./statistics.mjs";

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

/** `attend(q, k, v)` forward, without recording, and forward with backward. */
function capture([q, k, v], attend) {
  const forward = noGrad(() => captured(() => attend(q, k, v)));
  const seed = noGrad(() => ops.aten.randn_like(attend(q, k, v)));
  for (const x of [q, k, v]) x.requiresGrad = true;
  const both = captured(() => {
    backward(attend(q, k, v), seed);
    for (const x of [q, k, v]) x.grad = null;
  });
  return { forward, both };
}

/** Medians of the rounds, as rates. */
function rates(rounds, flops) {
  const of = (kind) => median(rounds.map((round) => round[kind]));
  return {
    forwardTflops: flops / of("forward") / 1e9,
    bothTflops: (3.5 * flops) / of("both") / 1e9,
  };
}

/** Ours and every back end of the peer in turns; each begins every other round, after the chip has rested. */
async function takeTurns(calls, rounds = 8) {
  const ours = [];
  const peers = [];
  const takeOurs = () => ours.push({ forward: calls.forward.round(), both: calls.both.round() });
  for (let i = 0; i < rounds; i++) {
    if (i % 2 === 0) takeOurs();
    peers.push(await peer.ask("round"));
    if (i % 2 === 1) takeOurs();
  }
  const names = Object.keys(peers[0]);
  const byName = names.map((name) => [name, peers.map((round) => round[name])]);
  return { ours, peers: Object.fromEntries(byName) };
}

async function measure({ name, request, inputs, attend, flops }) {
  const calls = capture(inputs, attend);
  const backend = lastAttentionBackend();
  await peer.ask(request);
  const { ours, peers } = await takeTurns(calls);
  for (const { dispose } of Object.values(calls)) dispose();
  const mine = rates(ours, flops);
  const line = { name, backend, ...mine, shareOfMatmul: mine.forwardTflops / peak };
  for (const [other, rounds] of Object.entries(peers)) {
    const theirs = rates(rounds, flops);
    line[`torch ${other} forwardTflops`] = theirs.forwardTflops;
    line[`torch ${other} bothTflops`] = theirs.bothTflops;
    line[`over torch ${other} forward`] = mine.forwardTflops / theirs.forwardTflops;
    line[`over torch ${other} both`] = mine.bothTflops / theirs.bothTflops;
  }
  report(line);
}

function dense(request) {
  const { name, batch, heads, keyHeads, tokens, dim, causal } = request;
  return {
    name,
    request,
    inputs: [heads, keyHeads, keyHeads].map((h) => random([batch, h, tokens, dim])),
    attend: (q, k, v) => attention(q, k, v, { causal }),
    flops: (4 * batch * heads * tokens * tokens * dim) / (causal ? 2 : 1),
  };
}

function packed(request) {
  const { lengths, heads, keyHeads, dim } = request;
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((a, b) => a + b, 0));
  const cuSeqlens = tensor(Int32Array.from([0, ...ends]), { device: "cuda" });
  const options = { causal: true, cuSeqlens, maxSeqlen: Math.max(...lengths) };
  return {
    name: `variable length, ${lengths.join(" + ")}`,
    request,
    inputs: [heads, keyHeads, keyHeads].map((h) => random([ends.at(-1), h, dim])),
    attend: (q, k, v) => attention(q, k, v, options),
    flops: lengths.reduce((sum, n) => sum + 2 * heads * n * n * dim, 0),
  };
}

const peer = startPeer("attention_peer.py", []);
const peak = matmulTflops();
report({ name: "matmul 8192", tflops: peak });
for (const makeCase of [...CASES.map((shape) => () => dense(shape)), () => packed(PACKED)]) {
  const tensors = scope();
  await measure(makeCase());
  tensors.close();
}
await peer.close();
