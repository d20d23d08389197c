// One process of lora.bench.mjs. Argument: JSON { layers, batch, length, rank, isRecomputed, quantize }.
import {
  AdamW,
  Booster,
  LlamaForCausalLM,
  memory,
  noGrad,
  randint,
  scoped,
  synchronize,
  TorchDDPPlugin,
} from "notebooster";
import { resetPeakMemory } from "notebooster/device";
import { llama7b } from "./llama-7b.mjs";
import { median } from "./statistics.mjs";

const { layers, batch, length, rank, isRecomputed, quantize } = JSON.parse(process.argv[2]);
const [WARM_UP, STEPS] = [3, 8];
const plugin = new TorchDDPPlugin();
const device = "cuda:0";
const model = new LlamaForCausalLM(llama7b(layers, length), { seed: null, device }).to({
  dtype: "bfloat16",
});
noGrad(() => {
  for (const parameter of model.parameters()) parameter.normal_(0, 0.02);
});
const booster = new Booster({ plugin, mixedPrecision: "bf16" });
booster.enableLora(model, { r: rank, loraAlpha: 2 * rank, ...(quantize && { quantize }) });
if (isRecomputed) model.gradientCheckpointingEnable();
const { optimizer } = await booster.boost({
  model: model.train(),
  optimizer: new AdamW(model.parameters(), { lr: 1e-4 }),
});
const inputIds = randint(32000, [batch, length], { device });
const gpu = () => memory().gpus.find((each) => each.device === device);
const before = gpu();
resetPeakMemory();
const times = [];
const losses = [];
for (let i = 0; i < WARM_UP + STEPS; i++) {
  synchronize(device);
  const begin = performance.now();
  scoped(() => {
    const { loss } = model.forward({ inputIds, labels: inputIds });
    booster.backward(loss, optimizer);
    optimizer.step();
    optimizer.zeroGrad();
    if (i === 0 || i === WARM_UP + STEPS - 1) losses.push(loss.item());
  });
  synchronize(device);
  if (i >= WARM_UP) times.push(performance.now() - begin);
}
const ms = median(times);
const tokensPerSecond = (1000 * batch * length) / ms;
console.log(
  JSON.stringify({
    ms,
    tokensPerSecond,
    mfu: (tokensPerSecond * model.flopsPerToken(length).value) / 989.5e12,
    heldGiB: before?.allocatedBytes / 2 ** 30,
    peakGiB: gpu().peakAllocatedBytes / 2 ** 30,
    reservedGiB: gpu().reservedBytes / 2 ** 30,
    losses,
  }),
);
