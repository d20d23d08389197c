// For a host with a GPU: optimizer state in pinned host memory on a GPU: whatever the rule, weights and state are those of state on the GPU to the bit, while
// parts come and go beside each other, the next forward pass begins before the update has ended, and state is read at once.
//   ./notebooster exec test/gpu/offload-check.mjs        exits non-zero on a failure
import {
  AdamW,
  AdamW8bit,
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
  return Buffer.from(noGrad(() => one.to({ device: "cpu" }).contiguous()).toBytes()).toString(
    "latin1",
  );
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
finish();
