// What a boosted optimizer makes of gradients that were made zeros in place after a step, as PyTorch's zero_grad(set_to_none=False)
// does, and of a loss that gives it none.
import { Booster, Linear, noGrad, ones, SGD, TorchDDPPlugin } from "notebooster";
import { expect, test } from "vitest";

test("each step is that of its own tokens alone", async () => {
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  const layer = new Linear(3, 1, { bias: false });
  noGrad(() => layer.weight.zero_());
  const { model, optimizer } = await booster.boost({
    model: layer,
    optimizer: new SGD(layer.parameters(), { lr: 1 }),
  });
  const weights = [10, 10, 20].map((tokens) => {
    booster.backward(model.forward(ones([2, 3])).mean(), optimizer, { tokens });
    optimizer.step();
    noGrad(() => model.weight.grad?.zero_());
    return model.weight.at(0, 0).item();
  });
  expect(weights).toEqual([-1, -2, -3]);
});

test("a loss that depends on nothing that is trained is refused", async () => {
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  const layer = new Linear(3, 1);
  const { optimizer } = await booster.boost({
    model: layer,
    optimizer: new SGD(layer.parameters(), { lr: 1 }),
  });
  const other = new Linear(3, 1);
  const loss = other.forward(ones([2, 3])).mean();
  expect(() => booster.backward(loss, optimizer)).toThrow(
    /the loss depends on no parameter of the model/,
  );
});
