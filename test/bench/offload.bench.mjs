// Full fine-tuning of LLaMA-2-7B's shape on one GPU (16,384 tokens a step, layers computed again, bfloat16, AdamW with float32 masters)
// within an 80 GB GPU's memory: as much of the optimizer's state in host memory as must be, waited for and while the next forward pass goes
// on, every step clipped; beside weights and state in bfloat16 without masters, on a GPU that has room beside all of it on the GPU, and beside transformers' model under FSDP2 with
// CPUOffloadPolicy. JSON lines.
//   notebooster bench offload [--no-peers]
import { memory, numGpus } from "notebooster";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { runPeer } from "./python-peer.mjs";
import { report } from "./statistics.mjs";

if (numGpus() === 0) throw new Error("bench offload needs a GPU; this process sees none");

const [LAYERS, LENGTH] = [32, 4096];
/** What PyTorch's allocator may take of an 80 GB GPU, beside CUDA's context. */
const MEMORY_GIB = 78;
const within = { layers: LAYERS, length: LENGTH, memoryGiB: MEMORY_GIB };
const CLIPPED = { maxNorm: 1e-3 };
const hasRoom = memory().gpus[0].totalBytes > 120 * 2 ** 30;
/** @type {{ ms: number } | undefined} */
let resident;
/** @type {{ ms: number } | undefined} */
let narrow;
await measure("all in bfloat16 on the GPU, rounded at random, four passes a step", {
  ...{ ...within, batch: 1, accumulation: 4, masterWeights: false, recomputed: 0 },
});
narrow = await measure("the same, layers computed again, one pass a step", {
  ...{ ...within, batch: 4, masterWeights: false },
});
if (hasRoom)
  resident = await measure("all state on the GPU", { layers: LAYERS, length: LENGTH, batch: 4 });
await measure("39 % on the host, waited for", { ...within, batch: 4, onHost: 0.39 });
await measure("39 % on the host, late, every step clipped", {
  ...{ ...within, ...CLIPPED, batch: 4, onHost: 0.39, overlapUpdate: true },
});
await measure("36 % on the host, late, four passes a step", {
  ...{ ...within, batch: 1, accumulation: 4, onHost: 0.36, overlapUpdate: true },
});
if (!process.argv.includes("--no-peers")) {
  const peer = runPeer("llama_offload_peer.py", [LAYERS, 4, LENGTH, 3]);
  report({ name: "FSDP2 compiled, CPUOffloadPolicy", ...peer });
  const inBf16 = runPeer("llama_bf16_peer.py", [LAYERS, 1, LENGTH, 4, 5, MEMORY_GIB]);
  report({ name: "PyTorch compiled, all in bfloat16, rounded to nearest", ...inBf16 });
}

/**
 * @param {string} name
 * @param {object} options of offload-rank.mjs
 */
async function measure(name, options) {
  const [found] = await runRanks("../bench/offload-rank.mjs", 1, { options });
  const { losses: _, times: __, ...figures } = found;
  report({
    name,
    ...figures,
    ...(narrow && { ofNarrow: narrow.ms / found.ms }),
    ...(resident && { ofResident: resident.ms / found.ms }),
  });
  return found;
}
