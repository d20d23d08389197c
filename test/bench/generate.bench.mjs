// Generating text with LLaMA-2-7B in bfloat16 on one GPU, greedily: a step as a CUDA graph, and without one, beside transformers'
// `generate`. Each token reads all weights, so what counts is the share of the memory's bandwidth; JSON lines.
//   notebooster bench generate [--no-peers] [LAYERS BATCH PROMPT TOKENS]
import { execFileSync } from "node:child_process";
import { numGpus } from "notebooster";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { runPeer } from "./python-peer.mjs";
import { report } from "./statistics.mjs";

if (numGpus() === 0) throw new Error("bench generate needs a GPU; this process sees none");

/** Bytes a second that NVIDIA's data sheets say. */
const BANDWIDTH = { H100: 3.35e12, H200: 4.8e12, A100: 2.04e12 };

const numbers = process.argv
  .slice(2)
  .filter((each) => /^\d+$/.test(each))
  .map(Number);
const [layers = 32, batch = 1, promptLength = 64, numTokens = 256] = numbers;
const card = execFileSync("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader", "-i", "0"]);
const model = Object.entries(BANDWIDTH).find(([name]) => String(card).includes(name));

const graph = await measure("ours, a step as a CUDA graph", "static");
await measure("ours, without", "dynamic");
if (!process.argv.includes("--no-peers")) {
  const { msPerToken } = runPeer("generate_peer.py", [layers, batch, promptLength, numTokens]);
  report({ name: "transformers", msPerToken, ours: msPerToken / graph.msPerToken });
}

/**
 * @param {string} name
 * @param {"static" | "dynamic"} cacheImplementation
 */
async function measure(name, cacheImplementation) {
  const options = { layers, batch, promptLength, numTokens, cacheImplementation };
  const [result] = await runRanks("../bench/generate-rank.mjs", 1, { options });
  const bandwidth = (result.readGiB * 2 ** 30 * 1000) / result.msPerToken;
  const share = model && { ofBandwidth: bandwidth / model[1] };
  report({ name, ...result, tokensPerSecond: (1000 * batch) / result.msPerToken, ...share });
  return result;
}
