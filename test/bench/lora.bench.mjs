// A training step of LLaMA-2-7B with a LoRA adapter of rank 16 on all linear layers (batch 4 x 2048, bfloat16, AdamW with float32
// masters of the adapter) on one GPU: layers computed again in the backward pass, and kept; beside PEFT with torch.compile, which
// computes them again. JSON lines; `mfu` counts the products done for frozen weights once less in the backward pass.
//   notebooster bench lora [--no-peers] [LAYERS BATCH LENGTH RANK]
import { numGpus } from "notebooster";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { runPeer } from "./python-peer.mjs";
import { report } from "./statistics.mjs";

if (numGpus() === 0) throw new Error("bench lora needs a GPU; this process sees none");

const numbers = process.argv
  .slice(2)
  .filter((each) => /^\d+$/.test(each))
  .map(Number);
const [layers = 32, batch = 4, length = 2048, rank = 16] = numbers;
const hasPeers = !process.argv.includes("--no-peers");

const recomputed = await measure("ours, layers computed again", { isRecomputed: true });
await measure("ours, layers kept", { isRecomputed: false });
for (const compiled of hasPeers ? [1, 0] : []) {
  const { ms, peakGiB } = runPeer("lora_peer.py", [compiled, layers, batch, length, rank]);
  report({
    name: `PEFT, ${compiled ? "compiled" : "eager"}, layers computed again`,
    ms,
    tokensPerSecond: (1000 * batch * length) / ms,
    peakGiB,
    ours: ms / recomputed.ms,
  });
}

/**
 * @param {string} name
 * @param {{ isRecomputed: boolean }} how
 */
async function measure(name, { isRecomputed }) {
  const options = { layers, batch, length, rank, isRecomputed };
  const [result] = await runRanks("../bench/lora-rank.mjs", 1, { options });
  report({ name, ...result });
  return result;
}
