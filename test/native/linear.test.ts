// notebooster::linear against ATen's linear and addmm, to the bit, and where it leaves the gradients of parameters.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  backward,
  Generator,
  noGrad,
  ops,
  Parameter,
  randn,
  slice,
  type Tensor,
  tensor,
  zeros,
} from "../../dist/src/index.js";
import { makeGradientPlace } from "../../dist/src/tensor/gradient-place.js";

type Linear = (x: Tensor, weight: Tensor, bias?: Tensor) => Tensor;
const ours = ops.notebooster["linear"] as unknown as (...args: unknown[]) => Tensor;
const aten: Linear = (x, weight, bias) => ops.aten.linear(x, weight, bias ?? null);
/** GPT-2's layer, whose weight is (in, out), as PyTorch writes it. */
const conv1D: Linear = (x, weight, bias) => {
  const rows = x.reshape(x.numel / 24, 24);
  const y = bias === undefined ? rows.matmul(weight) : ops.aten.addmm(bias, rows, weight);
  return y.view(...x.shape.slice(0, -1), 16);
};

const generator = new Generator(5);
const random = (shape: readonly number[]): Tensor => randn(shape, { generator });
const bits = (x: Tensor | null): string | undefined =>
  x === null ? undefined : createHash("sha256").update(x.toBytes()).digest("hex");

const INPUTS: Readonly<Record<string, Tensor>> = {
  "(rows, in)": random([6, 24]),
  "(B, T, in)": random([2, 5, 24]),
  "(in)": random([24]),
  "one row": random([1, 1, 24]),
  "no rows": random([0, 24]),
  "(B, 0, in)": random([3, 0, 24]),
  "column-major": random([24, 6]).transpose(0, 1),
  "transposed batches": random([5, 2, 24]).transpose(0, 1),
  "every other row": random([2, 10, 24]).at("...", slice(null, null, 2), ":"),
};
const DTYPES = ["float32", "float64", "bfloat16", "float16"] as const;

/** Output, and gradients of input, weight and bias where they are wanted. */
function run(by: Linear, given: readonly Tensor[], wanted: readonly boolean[]): unknown[] {
  const [x, weight, bias] = given.map((one, i) => {
    const copy = one.detach().add(0); // as it lies in memory
    copy.requiresGrad = wanted[i] as boolean;
    return copy;
  }) as [Tensor, Tensor, Tensor | undefined];
  const y = by(x, weight, bias);
  if (y.requiresGrad) backward(y, y.detach().mul(0.5));
  return [y.shape, bits(y), ...[x, weight, bias].map((one) => one && bits(one.grad))];
}

const SWITCHES = [
  [true, true, true],
  [true, false, false],
  [false, true, false],
  [false, false, true],
  [false, false, false],
];

for (const dtype of DTYPES) {
  test.each(Object.keys(INPUTS))(
    `an input %s in ${dtype}: outputs and gradients are ATen's`,
    (name) => {
      const x = (INPUTS[name] as Tensor).to(dtype);
      const [weight, transposed] = [random([16, 24]).to(dtype), random([24, 16]).to(dtype)];
      for (const bias of [[], [random([16]).to(dtype)]]) {
        for (const wanted of SWITCHES) {
          expect(run(ours, [x, weight, ...bias], wanted)).toEqual(
            run(aten, [x, weight, ...bias], wanted),
          );
          const ofTransposed: Linear = (...given) => ours(...given, { transposed: true });
          expect(run(ofTransposed, [x, transposed, ...bias], wanted)).toEqual(
            run(conv1D, [x, transposed, ...bias], wanted),
          );
        }
      }
    },
  );
}

test("weights that are no matrix and biases that are broadcast are as in ATen", () => {
  const [x, weight] = [random([3, 24]), random([24])];
  expect(bits(ours(x, weight))).toBe(bits(aten(x, weight)));
  const scalar = random([1]);
  const given = [x, random([16, 24]), scalar];
  expect(run(ours, given, [true, true, true])).toEqual(run(aten, given, [true, true, true]));
  expect(() => ours(x, weight, { transposed: true })).toThrow(/must be \(in, out\)/);
});

test("sizes that do not fit are refused", () => {
  expect(() => ours(random([2, 3]), random([16, 24]))).toThrow(/2x3 and 24x16/);
  expect(() => ours(random([2, 24]), random([16, 24]).to("float64"))).toThrow(/dtype/);
});

test("on the device meta it has a shape and no numbers", () => {
  const on = { device: "meta" } as const;
  const y = ours(zeros([2, 5, 24], on), zeros([16, 24], on), zeros([16], on));
  expect([y.shape, y.device]).toEqual([[2, 5, 16], "meta"]);
});

test("a graph is gone through once, and an input written in between is refused", () => {
  const weight = new Parameter(random([16, 24]));
  const x = random([2, 24]);
  const loss = ours(x, weight).sum();
  loss.backward();
  expect(() => loss.backward()).toThrow(/second time/);
  const other = ours(x, weight).sum();
  noGrad(() => x.mul_(2));
  expect(() => other.backward()).toThrow(/modified by an inplace operation/);
});

const gradientOf = ({ grad }: Parameter): unknown => grad?.toArray();

interface Placed {
  readonly flat: Tensor;
  readonly weight: Parameter;
  readonly bias: Parameter;
  readonly places: readonly Tensor[];
}

function placed(shape: readonly number[] = [2, 3]): Placed {
  const flat = zeros([10]).fill_(9);
  const [weight, bias] = [new Parameter(random(shape)), new Parameter(random([2]))];
  return {
    flat,
    weight,
    bias,
    places: [makeGradientPlace(flat, 1, weight), makeGradientPlace(flat, 8, bias)],
  };
}

test.each([false, true])(
  "gradients of parameters with a place are made there, and added there (transposed: %s)",
  (transposed) => {
    const { flat, weight, bias, places } = placed(transposed ? [3, 2] : [2, 3]);
    const x = tensor([[1, 2, 3]]).float();
    const seed = tensor([[1, 10]]).float();
    const pass = (): void => backward(ours(x, weight, bias, { transposed }), seed);
    pass();
    const once = transposed ? [1, 10, 2, 20, 3, 30] : [1, 2, 3, 10, 20, 30];
    expect(flat.toArray()).toEqual([9, ...once, 9, 1, 10]);
    pass();
    expect(flat.toArray()).toEqual([9, ...once.map((one) => 2 * one), 9, 2, 20]);
    expect([weight.grad?.shape, bits(weight.grad)]).toEqual([
      weight.shape,
      bits(places[0] as Tensor),
    ]);
    weight.grad = null;
    pass(); // the place is written anew, whatever it held
    expect(flat.toArray()).toEqual([9, ...once, 9, 3, 30]);
  },
);

test("a weight used twice, once by another operator, has the sum of both in its place", () => {
  const { flat, weight } = placed();
  const x = tensor([[1, 2, 3]]).float();
  ours(x, weight).sum().add(ours(x, weight).sum()).add(weight.sum()).backward();
  expect(flat.toArray()).toEqual([9, 3, 5, 7, 3, 5, 7, 9, 9, 9]);
});

test("a gradient that lies elsewhere is added to there; a place that was freed is forgotten", () => {
  const { flat, weight, bias, places } = placed();
  const x = tensor([[1, 2, 3]]).float();
  weight.grad = zeros([2, 3]);
  ours(x, weight, bias).sum().backward();
  expect(flat.toArray()).toEqual([...Array(8).fill(9), 1, 1]);
  expect(gradientOf(weight)).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  bias.grad = null;
  places[1]?.dispose();
  ours(x, weight, bias).sum().backward();
  expect(flat.toArray()).toEqual([...Array(8).fill(9), 1, 1]);
  expect(gradientOf(bias)).toEqual([1, 1]);
});
