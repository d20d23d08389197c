// One process of generate.bench.mjs. Argument: JSON { layers, batch, promptLength, numTokens, cacheImplementation }.
import { LlamaForCausalLM, noGrad, randint, synchronize } from "notebooster";
import { llama7b } from "./llama-7b.mjs";
import { median } from "./statistics.mjs";

const { layers, batch, promptLength, numTokens, cacheImplementation } = JSON.parse(process.argv[2]);
const RUNS = 3;
const device = "cuda:0";
const sizes = llama7b(layers, promptLength + numTokens);
const model = new LlamaForCausalLM(sizes, { seed: null, device }).to({ dtype: "bfloat16" }).eval();
noGrad(() => {
  for (const parameter of model.parameters()) parameter.normal_(0, 0.02);
});
const bytes = model.parameters().reduce((sum, { numel }) => sum + 2 * numel, 0);
const embedded = 2 * model.embeddingWeight.numel; // of which a token reads a row
const inputIds = randint(32000, [batch, promptLength], { device });

/** Milliseconds of generating so many tokens. */
function time(maxNewTokens) {
  synchronize(device);
  const begin = performance.now();
  const options = { maxNewTokens, eosTokenId: null, doSample: false };
  model.generate(inputIds, { ...options, cacheImplementation }).dispose();
  synchronize(device);
  return performance.now() - begin;
}

time(numTokens);
const [short, long] = [numTokens / 4, numTokens].map((count) =>
  median(Array.from({ length: RUNS }, () => time(count))),
);
const msPerToken = (long - short) / (numTokens - numTokens / 4);
console.log(JSON.stringify({ msPerToken, firstMs: short, readGiB: (bytes - embedded) / 2 ** 30 }));
