// Rounding at random on the GPU: each number drawn as on the CPU, AdamW within what float32 arithmetic may differ by, and a model's losses
// over 200 steps beside those with float32 masters. Prints one JSON line a case; exits with 1 when one fails.
import {
  AdamW,
  Booster,
  LlamaForCausalLM,
  manualSeed,
  noGrad,
  numGpus,
  ops,
  randn,
  scoped,
  TorchDDPPlugin,
  tensor,
  zeros,
} from "notebooster";

if (numGpus() === 0) throw new Error("rounding-check needs a GPU; this process sees none");
let numFailed = 0;
function report(name, ok, seen) {
  if (!ok) numFailed += 1;
  console.log(JSON.stringify({ name, ok, ...seen }));
}
const { adamw_, round_at_random_ } = ops.notebooster;
const device = "cuda:0";
const SIZES = [1, 7, 2048, 2049, 5000, 4096 * 1000 + 3, ...Array(60).fill(1000)];
const BEGINS = SIZES.map((_, i) => (i % 3 === 0 ? 2 ** 32 - 700 : 1000 * i));
const SEEDS = SIZES.map((_, i) => i);
const on = (list, where) => list.map((x) => x.to({ device: where }));
const counts = (where) => SIZES.map(() => tensor(7, { dtype: "float32" }).to({ device: where }));
const differing = (a, b) =>
  a.reduce((sum, each, i) => sum + each.to({ device: "cpu" }).ne(b[i]).sum().item(), 0);

noGrad(() => {
  const sources = SIZES.map((size) => randn([size]));
  const rounded = (where, draw) => {
    const targets = SIZES.map((size) => zeros([size], { dtype: "bfloat16", device: where }));
    round_at_random_(targets, on(sources, where), counts(where), {
      seeds: SEEDS,
      begins: BEGINS,
      draw,
    });
    return targets;
  };
  for (const draw of [0, 1, 2, 7]) {
    const apart = differing(rounded(device, draw), rounded("cpu", draw));
    report(`round_at_random_, draw ${draw}: the CPU's bits`, apart === 0, { apart });
  }
  for (const gradType of ["bfloat16", "float32"]) {
    const [param, grad, m, v] = [1, 2, 3, 4].map(() => SIZES.map((size) => randn([size])));
    const step = (where) => {
      const narrow = (list) => on(list, where).map((x) => x.to("bfloat16").clone());
      const [p, first, second] = [param, m, v.map((x) => x.mul(x))].map(narrow);
      const options = { lr: 1e-2, beta1: 0.9, beta2: 0.95, eps: 1e-8, weight_decay: 0.1 };
      const steps = counts(where);
      const draws = { steps, draw_steps: steps, seeds: SEEDS, begins: BEGINS };
      adamw_(
        p,
        [],
        on(grad, where).map((x) => x.to(gradType)),
        first,
        second,
        { ...options, ...draws },
      );
      return [p, first, second];
    };
    const [gpu, cpu] = [step(device), step("cpu")];
    const total = SIZES.reduce((sum, size) => sum + size, 0);
    for (const [i, name] of ["weights", "first moments", "second moments"].entries()) {
      const apart = differing(gpu[i], cpu[i]) / total; // a last bit of float32 decides once in some 2^16 numbers
      report(`adamw_ at random, gradients ${gradType}: ${name} as the CPU's`, apart < 1e-3, {
        apart,
      });
    }
  }
});

async function losses(masterWeights) {
  manualSeed(1);
  const sizes = {
    vocabSize: 512,
    hiddenSize: 1024,
    intermediateSize: 2816,
    numHiddenLayers: 8,
    numAttentionHeads: 8,
  };
  const model = new LlamaForCausalLM(sizes, { seed: 1, device });
  const booster = new Booster({
    plugin: new TorchDDPPlugin({ maxNorm: 1 }),
    mixedPrecision: "bf16",
    masterWeights,
  });
  const { optimizer } = await booster.boost({
    model: model.train(),
    optimizer: new AdamW(model.parameters(), { lr: 3e-4 }),
  });
  const found = [];
  for (let step = 0; step < 200; step++)
    scoped(() => {
      const ids = BigInt64Array.from({ length: 8 * 256 }, (_, i) => {
        const [row, at] = [Math.floor(i / 256) + 8 * step, i % 256];
        return BigInt((row * 7 + at * (1 + (row % 5)) + ((at * row) % 3)) % 512); // sequences with rules to find
      });
      const inputIds = tensor(ids, { shape: [8, 256] }).to({ device });
      const { loss } = model.forward({ inputIds, labels: inputIds });
      booster.backward(loss, optimizer);
      optimizer.step();
      optimizer.zeroGrad();
      found.push(loss.item());
    });
  return found;
}
const [narrow, wide] = [await losses(false), await losses(true)];
const mean = (list, from, to) =>
  list.slice(from, to).reduce((sum, each) => sum + each, 0) / (to - from);
const windows = Array.from({ length: 10 }, (_, i) => [20 * i, 20 * i + 20]);
const apart = mean(
  windows.map(([from, to]) => Math.abs(mean(narrow, from, to) / mean(wide, from, to) - 1)),
  0,
  windows.length,
);
const curve = windows.map(([from, to]) => [mean(narrow, from, to), mean(wide, from, to)]);
report("losses over 200 steps are on average within 1 % of float32 masters'", apart < 0.01, {
  apart,
  curve,
});
process.exit(numFailed === 0 ? 0 : 1);
