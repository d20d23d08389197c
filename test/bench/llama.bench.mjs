// A training step of LLaMA-2-7B's shape with twelve layers (batch 2 x 4096, bfloat16, AdamW with float32 masters, clipping): ours
// under DDP on one GPU and on all of this host, beside transformers' model under FSDP2 and torch.compile. JSON lines; tokens
// per second are those of one GPU, MFU counts as in PaLM against 989.5 TFLOP/s.
//   notebooster bench llama [--no-peers] [LAYERS BATCH LENGTH]
import { numGpus } from "notebooster";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { runPeer } from "./python-peer.mjs";
import { report } from "./statistics.mjs";

if (numGpus() === 0) throw new Error("bench llama needs a GPU; this process sees none");

const numbers = process.argv
  .slice(2)
  .filter((each) => /^\d+$/.test(each))
  .map(Number);
const [layers = 12, batch = 2, length = 4096] = numbers;
const hasPeers = !process.argv.includes("--no-peers");
const sizes = [...new Set([1, numGpus()])];
const ours = new Map();
for (const size of sizes) {
  const ranks = await runRanks("../bench/llama-rank.mjs", size, {
    options: { layers, batch, length },
  });
  const slowest = ranks.reduce((a, b) => (a.ms > b.ms ? a : b));
  ours.set(size, slowest);
  const ofOne = slowest.tokensPerSecond / ours.get(1).tokensPerSecond;
  report({ name: `ours, ${size} GPUs`, ...slowest, ...(size > 1 && { ofOne }) });
}
for (const size of hasPeers ? sizes : []) {
  const { ms, peakGiB } = runPeer("llama_peer.py", [size, layers, batch, length]);
  const tokensPerSecond = (1000 * batch * length) / ms;
  report({
    name: `FSDP2 compiled, ${size} GPUs`,
    ms,
    tokensPerSecond,
    peakGiB,
    ours: ms / ours.get(size).ms,
  });
}
