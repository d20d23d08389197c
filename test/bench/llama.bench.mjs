// A training step of LLaMA-2-7B's shape with twelve layers (batch 2 x 4096, bfloat16, AdamW with float32 masters, clipping): ours
// on one GPU and under each plugin on all of this host, beside transformers' model under FSDP2 and torch.compile. JSON lines;
// tokens per second are those of one GPU, MFU counts as in PaLM against 989.5 TFLOP/s.
// `exposedReductionMs` is what ranks wait for after their own backward pass; `backwardMs` beside that of one GPU says what the
// reductions that run beside it take from it. One GPU alone also trains with norms and SwiGLU computed again, and with whole layers;
// `ofKept` is its rate over that without. --variants tries what may change both, each in processes of its own.
//   notebooster bench llama [--no-peers] [--variants] [LAYERS BATCH LENGTH]
import { numGpus } from "notebooster";
import { PLUGIN_NAMES } from "../fixtures/plugins.mjs";
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
  for (const plugin of size > 1 ? PLUGIN_NAMES : ["DDP"]) {
    const found = await measure(`ours, ${size} GPUs, ${plugin}`, size, { plugin });
    if (!(ours.get(size)?.ms < found.ms)) ours.set(size, found);
  }
}
for (const granularity of ["selective", "full"]) {
  const name = `ours, 1 GPUs, DDP, ${granularity} recomputation`;
  await measure(name, 1, { granularity });
}
/** NCCL's share of the multiprocessors, when its kernels get their turn, and how much is reduced at once. */
const VARIANTS = {
  "NCCL on at most 4 multiprocessors": { environment: { NCCL_MAX_CTAS: "4" } },
  "NCCL on at most 8 multiprocessors": { environment: { NCCL_MAX_CTAS: "8" } },
  "NCCL before other kernels": { environment: { TORCH_NCCL_HIGH_PRIORITY: "1" } },
  "one hardware queue": { environment: { CUDA_DEVICE_MAX_CONNECTIONS: "1" } },
  "buckets of 100 MiB": { bucketMb: 100 },
  "buckets of 400 MiB": { bucketMb: 400 },
};
const variants = process.argv.includes("--variants") && numGpus() > 1 ? VARIANTS : {};
for (const [name, variant] of Object.entries(variants)) await measure(name, numGpus(), variant);
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

/**
 * The slowest rank's figures.
 * @param {string} name
 * @param {number} size how many ranks
 * @param {{ environment?: Record<string, string>, plugin?: string, bucketMb?: number, granularity?: string }} variant
 */
async function measure(name, size, { environment, ...variant } = {}) {
  const options = { layers, batch, length, ...variant };
  const ranks = await runRanks("../bench/llama-rank.mjs", size, { options, environment });
  const slowest = ranks.reduce((a, b) => (a.ms > b.ms ? a : b));
  const ofOne = slowest.tokensPerSecond / (ours.get(1) ?? slowest).tokensPerSecond;
  const isAgain = variant.granularity !== undefined;
  report({ name, ...slowest, ...(size > 1 && { ofOne }), ...(isAgain && { ofKept: ofOne }) });
  return slowest;
}
