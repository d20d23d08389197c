// Full fine-tuning of LLaMA-2-7B's shape on one GPU in bfloat16, a part of the optimizer's state in host memory. Argument: JSON { layers,
// batch, length, accumulation, masterWeights, recomputed: layers computed again, default all, onHost: the fraction of the state,
// weightsOnHost: that of the weights, with onHost 1, lora: the rank of adapters to train instead, overlapUpdate, maxNorm, memoryGiB: what the allocator may take, text: whether it learns the bytes of this library's code, steps }.
import { readdirSync, readFileSync } from "node:fs";
import {
  AdamW,
  Booster,
  empty,
  GeminiPlugin,
  LlamaForCausalLM,
  manualSeed,
  memory,
  noGrad,
  randint,
  scoped,
  synchronize,
  tensor,
} from "notebooster";
import { GpuEvent, resetPeakMemory, setMemoryFraction } from "notebooster/device";
import { llama7b } from "./llama-7b.mjs";
import { median } from "./statistics.mjs";

const {
  layers,
  batch,
  length,
  accumulation = 1,
  onHost = 0,
  weightsOnHost = 0,
  lora,
  overlapUpdate = false,
  maxNorm,
  masterWeights = true,
  recomputed = layers,
  memoryGiB,
  text = false,
  steps = 5,
} = JSON.parse(process.argv[2]);
const WARM_UP = 2;
const device = "cuda:0";
const gpu = () => memory().gpus.find((each) => each.device === device);
if (memoryGiB !== undefined) setMemoryFraction((memoryGiB * 2 ** 30) / gpu().totalBytes, device);
const begun = performance.now();
manualSeed(1);
// What is to lie on the host is never all on the device: it is drawn there weight by weight.
const model = new LlamaForCausalLM(llama7b(layers, length), { seed: null, device: "meta" });
model.to({ dtype: "bfloat16", device: weightsOnHost > 0 ? "cpu" : device });
noGrad(() => {
  for (const parameter of model.parameters())
    scoped(() => {
      const { shape, dtype } = parameter;
      parameter.copy_(empty(shape, { dtype, device }).normal_(0, 0.02));
    });
});
if (recomputed > 0) model.gradientCheckpointingEnable({ layers: recomputed });
const booster = new Booster({
  plugin: new GeminiPlugin({
    offloadOptimFrac: onHost,
    offloadParamFrac: weightsOnHost,
    overlapUpdate,
    ...(maxNorm !== undefined && { maxNorm }),
  }),
  mixedPrecision: "bf16",
  masterWeights,
});
if (lora !== undefined) booster.enableLora(model, { r: lora, targetModules: "all-linear" });
const trained = model.parameters().filter(({ requiresGrad }) => requiresGrad);
const { optimizer } = await booster.boost({
  model: model.train(),
  optimizer: new AdamW(trained, { lr: text ? 1e-4 : 1e-5 }),
});
const boostSeconds = (performance.now() - begun) / 1000;
const rows = text ? rowsOfText() : [randint(32000, [batch, length], { device })];
resetPeakMemory(device);
let last;
let numPasses = 0;
function step() {
  scoped(() => {
    for (let i = 0; i < accumulation; i++) {
      const inputIds = rows[numPasses++ % rows.length];
      const { loss } = model.forward({ inputIds, labels: inputIds });
      booster.backward(loss, optimizer);
      if (i + 1 === accumulation) last = loss.item();
    }
    optimizer.step();
    optimizer.zeroGrad();
  });
}
/** Batches of the library's own code, byte by byte. */
function rowsOfText() {
  const folder = new URL("../../dist/src/joined/", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const bytes = Buffer.concat(files.sort().map((name) => readFileSync(new URL(name, folder))));
  const size = batch * length;
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
    tensor(BigInt64Array.from(bytes.subarray(i * size, (i + 1) * size), BigInt), {
      shape: [batch, length],
    }).to({ device }),
  );
}
const mark = () => new GpuEvent({ timing: true }).record();
const first = performance.now();
const losses = [];
const begins = [];
for (let i = 0; i < WARM_UP + steps + 1; i++) {
  if (i >= WARM_UP) begins.push(mark());
  if (i < WARM_UP + steps) step();
  losses.push(last);
}
synchronize(device);
const times = begins.slice(1).map((end, i) => begins[i].millisecondsUntil(end));
const ms = median(times);
const tokensPerSecond = (1000 * batch * length * accumulation) / ms;
const now = gpu();
console.log(
  JSON.stringify({
    ms,
    tokensPerSecond,
    mfu: (tokensPerSecond * model.flopsPerToken(length).value) / 989.5e12,
    heldGiB: now.allocatedBytes / 2 ** 30,
    peakGiB: now.peakAllocatedBytes / 2 ** 30,
    reservedGiB: now.reservedBytes / 2 ** 30,
    pinnedGiB: memory().host.pinnedBytes / 2 ** 30,
    boostSeconds,
    gradNorm: optimizer.gradNorm,
    losses,
    times,
    loopSeconds: (performance.now() - first) / 1000,
  }),
);
