// Losses that are weighed by their tokens, in one process; test/ranks/token-mean.test.ts has several.
import { Booster, LlamaForCausalLM, SGD, TorchDDPPlugin, tensor } from "notebooster";
import { expect, test } from "vitest";

const IDS = [[5, 9, 2, 7, 30, 11]];
const sizes = {
  vocabSize: 40,
  hiddenSize: 16,
  intermediateSize: 32,
  numHiddenLayers: 1,
  numAttentionHeads: 2,
};

async function training(mixedPrecision: "fp32" | "fp16" = "fp32") {
  const model = new LlamaForCausalLM(sizes, { seed: 3 });
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }), mixedPrecision });
  const { optimizer } = await booster.boost({
    model,
    optimizer: new SGD(model.parameters(), { lr: 1 }),
  });
  const weights = () => model.parameters().map((one) => one.detach().clone());
  const forward = (numLabels: number) =>
    model.forward({
      inputIds: tensor(IDS),
      labels: tensor(IDS.map((row) => row.map((id, i) => (i > 0 && i <= numLabels ? id : -100)))),
    });
  return { model, booster, optimizer, weights, forward };
}

test("an output counts its labels, shifted by one", async () => {
  const { forward, model } = await training();
  expect([0, 1, 4].map((numLabels) => forward(numLabels).numTokens.item())).toEqual([0, 1, 4]);
  const inputIds = tensor(IDS);
  expect(model.forward({ inputIds, labels: inputIds }).numTokens.item()).toBe(5);
});

test("tokens may be a number, a tensor or the output's", async () => {
  const steps: ((output: { loss: never; numTokens: never }) => unknown[])[] = [
    (output) => [output],
    ({ loss }) => [loss, { tokens: 3 }],
    ({ loss }) => [loss, { tokens: tensor([3]) }],
  ];
  const results = await Promise.all(
    steps.map(async (given) => {
      const { booster, optimizer, forward, weights } = await training();
      const [loss, options] = given(forward(3) as never);
      booster.backward(loss as never, optimizer, options as never);
      booster.backward(forward(5), optimizer);
      optimizer.step();
      return weights().map((one) => one.toArray());
    }),
  );
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test.each(["fp32", "fp16"] as const)(
  "a step whose labels are all masked changes nothing, in %s",
  async (precision) => {
    const { booster, optimizer, forward, weights } = await training(precision);
    const before = weights();
    booster.backward(forward(0), optimizer);
    optimizer.step();
    expect(optimizer.gradNorm).toBe(0);
    expect(weights().map((one) => one.toArray())).toEqual(before.map((one) => one.toArray()));
    expect(optimizer.scaler?.scale.item() ?? 65536).toBe(65536);
  },
);

test("losses with and without tokens in one step are refused; after zeroGrad, of the model too, a new step begins", async () => {
  const { model, booster, optimizer, forward } = await training();
  const mixed = /a step's losses must all come with their tokens/;
  booster.backward(forward(3), optimizer);
  expect(() => booster.backward(forward(3).loss, optimizer)).toThrow(mixed);
  model.zeroGrad();
  booster.backward(forward(3).loss, optimizer);
  expect(() => booster.backward(forward(3), optimizer)).toThrow(mixed);
  optimizer.zeroGrad();
  booster.backward(forward(3), optimizer);
  expect(() => forward(3).loss.backward()).toThrow(mixed);
});

test("parameter.grad may be clipped by hand: norms are of the divided gradients", async () => {
  const { booster, optimizer, forward, weights } = await training();
  booster.backward(forward(2), optimizer);
  booster.backward(forward(5), optimizer);
  const norm = optimizer.gradNorm;
  expect(optimizer.clipGradByNorm(norm / 2)).toBeCloseTo(norm, 5);
  const before = weights();
  optimizer.step();
  const changes = weights().map((one, i) =>
    one
      .sub(before[i] as never)
      .norm()
      .item(),
  );
  expect(Math.hypot(...changes)).toBeCloseTo(norm / 2, 4);
});
