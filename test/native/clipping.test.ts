// Norms of gradients and their clipping around steps of a boosted optimizer: what is said and what is made are of the losses'
// gradients, though gradients carry the weights of tokens and the loss scale until the step.
import {
  type BoostedOptimizer,
  Booster,
  clipGradNorm,
  gradNorm,
  Linear,
  noGrad,
  SGD,
  TorchDDPPlugin,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const WEIGHT = [[0.5, -0.25, 0.125, 1]];
const X = [
  [1, 2, -1, 0.5],
  [0.25, -1, 1, 2],
];
const LR = 0.5;

/** The norm of the gradients and the weights after a step whose gradients are clipped to args[2]. */
const TORCH = `
import torch
weight = torch.nn.Parameter(torch.tensor(args[0]))
(torch.tensor(args[1]) @ weight.T).pow(2).mean().backward()
norm = torch.nn.utils.clip_grad_norm_([weight], args[2])
torch.optim.SGD([weight], lr=args[3]).step()
print(json.dumps([norm.item(), weight.tolist()]))
`;
const torch = (maxNorm: number) => python(TORCH, WEIGHT, X, maxNorm, LR) as [number, number[][]];

async function training(mixedPrecision: "fp32" | "fp16" = "fp32", maxNorm?: number) {
  const model = new Linear(4, 1, { bias: false });
  noGrad(() => model.weight.copy_(tensor(WEIGHT)));
  const booster = new Booster({
    plugin: new TorchDDPPlugin({
      device: "cpu",
      lossScaler: { initialScale: 1024 },
      ...(maxNorm && { maxNorm }),
    }),
    mixedPrecision,
  });
  const { optimizer } = await booster.boost({
    model,
    optimizer: new SGD(model.parameters(), { lr: LR }),
  });
  const backward = (tokens?: number) => {
    const x = tensor(X).to(model.weight.dtype);
    const loss = model.forward(x).float().pow(2).mean();
    booster.backward(loss, optimizer, tokens === undefined ? {} : { tokens });
  };
  return { model, optimizer, backward };
}

const weightsOf = ({ model, optimizer }: { model: Linear; optimizer: BoostedOptimizer }) =>
  optimizer.stateOf(model.weight)?.["master"] ?? model.weight.detach();

test.each([
  ["fp32", undefined],
  ["fp32", 4096],
  ["fp32", 3],
  ["fp16", undefined],
  ["fp16", 128],
] as const)(
  "clipGradNorm and gradNorm of parameters, in %s with %s tokens",
  async (precision, tokens) => {
    const parts = await training(precision);
    const [norm, weights] = torch(0.1);
    parts.backward(tokens);
    expect(gradNorm(parts.model.parameters())).toBeCloseTo(norm, 2);
    expect(clipGradNorm(parts.model.parameters(), 0.1)).toBeCloseTo(norm, 2);
    expect(gradNorm(parts.model.parameters())).toBeCloseTo(0.1, 3);
    parts.optimizer.step();
    expectNear(weightsOf(parts) as never, weights);
  },
);

test.each([
  ["fp32", undefined, 0.1],
  ["fp32", 4096, 0.1],
  ["fp16", 128, 0.1],
  ["fp32", undefined, undefined],
] as const)(
  "a norm measured before the step, in %s with %s tokens, is what the step clips by, to %s",
  async (precision, tokens, maxNorm) => {
    const [norm, weights] = torch(maxNorm ?? 1e9);
    const parts = await training(precision, maxNorm);
    parts.backward(tokens);
    expect(parts.optimizer.measureGradNorm()).toBeCloseTo(norm, 2);
    parts.optimizer.step();
    expectNear(weightsOf(parts) as never, weights);
    expect(parts.optimizer.gradNorm).toBeCloseTo(norm, 2);
  },
);

test("the step measures no second time, unless a pass or a clipping comes between", async () => {
  const stepOf = async (between: (parts: Awaited<ReturnType<typeof training>>) => void) => {
    const parts = await training("fp32", 0.1);
    parts.backward();
    parts.optimizer.measureGradNorm();
    between(parts);
    parts.optimizer.step();
    return (weightsOf(parts) as ReturnType<typeof tensor>).sub(tensor(WEIGHT)).norm().item();
  };
  const double = ({ model }: { readonly model: Linear }) =>
    noGrad(() => model.weight.grad?.mul_(2));
  expect(await stepOf(() => undefined)).toBeCloseTo(LR * 0.1, 4);
  expect(await stepOf(double)).toBeCloseTo(LR * 0.2, 4); // by the norm that was
  expect(await stepOf(({ backward }) => backward())).toBeCloseTo(LR * 0.1, 4);
  expect(await stepOf(({ optimizer }) => optimizer.clipGradByNorm(0.03))).toBeCloseTo(LR * 0.03, 4);
});

test("parameters whose gradients are scaled differently have no norm together; float16's none after their step", async () => {
  const [one, other] = [await training("fp16"), await training("fp32")];
  one.backward();
  other.backward();
  const both = [...one.model.parameters(), ...other.model.parameters()];
  expect(() => clipGradNorm(both, 1)).toThrow(
    /clipGradNorm: .*optimizer\.clipGradByNorm\(maxNorm\)/,
  );
  one.optimizer.step();
  expect(() => gradNorm(one.model.parameters())).toThrow(/gradNorm: .*take optimizer\.gradNorm/);
});

test.each([undefined, 0.5])(
  "optimizer.gradNorm is of the last step until the next, with maxNorm %s",
  async (maxNorm) => {
    const { optimizer, backward } = await training("fp32", maxNorm);
    const [norm] = torch(1e9);
    backward(64);
    optimizer.step();
    optimizer.zeroGrad();
    expect(optimizer.gradNorm).toBeCloseTo(norm, 5);
    backward(64);
    expect(optimizer.gradNorm).toBeCloseTo(norm, 5);
    optimizer.step();
    expect(optimizer.gradNorm).not.toBeCloseTo(norm, 5);
  },
);

test.each<[what: string, after: (optimizer: BoostedOptimizer, backward: () => void) => void]>([
  ["zeroGrad", (optimizer) => optimizer.zeroGrad()],
  [
    "gradients that were set to null",
    (o) => o.paramGroups[0]?.parameters.map((p) => Object.assign(p, { grad: null })),
  ],
])("clipGradByNorm is forgotten with the gradients it clipped: by %s", async (_, forget) => {
  const parts = await training("fp32", 0.1);
  parts.backward();
  parts.optimizer.clipGradByNorm(100);
  forget(parts.optimizer, parts.backward);
  parts.backward();
  parts.optimizer.step();
  expectNear(weightsOf(parts) as never, torch(0.1)[1]);
});

test("a pass after clipGradByNorm makes gradients that the step clips by the plugin's maxNorm", async () => {
  const parts = await training("fp32", 0.1);
  parts.backward();
  parts.optimizer.clipGradByNorm(100);
  parts.backward();
  parts.optimizer.step();
  expectNear(weightsOf(parts) as never, torch(0.1)[1]);
});

function expectNear(got: { toArray(): unknown }, wanted: readonly number[][]): void {
  const [row] = got.toArray() as number[][];
  for (const [i, value] of (wanted[0] as number[]).entries())
    expect(row?.[i]).toBeCloseTo(value, 4);
}
