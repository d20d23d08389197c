// For a host with a GPU: optimizer state, and weights, in pinned host memory on a GPU: whatever the rule, weights and state are those of state on the GPU to the bit, while
// parts come and go beside each other, the next forward pass begins before the update has ended, and state is read at once.
//   ./notebooster exec test/gpu/offload-check.mjs        exits non-zero on a failure
import { createHash } from "node:crypto";
import {
  AdamW,
  AdamW8bit,
  Booster,
  GeminiPlugin,
  Generator,
  HybridAdam,
  Lamb,
  Lion,
  LlamaForCausalLM,
  Muon,
  memory,
  noGrad,
  randint,
  SGD,
  scoped,
  synchronize,
  tensor,
} from "notebooster";
import { emptyCache, resetPeakMemory } from "notebooster/device";
import { check, expect, finish } from "./check.mjs";

const device = "cuda:0";
const MIB = 2 ** 20;
const RULES = {
  AdamW: (p) => new AdamW(p, { lr: 1e-3 }),
  AdamW8bit: (p) => new AdamW8bit(p, { lr: 1e-3 }),
  HybridAdam: (p) => new HybridAdam(p, { lr: 1e-3 }),
  Lion: (p) => new Lion(p, { lr: 1e-4 }),
  Lamb: (p) => new Lamb(p, { lr: 1e-3 }),
  SGD: (p) => new SGD(p, { lr: 1e-2, momentum: 0.9 }),
  Muon: (p) =>
    new Muon(
      [
        { parameters: p.filter(({ shape }) => shape.length === 2 && shape[0] !== 1000) },
        {
          parameters: p.filter(({ shape }) => shape.length < 2 || shape[0] === 1000),
          useMuon: false,
        },
      ],
      { lr: 1e-3 },
    ),
};
const sizes = {
  vocabSize: 1000,
  hiddenSize: 512,
  intermediateSize: 1376,
  numHiddenLayers: 4,
  numAttentionHeads: 8,
};
const ids = Array.from({ length: 6 }, () => randint(1000, [2, 64], { device }));

/** @param {string} rule @param {{ late: boolean } | undefined} how */
function trained(rule, how) {
  const model = new LlamaForCausalLM(sizes, { seed: 3, device }).to("bfloat16").train();
  const optimizer = RULES[rule](model.parameters());
  const all = model.parameters();
  if (how !== undefined)
    optimizer.useHost({ parameters: new Set(all), device, batchBytes: MIB, ...how });
  optimizer.useMasterWeights(new Map());
  const half = tensor(0.5, { dtype: "float32" }).to({ device });
  for (let step = 0; step < 6; step++) {
    if (how !== undefined && step === 3) {
      // Half of it comes home, and goes back.
      optimizer.useHost({ parameters: new Set(all.slice(0, 20)), device, batchBytes: MIB, ...how });
      optimizer.useHost({ parameters: new Set(all), device, batchBytes: MIB, ...how });
    }
    scoped(() => {
      model.forward({ inputIds: ids[step], labels: ids[step] }).loss.backward();
      optimizer.stepScaled(step % 2 === 0 ? {} : { gradScale: half });
      optimizer.zeroGrad();
    });
  }
  const state = all.flatMap((each) => {
    const { step, ...tensors } = optimizer.stateOf(each) ?? {};
    return [step, ...Object.values(tensors).map((one) => digest(one))];
  });
  const weights = all.map((each) => digest(each.detach()));
  const onHost =
    how === undefined ||
    Object.values(optimizer.stateOf(all[0])).every(
      (each) => each.device === undefined || each.device === "cpu",
    );
  return { state: JSON.stringify(state), weights: JSON.stringify(weights), onHost };
}

function digest(one) {
  const bytes = noGrad(() => one.to({ device: "cpu" }).contiguous()).toBytes();
  return createHash("sha256").update(bytes).digest("hex");
}

for (const rule of Object.keys(RULES)) {
  const resident = trained(rule, undefined);
  for (const late of [false, true])
    check(`${rule}, state on the host, ${late ? "late" : "waited for"}: the same bits`, () => {
      const found = trained(rule, { late });
      expect(found.onHost, "state is not on the host");
      expect(found.weights === resident.weights, "weights differ");
      expect(found.state === resident.state, "state differs");
    });
}
synchronize(device);
check("pinned memory is counted", () => expect(memory().host.pinnedBytes > 0, "none is"));

const gpu = () => memory().gpus.find((each) => each.device === device);
const usedBytes = () => gpu().totalBytes - gpu().freeBytes;

/** Of AdamW, in bytes. @param {{ optimizer: AdamW }} of */
const onDevice = ({ optimizer }) =>
  [...optimizer.namedStates()].reduce(
    (sum, [, { device: where, nbytes }]) => sum + (where === "cpu" ? 0 : nbytes),
    0,
  );

/** How many weights have no memory on the GPU between uses. */
const numAway = (model) =>
  model.parameters().filter((each) => {
    try {
      each.detach().view([-1]).narrow(0, 0, 1).item();
      return false;
    } catch {
      return true;
    }
  }).length;

/** Trains under Gemini, and says after each step what the GPU holds. @param {object} options @param {number[]} batches */
async function underGemini(options, batches, layersAgain = 0) {
  const large = {
    ...sizes,
    hiddenSize: 2048,
    intermediateSize: 5504,
    numHiddenLayers: 6,
    numAttentionHeads: 16,
  };
  const model = new LlamaForCausalLM(large, { seed: 3, device }).to("bfloat16").train();
  if (layersAgain > 0) model.gradientCheckpointingEnable({ layers: layersAgain });
  const booster = new Booster({ plugin: new GeminiPlugin(options), mixedPrecision: "bf16" });
  const own = new AdamW(model.parameters(), { lr: 1e-4 });
  const parts = await booster.boost({ model, optimizer: own });
  emptyCache();
  const found = [];
  resetPeakMemory(device);
  for (const rows of batches) {
    scoped(() => {
      const inputIds = randint(1000, [rows, 512], {
        device,
        generator: new Generator(rows, device),
      });
      const output = model.forward({ inputIds, labels: inputIds });
      booster.backward(output, parts.optimizer);
      parts.optimizer.step();
      parts.optimizer.zeroGrad();
      found.push({
        loss: output.loss.item(),
        used: usedBytes(),
        here: onDevice({ optimizer: own }),
        peak: gpu().peakAllocatedBytes,
        away: numAway(model),
      });
    });
  }
  const all = [...own.namedStates()].reduce((sum, [, { nbytes }]) => sum + nbytes, 0);
  for (const each of model.parameters()) each.grad = null;
  const whole = booster.gatherWeights(model);
  const weights = model.parameters().map((each) => digest(each.detach()));
  whole[Symbol.dispose]();
  const weightBytes = model.parameters().reduce((sum, { nbytes }) => sum + nbytes, 0);
  return { found, all, weightBytes, weights: weights.join() };
}

async function collected() {
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  emptyCache();
}

const batches = [2, 2, 2, 24, 24, 24];
await collected();
const resident = await underGemini({}, batches);
await collected();
const away = await underGemini({ offloadOptimFrac: 1 }, batches);
await collected();
// Room for half of the state beside what the first step needed.
const budget = away.found[0].used + 0.5 * away.all;
const auto = await underGemini(
  { placementPolicy: "auto", steadyCudaCapRatio: budget / gpu().totalBytes },
  batches,
);
const gib = (bytes) => (bytes / 2 ** 30).toFixed(2);
console.log(
  JSON.stringify({
    budget: gib(budget),
    state: gib(auto.all),
    away: away.found.map(({ used }) => gib(used)),
    auto: auto.found.map(({ used, here }) => [gib(used), gib(here)]),
  }),
);
check("losses are the same bits wherever state lies", () => {
  const losses = ({ found }) => JSON.stringify(found.map(({ loss }) => loss));
  expect(
    losses(away) === losses(resident) && losses(auto) === losses(resident),
    `${losses(resident)} ${losses(away)} ${losses(auto)}`,
  );
});
check("auto brings about half of the state to the GPU and stays within its budget", () => {
  const [first, , third] = auto.found;
  expect(
    first.here > 0.3 * auto.all && first.here < 0.55 * auto.all,
    `${first.here} of ${auto.all}`,
  );
  expect(third.used <= budget, `${third.used} of ${budget}`);
});
check("and sends some back when a step needs more", () => {
  const [third, last] = [auto.found[2], auto.found.at(-1)];
  expect(last.here < third.here, `${last.here} and ${third.here}`);
});

const ALL = { offloadOptimFrac: 1 };
const reference = await underGemini(ALL, batches);
await collected();
/** @type {{ name: string, options: import("notebooster").GeminiOptions, layersAgain?: number }[]} */
const WAYS = [
  { name: "all weights", options: { offloadParamFrac: 1 } },
  { name: "all weights, late", options: { offloadParamFrac: 1, overlapUpdate: true } },
  {
    name: "half of the weights, late, layers computed again",
    options: { offloadParamFrac: 0.5, overlapUpdate: true },
    layersAgain: 6,
  },
  { name: "all weights, no prefetching", options: { offloadParamFrac: 1, prefetch: false } },
  { name: "clipped", options: { offloadParamFrac: 1, overlapUpdate: true, maxNorm: 1e9 } },
];
for (const { name, options, layersAgain } of WAYS) {
  const there = await underGemini({ ...ALL, ...options }, batches, layersAgain);
  await collected();
  check(`${name} on the host: losses and weights are the same bits`, () => {
    const losses = ({ found }) => JSON.stringify(found.map(({ loss }) => loss));
    expect(losses(there) === losses(reference), `${losses(reference)} ${losses(there)}`);
    expect(there.weights === reference.weights, "weights differ");
    expect(
      there.found.every(({ away }) => away > 0),
      "none are away",
    );
  });
  if (options.offloadParamFrac !== 1) continue;
  check(`${name} on the host: the GPU's peak is less by most of them`, () => {
    const [less, more] = [there, reference].map(({ found }) => found[2].peak);
    const saved = (more - less) / there.weightBytes;
    console.log(JSON.stringify({ name, saved, less: gib(less), more: gib(more) }));
    expect(saved > 0.4, `${saved} of the weights`); // two blocks, and batches that weights go along in
  });
}

/** Room for half of the weights, and no state, beside what the first step needed. */
const first = await underGemini({ placementPolicy: "auto", steadyCudaCapRatio: 0.01 }, [2]);
await collected();
const small = first.found[0].used + 0.5 * first.weightBytes;
const part = await underGemini(
  { placementPolicy: "auto", steadyCudaCapRatio: small / gpu().totalBytes },
  batches.slice(0, 3),
);
check("auto brings weights home before state", () => {
  const [before, , after] = part.found;
  console.log(JSON.stringify({ all: first.found[0].away, left: after.away, here: after.here }));
  expect(before.away > 0 && after.away > 0 && after.away < first.found[0].away, `${after.away}`);
  expect(after.here === 0, `${after.here} bytes of state came, too`);
  expect(after.used <= small, `${after.used} of ${small}`);
});
finish();
