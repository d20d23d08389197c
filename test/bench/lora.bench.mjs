// A training step of LLaMA-2-7B with a LoRA adapter of rank 16 on all linear layers (batch 4 x 2048, bfloat16, AdamW with float32
// masters of the adapter) on one GPU: layers computed again in the backward pass, and kept, and the first over weights of four bits (QLoRA);
// beside PEFT with torch.compile, which computes layers again, and with bitsandbytes where the host has it. JSON lines; `mfu` counts the
// products done for frozen weights once less in the backward pass.
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
const inFourBits = await measure("ours, four bits, layers computed again", {
  isRecomputed: true,
  quantize: "nf4",
});
for (const quantized of hasPeers ? [0, 1] : []) {
  const [ours, what] = quantized
    ? [inFourBits, "PEFT and bitsandbytes, four bits"]
    : [recomputed, "PEFT"];
  for (const compiled of [1, 0]) peer(compiled, quantized, { ours, what });
}

/**
 * @param {number} compiled
 * @param {number} quantized
 * @param {{ ours: { ms: number }, what: string }} beside
 */
function peer(compiled, quantized, { ours, what }) {
  const { ms, peakGiB } = runPeer("lora_peer.py", [
    ...[compiled, layers, batch, length, rank, quantized],
  ]);
  report({
    name: `${what}, ${compiled ? "compiled" : "eager"}, layers computed again`,
    ms,
    tokensPerSecond: (1000 * batch * length) / ms,
    peakGiB,
    ours: ms / ours.ms,
  });
}

/**
 * @param {string} name
 * @param {{ isRecomputed: boolean, quantize?: "nf4" }} how
 */
async function measure(name, how) {
  const options = { layers, batch, length, rank, ...how };
  const [result] = await runRanks("../bench/lora-rank.mjs", 1, { options });
  report({ name, ...result });
  return result;
}
