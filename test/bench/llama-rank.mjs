// One rank of llama.bench.mjs: trains LLaMA-2-7B's shape with fewer layers in bfloat16 and prints what a step takes
// and where its time goes. Argument: JSON { layers, batch, length, plugin, bucketMb, granularity }:
// what of each layer is computed again, nothing by default. `memoryOffBy` is how far the memory plan is off, of all that the GPU gave.
import {
  AdamW,
  Booster,
  defaultGroup,
  empty,
  LlamaForCausalLM,
  memory,
  noGrad,
  randint,
  scoped,
  synchronize,
} from "notebooster";
import { emptyCache, GpuEvent, resetPeakMemory } from "notebooster/device";
import { ranksFromEnvironment } from "notebooster/parallel";
import { pluginNamed } from "../fixtures/plugins.mjs";
import { llama7b } from "./llama-7b.mjs";
import { median } from "./statistics.mjs";
import { reductionAlone, StepTimeline, watchReductions } from "./step-timeline.mjs";

const options = JSON.parse(process.argv[2]);
const { layers, batch, length, plugin: name = "DDP", bucketMb = 25, granularity } = options;
const [WARM_UP, STEPS] = [3, 8];
const plugin = pluginNamed(name, { maxNorm: 1, bucketMb });
const { device } = plugin;
const model = new LlamaForCausalLM(llama7b(layers, length), { seed: null, device }).to("bfloat16");
noGrad(() => {
  for (const parameter of model.parameters()) parameter.normal_(0, 0.02);
});
const booster = new Booster({ plugin, mixedPrecision: "bf16" });
if (granularity !== undefined) model.gradientCheckpointingEnable({ granularity });
const own = new AdamW(model.parameters(), { lr: 1e-5 });
const isAlone = ranksFromEnvironment().size === 1;
const plan = booster.plan(model, { batch, sequence: length, optimizer: own });
const { optimizer } = await booster.boost({ model, optimizer: own });
const inputIds = randint(32000, [batch, length], { device });

resetPeakMemory(device);

const alone = !isAlone && reduceAlone();
const timeline = new StepTimeline();
watchReductions(timeline);

function step() {
  timeline.clear();
  timeline.mark("begin");
  scoped(() => {
    const { loss } = model.forward({ inputIds, labels: inputIds });
    timeline.mark("forward");
    booster.backward(loss, optimizer);
    for (const name of ["first reduction", "backward", "reduced"]) timeline.markOnce(name);
    optimizer.step();
    optimizer.zeroGrad();
    timeline.mark("end");
  });
}

/** What all gradients take when nothing runs beside, in parts of a layer's size. */
function reduceAlone() {
  const numBytes = model.parameters().reduce((sum, { nbytes }) => sum + nbytes, 0);
  const part = 2 ** 27;
  return scoped(() => {
    const flat = empty([part / 2], { dtype: "bfloat16", device });
    return reductionAlone(defaultGroup(device), { flat, parts: Math.ceil(numBytes / part) });
  });
}

const PHASES = {
  forwardMs: ["begin", "forward"],
  firstReductionAfterMs: ["forward", "first reduction"],
  backwardMs: ["forward", "backward"],
  exposedReductionMs: ["backward", "reduced"],
  updateMs: ["reduced", "end"],
};
const phases = [];
for (let i = 0; i < WARM_UP + STEPS; i++) {
  synchronize(device);
  step();
  synchronize(device);
  if (i >= WARM_UP)
    phases.push(Object.values(PHASES).map(([from, to]) => timeline.between(from, to)));
}
/** As a loop that waits for nothing: what a step leaves to be done beside the next one counts where it delays it. */
const begins = Array.from({ length: STEPS + 1 }, () => {
  const begin = new GpuEvent({ timing: true }).record();
  step();
  return begin;
});
const times = begins.slice(1).map((begin, i) => begins[i].millisecondsUntil(begin));
const ms = median(times);
const tokensPerSecond = (1000 * batch * length) / ms;
const flops = model.flopsPerToken(length).value;
const gpu = memory().gpus.find((each) => each.device === device);
emptyCache();
console.log(
  JSON.stringify({
    ms,
    tokensPerSecond,
    mfu: (tokensPerSecond * flops) / 989.5e12,
    heldGiB: gpu.allocatedBytes / 2 ** 30,
    peakGiB: gpu.peakAllocatedBytes / 2 ** 30,
    plannedPeakGiB: plan.peak.bytes / 2 ** 30,
    memoryOffBy: plan.compare(step).difference,
    ...Object.fromEntries(
      Object.keys(PHASES).map((name, i) => [name, median(phases.map((each) => each[i]))]),
    ),
    ...(alone && { reductionAloneMs: alone }),
  }),
);
