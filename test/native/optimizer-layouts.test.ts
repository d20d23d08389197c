// Weights and gradients that are not laid out row by row: they are updated element by element as torch.optim does, and nothing
// beside them is written. What is remembered of a weight is in its element order, whatever its layout.
import {
  Adam,
  AdamW,
  arange,
  noGrad,
  Parameter,
  SGD,
  slice,
  type Tensor,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import "../fixtures/two-threads.js";

const OPTIMIZERS = {
  SGD: (parameters: Parameter[]) => new SGD(parameters, { lr: 0.5, momentum: 0.9 }),
  Adam: (parameters: Parameter[]) => new Adam(parameters, { lr: 0.5 }),
  AdamW: (parameters: Parameter[]) => new AdamW(parameters, { lr: 0.5 }),
} as const;
const counted = (...shape: number[]) =>
  arange(
    shape.reduce((a, b) => a * b),
    { dtype: "float32" },
  ).view(shape);

/** Parts of 24 numbers, all of shape [2, 3]. */
const WEIGHTS = {
  "row by row": (base: Tensor) => base.narrow(0, 0, 6).view(2, 3),
  transposed: (base: Tensor) => base.narrow(0, 0, 6).view(3, 2).t(),
  "every other row": (base: Tensor) => base.view(8, 3).at(slice(null, 4, 2)),
  "columns of a matrix": (base: Tensor) => base.view(4, 6).at(slice(0, 2), slice(1, 4)),
} as const;
const GRADIENTS = {
  "row by row": () => counted(2, 3),
  transposed: () => counted(3, 2).t(),
  "an expanded row": () => counted(1, 3).expand([2, 3]),
  "every other column": () => counted(2, 6).at(slice(), slice(null, null, 2)),
} as const;

const TORCH = `
import torch
counted = lambda *shape: torch.arange(float(torch.Size(shape).numel())).view(shape)
weights = {
    "row by row": lambda base: base.narrow(0, 0, 6).view(2, 3),
    "transposed": lambda base: base.narrow(0, 0, 6).view(3, 2).t(),
    "every other row": lambda base: base.view(8, 3)[:4:2],
    "columns of a matrix": lambda base: base.view(4, 6)[0:2, 1:4],
}
gradients = {
    "row by row": lambda: counted(2, 3),
    "transposed": lambda: counted(3, 2).t(),
    "an expanded row": lambda: counted(1, 3).expand(2, 3),
    "every other column": lambda: counted(2, 6)[:, ::2],
}
optimizers = {
    "SGD": lambda p: torch.optim.SGD([p], lr=0.5, momentum=0.9),
    "Adam": lambda p: torch.optim.Adam([p], lr=0.5),
    "AdamW": lambda p: torch.optim.AdamW([p], lr=0.5),
}
names = {"SGD": "momentum_buffer", "Adam": "exp_avg", "AdamW": "exp_avg"}
def train(optimizer, weight, gradient):
    base = counted(24)
    p = torch.nn.Parameter(weights[weight](base))
    o = optimizers[optimizer](p)
    for _ in range(3):
        p.grad = gradients[gradient]()
        o.step()
    return [base.tolist(), p.flatten().tolist(), o.state[p][names[optimizer]].flatten().tolist()]
print(json.dumps([train(*case) for case in args[0]]))
`;

type Names<T> = (keyof T & string)[];
const CASES = (Object.keys(OPTIMIZERS) as Names<typeof OPTIMIZERS>).flatMap((optimizer) =>
  (Object.keys(WEIGHTS) as Names<typeof WEIGHTS>).flatMap((weight) =>
    (Object.keys(GRADIENTS) as Names<typeof GRADIENTS>).map(
      (gradient) => [optimizer, weight, gradient] as const,
    ),
  ),
);
const references = python(TORCH, CASES) as number[][][];

test.each(CASES)("%s, a weight that is %s, its gradient %s", (name, weight, gradient) => {
  const base = counted(24);
  const parameter = new Parameter(WEIGHTS[weight](base));
  const optimizer = OPTIMIZERS[name]([parameter]);
  for (let step = 0; step < 3; step++) {
    parameter.grad = GRADIENTS[gradient]();
    optimizer.step();
  }
  const { momentumBuffer, expAvg } = optimizer.stateOf(parameter) as Record<string, Tensor>;
  const got = [base, parameter.detach(), (momentumBuffer ?? expAvg) as Tensor];
  const wanted =
    references[CASES.findIndex((one) => one.join() === [name, weight, gradient].join())];
  for (const [i, tensor] of got.entries())
    expectNear(tensor.reshape([-1]).toArray() as number[], wanted?.[i] as number[]);
});

test.each(CASES.filter(([, , gradient]) => gradient === "row by row"))(
  "%s with masters, a weight that is %s: as one that lies row by row",
  (name, weight) => {
    const trained = (tensor: Tensor) => {
      const parameter = new Parameter(tensor);
      const optimizer = OPTIMIZERS[name]([parameter]);
      optimizer.useMasterWeights(new Map());
      for (let step = 0; step < 3; step++) {
        parameter.grad = GRADIENTS.transposed().to("bfloat16");
        optimizer.step();
      }
      const { step: _, ...state } = optimizer.stateOf(parameter) as Record<string, Tensor>;
      return [parameter.detach(), ...Object.values(state)].map((one) => one.float().toArray());
    };
    const base = counted(24).to("bfloat16");
    const copy = WEIGHTS[weight](base.clone()).contiguous();
    expect(trained(WEIGHTS[weight](base))).toEqual(trained(copy));
  },
);

test("what a transposed weight's optimizer remembers goes on in one that lies row by row", () => {
  const parameters = [zeros([3, 2]).t(), zeros([2, 3])].map((each) => new Parameter(each));
  const optimizers = parameters.map((each) => OPTIMIZERS.SGD([each]));
  const step = (i: number): void => {
    (parameters[i] as Parameter).grad = counted(2, 3);
    optimizers[i]?.step();
  };
  step(0);
  noGrad(() => parameters[1]?.copy_(parameters[0] as Parameter));
  optimizers[1]?.loadState(
    parameters[1] as Parameter,
    optimizers[0]?.stateOf(parameters[0] as Parameter) as never,
  );
  for (const i of [0, 1]) step(i);
  expect(parameters[1]?.detach().toArray()).toEqual(parameters[0]?.detach().toArray());
});

function expectNear(got: readonly number[], wanted: readonly number[]): void {
  expect(got).toHaveLength(wanted.length);
  for (const [i, value] of got.entries()) expect(value).toBeCloseTo(wanted[i] as number, 4);
}
