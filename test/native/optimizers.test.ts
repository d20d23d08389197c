// SGD and Adam against torch.optim in float64: every option, groups, missing gradients, masters of 16-bit weights.
import {
  Adam,
  Linear,
  noGrad,
  type Optimizer,
  onesLike,
  Parameter,
  SGD,
  type Tensor,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const SHAPES = [[5, 7], [33]];
const STEPS = 6;
const value = (i: number, seed: number): number => (((i * 7919 + seed * 104729) % 257) - 128) / 64;
const filled = (shape: readonly number[], seed: number): number[] =>
  Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i, seed));

const TORCH = `
import math, torch
shapes, steps, cases = args
def filled(shape, seed):
    i = torch.arange(math.prod(shape), dtype=torch.int64)
    return (((i * 7919 + seed * 104729) % 257 - 128).double() / 64).reshape(shape)
def train(name, options):
    params = [filled(s, n).requires_grad_() for n, s in enumerate(shapes)]
    optimizer = getattr(torch.optim, name)([{"params": params[:1]}, {"params": params[1:], "lr": 0.005}], **options)
    for step in range(steps):
        for n, p in enumerate(params):
            p.grad = None if n == 1 and step == 2 else filled(p.shape, 100 * step + n + 10)
        optimizer.step()
    return [p.flatten().tolist() for p in params]
print(json.dumps([train(*case) for case in cases]))
`;

interface Case {
  readonly make: (parameters: Parameter[], options: Record<string, unknown>) => Optimizer;
  readonly name: "SGD" | "Adam";
  readonly ours: Record<string, unknown>;
  readonly theirs: Record<string, unknown>;
}

const groups = (parameters: Parameter[]) => [
  { parameters: parameters.slice(0, 1) },
  { parameters: parameters.slice(1), lr: 0.005 },
];
const sgd = (ours: Record<string, unknown>, theirs = ours): Case => ({
  make: (parameters, options) => new SGD(groups(parameters), options),
  name: "SGD",
  ours: { lr: 0.02, ...ours },
  theirs: { lr: 0.02, ...theirs },
});
const adam = (ours: Record<string, unknown>, theirs = ours): Case => ({
  make: (parameters, options) => new Adam(groups(parameters), options),
  name: "Adam",
  ours: { lr: 0.02, ...ours },
  theirs: { lr: 0.02, ...theirs },
});

const CASES = [
  sgd({}),
  sgd({ weightDecay: 0.1 }, { weight_decay: 0.1 }),
  sgd({ momentum: 0.9 }),
  sgd({ momentum: 0.9, dampening: 0.3 }),
  sgd(
    { momentum: 0.9, nesterov: true, weightDecay: 0.1 },
    { momentum: 0.9, nesterov: true, weight_decay: 0.1 },
  ),
  adam({}),
  adam(
    { betas: [0.8, 0.95], eps: 1e-6, weightDecay: 0.1 },
    { betas: [0.8, 0.95], eps: 1e-6, weight_decay: 0.1 },
  ),
  adam({ amsgrad: true }),
];

/** The weights after all steps, or their masters. */
function train({ make, ours }: Case, dtype: "float32" | "bfloat16"): Trained[] {
  const parameters = SHAPES.map(
    (shape, n) => new Parameter(tensor(filled(shape, n), { shape, dtype })),
  );
  const optimizer = make(parameters, ours);
  if (dtype === "bfloat16") optimizer.useMasterWeights(new Map());
  for (let step = 0; step < STEPS; step++) {
    for (const [n, parameter] of parameters.entries()) {
      const { shape } = parameter;
      const grad = tensor(filled(shape, 100 * step + n + 10), { shape, dtype });
      parameter.grad = n === 1 && step === 2 ? null : grad;
    }
    optimizer.step();
  }
  return parameters.map((parameter) => ({
    parameter,
    master: optimizer.stateOf(parameter)?.["master"] as Tensor | undefined,
  }));
}

interface Trained {
  readonly parameter: Parameter;
  readonly master: Tensor | undefined;
}

const references = python(
  TORCH,
  SHAPES,
  STEPS,
  CASES.map(({ name, theirs }) => [name, theirs]),
) as number[][][];

test.each(CASES)("$name with $ours steps as torch.optim, in float32 and with masters", (one) => {
  const expected = references[CASES.indexOf(one)] as number[][];
  const wanted = expected.map((numbers, n) => tensor(numbers, { shape: SHAPES[n] as number[] }));
  for (const [n, { parameter }] of train(one, "float32").entries())
    expectNear(parameter.detach(), wanted[n] as Tensor);
  for (const [n, { parameter, master }] of train(one, "bfloat16").entries()) {
    expectNear(master as Tensor, wanted[n] as Tensor);
    expect(parameter.detach().toBytes()).toEqual(master?.to("bfloat16").toBytes());
  }
});

function expectNear(got: Tensor, wanted: Tensor): void {
  expect(got.dtype).toBe("float32");
  expect(got.sub(wanted).abs().max().item()).toBeLessThan(3e-6);
}

test("what is written to a 16-bit parameter reaches its master: by hand, by copy_ and by loadState", () => {
  const parameter = new Parameter(tensor([1.5, -2], { dtype: "bfloat16" }));
  const optimizer = new SGD([parameter], { lr: 0.5 });
  optimizer.useMasterWeights(new Map());
  noGrad(() => parameter.mul_(2));
  parameter.grad = tensor([1, 1], { dtype: "bfloat16" });
  optimizer.step();
  expect(parameter.detach().float().toArray()).toEqual([2.5, -4.5]);
});

test.each<[what: string, write: (parameter: Parameter) => void]>([
  ["clamp_ beyond all of them", (parameter) => parameter.clamp_(-5, 5)],
  ["copy_ of themselves", (parameter) => parameter.copy_(parameter.clone())],
  ["a write through a view", (parameter) => parameter.narrow(0, 0, 1).mul_(1)],
])("masters gather updates too small for their 16-bit weights also under %s", (_, write) => {
  const parameter = new Parameter(tensor([1, 2], { dtype: "bfloat16" }));
  const optimizer = new SGD([parameter], { lr: 1e-4 });
  optimizer.useMasterWeights(new Map());
  for (let step = 0; step < 1000; step++) {
    parameter.grad = tensor([1, 1], { dtype: "bfloat16" });
    optimizer.step();
    noGrad(() => write(parameter));
  }
  expectNear(parameter.detach().float(), tensor([0.9, 1.9]).to("bfloat16").float());
});

test("a write that changes some numbers of a 16-bit weight leaves the masters of the others", () => {
  const parameter = new Parameter(tensor([1, 2], { dtype: "bfloat16" }));
  const optimizer = new SGD([parameter], { lr: 1e-4 });
  optimizer.useMasterWeights(new Map());
  parameter.grad = tensor([1, 1], { dtype: "bfloat16" });
  optimizer.step();
  noGrad(() => parameter.clampMax_(1.5));
  expectNear(optimizer.stateOf(parameter)?.["master"] as Tensor, tensor([0.9999, 1.5]));
});

test("weights that are loaded back from a state dict of themselves keep their masters", () => {
  const model = new Linear(2, 1, { bias: false }).to("bfloat16");
  const { weight } = model;
  noGrad(() => weight.fill_(1));
  const optimizer = new SGD([weight], { lr: 1e-4 });
  optimizer.useMasterWeights(new Map());
  weight.grad = onesLike(weight);
  optimizer.step();
  model.loadStateDict(model.stateDict());
  expectNear(optimizer.stateOf(weight)?.["master"] as Tensor, tensor([[0.9999, 0.9999]]));
});

test("a hyperparameter that was assigned is used, or refused before anything changes", () => {
  const parameter = new Parameter(tensor([1.5, 1]));
  const optimizer = new SGD([parameter], { lr: 0.5 });
  const [group] = optimizer.paramGroups;
  parameter.grad = tensor([1, 1.5]).fill_(1);
  Object.assign(group as object, { lr: Number.NaN });
  expect(() => optimizer.step()).toThrow(/SGD: lr of group 0 must be .*got NaN/);
  expect(parameter.detach().toArray()).toEqual([1.5, 1]);
  Object.assign(group as object, { lr: 0.25 });
  optimizer.step();
  expect(parameter.detach().toArray()).toEqual([1.25, 0.75]);
});
