// One rank of llama.bench.mjs: trains LLaMA-2-7B's shape with fewer layers in bfloat16 under DDP and prints what a step takes.
// Argument: JSON { layers, batch, length }.
import {
  AdamW,
  Booster,
  LlamaForCausalLM,
  memoryStats,
  noGrad,
  randint,
  scoped,
  synchronize,
  TorchDDPPlugin,
} from "notebooster";
import { median } from "./statistics.mjs";

const { layers, batch, length } = JSON.parse(process.argv[2]);
const [WARM_UP, STEPS] = [3, 8];
const config = {
  ...{ vocabSize: 32000, hiddenSize: 4096, intermediateSize: 11008, numHiddenLayers: layers },
  ...{ numAttentionHeads: 32, maxPositionEmbeddings: length },
};
const plugin = new TorchDDPPlugin({ maxNorm: 1 });
const { device } = plugin;
const model = new LlamaForCausalLM(config, { seed: null }).to({ dtype: "bfloat16", device });
noGrad(() => {
  for (const parameter of model.parameters()) parameter.normal_(0, 0.02);
});
const booster = new Booster({ plugin, mixedPrecision: "bf16" });
const { optimizer } = await booster.boost({
  model,
  optimizer: new AdamW(model.parameters(), { lr: 1e-5 }),
});
const inputIds = randint(32000, [batch, length], { device });

function step() {
  scoped(() => {
    booster.backward(model.forward({ inputIds, labels: inputIds }).loss, optimizer);
    optimizer.step();
    optimizer.zeroGrad();
  });
}

const times = [];
for (let i = 0; i < WARM_UP + STEPS; i++) {
  synchronize(device);
  const begin = performance.now();
  step();
  synchronize(device);
  if (i >= WARM_UP) times.push(performance.now() - begin);
}
const ms = median(times);
const tokensPerSecond = (1000 * batch * length) / ms;
const flops = model.flopsPerToken(length).value;
const { allocatedBytes } = memoryStats(device);
console.log(
  JSON.stringify({
    ms,
    tokensPerSecond,
    mfu: (tokensPerSecond * flops) / 989.5e12,
    heldGiB: allocatedBytes / 2 ** 30,
  }),
);
