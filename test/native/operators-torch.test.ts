// Hot operators and their gradients against Python's torch, on the same random numbers.
import {
  attention,
  backward,
  crossEntropy,
  embedding,
  linear,
  type Tensor,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

type Case = { name: string; shapes: number[][]; ours: (...x: Tensor[]) => Tensor; torch: string };

const CASES: Case[] = [
  {
    name: "add",
    shapes: [[3, 4], [4]],
    ours: (a, b) => a.add(b, { alpha: 2 }),
    torch: "torch.add(a, b, alpha=2)",
  },
  {
    name: "sub",
    shapes: [
      [3, 4],
      [3, 1],
    ],
    ours: (a, b) => a.sub(b),
    torch: "a - b",
  },
  { name: "mul", shapes: [[3, 4], [4]], ours: (a, b) => a.mul(b), torch: "a * b" },
  { name: "div", shapes: [[3, 4]], ours: (a) => a.div(3), torch: "a / 3" },
  { name: "pow", shapes: [[3, 4]], ours: (a) => a.pow(3), torch: "a ** 3" },
  { name: "exp", shapes: [[5]], ours: (a) => a.exp(), torch: "a.exp()" },
  { name: "tanh", shapes: [[5]], ours: (a) => a.tanh(), torch: "a.tanh()" },
  { name: "silu", shapes: [[5]], ours: (a) => a.silu(), torch: "F.silu(a)" },
  {
    name: "matmul",
    shapes: [
      [2, 3, 4],
      [4, 5],
    ],
    ours: (a, b) => a.matmul(b),
    torch: "a @ b",
  },
  {
    name: "linear",
    shapes: [[2, 4], [3, 4], [3]],
    ours: (x, w, b) => linear(x, w, b),
    torch: "F.linear(a, b, c)",
  },
  { name: "softmax", shapes: [[3, 4]], ours: (a) => a.softmax(-1), torch: "a.softmax(-1)" },
  {
    name: "logSoftmax",
    shapes: [[3, 4]],
    ours: (a) => a.logSoftmax(-1),
    torch: "a.log_softmax(-1)",
  },
  {
    name: "mean",
    shapes: [[3, 4]],
    ours: (a) => a.mean([0], { keepdim: true }),
    torch: "a.mean(0, True)",
  },
  {
    name: "rsqrt of squares",
    shapes: [[6]],
    ours: (a) => a.pow(2).add(1).rsqrt(),
    torch: "(a ** 2 + 1).rsqrt()",
  },
  {
    name: "permute",
    shapes: [[2, 3, 4]],
    ours: (a) => a.permute(2, 0, 1).mul(a.permute(2, 0, 1)),
    torch: "a.permute(2,0,1) ** 2",
  },
  { name: "slice", shapes: [[6, 4]], ours: (a) => a.slice(0, 1, 5, 2), torch: "a[1:5:2]" },
  { name: "cumsum", shapes: [[3, 4]], ours: (a) => a.cumsum(1), torch: "a.cumsum(1)" },
  {
    name: "attention with grouped queries",
    shapes: [
      [2, 4, 5, 8],
      [2, 2, 5, 8],
      [2, 2, 5, 8],
    ],
    ours: (q, k, v) => attention(q, k, v, { causal: true }),
    torch: "F.scaled_dot_product_attention(a, b, c, is_causal=True, enable_gqa=True)",
  },
  {
    name: "embedding",
    shapes: [[7, 4]],
    ours: (weight) => embedding(weight, tensor(BigInt64Array.of(1n, 5n, 1n))),
    torch: "F.embedding(torch.tensor([1, 5, 1]), a)",
  },
  {
    name: "crossEntropy with an ignored target",
    shapes: [[4, 6]],
    ours: (logits) => crossEntropy(logits, tensor(BigInt64Array.of(1n, -100n, 5n, 0n))),
    torch: "F.cross_entropy(a, torch.tensor([1, -100, 5, 0]))",
  },
];

const random = (shape: number[], seed: number): number[] => {
  let state = seed * 2654435761 + 12345;
  return Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(state / 2 ** 31 - 1);
  });
};

const NUMBERS = CASES.map(({ shapes }) => shapes.map((shape, index) => random(shape, index + 1)));

/** For each case: the value of the expression, then the gradient of each input. */
const REFERENCE = python(
  `
import torch, torch.nn.functional as F
results = []
for case, numbers in zip(args[0], args[1]):
  tensors = [torch.tensor(x).reshape(s).requires_grad_() for x, s in zip(numbers, case["shapes"])]
  out = eval(case["torch"], dict(torch=torch, F=F, **dict(zip("abc", tensors))))
  (out * out).sum().backward()
  results.append([out.reshape(-1).tolist()] + [t.grad.reshape(-1).tolist() for t in tensors])
print(json.dumps(results))`,
  CASES,
  NUMBERS,
) as number[][][];

test.each(CASES.map((operator, index) => ({ ...operator, index })))(
  "$name equals torch, value and gradients",
  ({ shapes, ours, index }) => {
    const inputs = (NUMBERS[index] as number[][]).map((flat, i) =>
      tensor(Float32Array.from(flat), { shape: shapes[i] as number[], requiresGrad: true }),
    );
    const output = ours(...inputs);
    backward(output.mul(output).sum());
    const [value, ...gradients] = REFERENCE[index] as number[][];
    expectClose(output, value as number[]);
    for (const [i, input] of inputs.entries())
      expectClose(input.grad as Tensor, gradients[i] as number[]);
  },
);

function expectClose(actual: Tensor, expected: number[]): void {
  const flat = Array.from(actual.toTypedArray() as Float32Array);
  expect(flat.length).toBe(expected.length);
  for (const [i, x] of flat.entries()) {
    const wanted = expected[i] as number;
    expect(Math.abs(x - wanted)).toBeLessThanOrEqual(1e-6 + 1e-5 * Math.abs(wanted));
  }
}
