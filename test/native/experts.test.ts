// Mixtures of experts beyond what transformers is compared in: experts that nobody chose, the loss of balance, layers computed
// again, adapters.
import {
  Booster,
  backward,
  type CausalLM,
  KVCache,
  MixtralForCausalLM,
  noGrad,
  Qwen3MoeForCausalLM,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { SIZES } from "../fixtures/decoder-cases.js";

const inputIds = tensor([
  [5, 60, 31, 8, 9, 77],
  [13, 2, 50, 41, 90, 7],
]);
const BALANCED = { outputRouterLogits: true, routerAuxLossCoef: 0.5 };

test("an expert that no token chose has a gradient of zeros", () => {
  const model = new MixtralForCausalLM({ ...SIZES, numLocalExperts: 4, numExpertsPerTok: 1 });
  const { gate, experts } = model.model.layers[0]?.blockSparseMoe ?? fail();
  noGrad(() => {
    gate.weight.zero_(); // of equals topk takes the same one each time
  });
  backward(model.forward({ inputIds, labels: inputIds }).loss);
  const sums = experts.map(({ w1, w2, w3 }) =>
    [w1, w2, w3].map(({ weight }) => weight.grad?.abs().sum().item()),
  );
  expect(sums.filter((each) => each.every((sum) => sum === 0)).length).toBe(3);
  expect(sums.filter((each) => each.every((sum) => Number(sum) > 0)).length).toBe(1);
});

test("experts that are all equally likely have the least loss of balance, as many as a token chooses", () => {
  const model = new Qwen3MoeForCausalLM({ ...SIZES, ...FEW, ...BALANCED });
  noGrad(() => {
    for (const [name, weight] of model.namedParameters())
      if (name.endsWith("mlp.gate.weight")) weight.zero_();
  });
  const { auxLoss, loss } = model.forward({ inputIds, labels: inputIds });
  expect(auxLoss?.item()).toBeCloseTo(FEW.numExpertsPerTok, 5);
  const without = new Qwen3MoeForCausalLM({ ...SIZES, ...FEW }, { seed: null });
  without.loadStateDict(model.stateDict());
  const plain = without.forward({ inputIds, labels: inputIds });
  expect(plain.auxLoss).toBeUndefined();
  expect(loss.sub(plain.loss).item()).toBeCloseTo(0.5 * FEW.numExpertsPerTok, 5);
  using cache = new KVCache(6);
  expect(noGrad(() => model.forward({ inputIds, cache })).auxLoss).toBeUndefined();
});

test("with layers computed again the gradients of a loss of balance are the same bits", () => {
  const [plain, again] = [0, 1].map(
    () => new Qwen3MoeForCausalLM({ ...SIZES, ...FEW, ...BALANCED }),
  ) as [Qwen3MoeForCausalLM, Qwen3MoeForCausalLM];
  again.gradientCheckpointingEnable();
  for (const model of [plain, again]) backward(model.forward({ inputIds, labels: inputIds }).loss);
  const gradients = (model: CausalLM) => model.parameters().map(({ grad }) => grad?.toArray());
  expect(gradients(again)).toEqual(gradients(plain));
});

test("adapters on all linear layers are on experts and routers, and change nothing at first", () => {
  const model = new MixtralForCausalLM({ ...SIZES, numLocalExperts: 3 });
  const logits = () => noGrad(() => model.forward({ inputIds }).logits.toArray());
  const before = logits();
  new Booster().enableLora(model, { r: 2, targetModules: "all-linear" });
  expect(logits()).toEqual(before);
  const trained = [...model.namedParameters()].filter(([, { requiresGrad }]) => requiresGrad);
  const layer = trained.map(([name]) => name).filter((name) => name.startsWith("model.layers.0."));
  expect(layer.length).toBe(2 * (4 + 1 + 3 * 3)); // A and B of attention, the router and each expert
  backward(model.forward({ inputIds, labels: inputIds }).loss);
  expect(trained.every(([, { grad }]) => grad !== null)).toBe(true);
});

test("a token costs the products of the experts that it goes to", () => {
  const model = new Qwen3MoeForCausalLM({ ...SIZES, ...FEW });
  const layer = model.model.layers[0];
  const { products } = model.cost({ batchSize: 2, sequenceLength: 5 })[1]?.forward ?? fail();
  const matrices = [...(layer?.namedParameters() ?? [])].filter(([, { ndim }]) => ndim === 2);
  const numbers = matrices.reduce((sum, [name, { numel }]) => {
    const part = name.includes("experts") ? FEW.numExpertsPerTok / FEW.numExperts : 1;
    return sum + numel * part;
  }, 0);
  expect(products).toBeCloseTo(2 * 10 * numbers, 3);
});

const FEW = { numExperts: 6, numExpertsPerTok: 2, moeIntermediateSize: 16 };

function fail(): never {
  throw new Error("the model has no layers");
}
