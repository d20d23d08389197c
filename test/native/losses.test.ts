// Losses and functions beside torch.nn.functional: values, gradients, every option, defaults, refusals.
import {
  backward,
  bceWithLogitsLoss,
  crossEntropy,
  dropout,
  embedding,
  gelu,
  l1Loss,
  manualSeed,
  mseLoss,
  randint,
  randn,
  relu,
  scope,
  silu,
  softmax,
  type Tensor,
  tensor,
  zeros,
} from "notebooster";
import { beforeAll, expect, test } from "vitest";
import { expectClose } from "../fixtures/expect-close.js";
import { python } from "../fixtures/python.js";

/** What both sides draw from the same seed, in this order. */
interface Given {
  readonly x: Tensor; // (6, 5), requires a gradient
  readonly y: Tensor; // (6, 5)
  readonly p: Tensor; // (6, 5) probabilities
  readonly c: Tensor; // (6) classes
  readonly w: Tensor; // (5) positive
  readonly x3: Tensor; // (2, 5, 3)
  readonly c3: Tensor; // (2, 3) classes
}

const CASES: readonly [torch: string, ours: (given: Given) => Tensor][] = [
  ["mse_loss(x, y)", ({ x, y }) => mseLoss(x, y)],
  ["mse_loss(x, y, reduction='sum')", ({ x, y }) => mseLoss(x, y, { reduction: "sum" })],
  ["mse_loss(x, y, reduction='none')", ({ x, y }) => mseLoss(x, y, { reduction: "none" })],
  ["l1_loss(x, y)", ({ x, y }) => l1Loss(x, y)],
  ["l1_loss(x, y, reduction='sum')", ({ x, y }) => l1Loss(x, y, { reduction: "sum" })],
  ["l1_loss(x, y, reduction='none')", ({ x, y }) => l1Loss(x, y, { reduction: "none" })],
  ["binary_cross_entropy_with_logits(x, p)", ({ x, p }) => bceWithLogitsLoss(x, p)],
  [
    "binary_cross_entropy_with_logits(x, p, w, reduction='sum', pos_weight=w)",
    ({ x, p, w }) => bceWithLogitsLoss(x, p, { weight: w, posWeight: w, reduction: "sum" }),
  ],
  [
    "binary_cross_entropy_with_logits(x, p, reduction='none')",
    ({ x, p }) => bceWithLogitsLoss(x, p, { reduction: "none" }),
  ],
  ["cross_entropy(x, c)", ({ x, c }) => crossEntropy(x, c)],
  ["cross_entropy(x, c, reduction='sum')", ({ x, c }) => crossEntropy(x, c, { reduction: "sum" })],
  [
    "cross_entropy(x, c, w, ignore_index=2, reduction='none')",
    ({ x, c, w }) => crossEntropy(x, c, { weight: w, ignoreIndex: 2, reduction: "none" }),
  ],
  [
    "cross_entropy(x, c, w, ignore_index=2, label_smoothing=0.1)",
    ({ x, c, w }) => crossEntropy(x, c, { weight: w, ignoreIndex: 2, labelSmoothing: 0.1 }),
  ],
  [
    "cross_entropy(x, torch.where(c == 2, -100, c), label_smoothing=0.3)",
    ({ x, c }) => crossEntropy(x, c.maskedFill(c.eq(2), -100), { labelSmoothing: 0.3 }),
  ],
  [
    "cross_entropy(x, p, w, label_smoothing=0.2)",
    ({ x, p, w }) => crossEntropy(x, p, { weight: w, labelSmoothing: 0.2 }),
  ],
  ["cross_entropy(x[0], c[0])", ({ x, c }) => crossEntropy(x.at(0), c.at(0))],
  [
    "cross_entropy(x3 + x[0, 0], c3, w)",
    ({ x, x3, c3, w }) => crossEntropy(x3.add(x.at(0, 0)), c3, { weight: w }),
  ],
  ["gelu(x)", ({ x }) => gelu(x)],
  ["gelu(x, approximate='tanh')", ({ x }) => gelu(x, { approximate: "tanh" })],
  ["relu(x)", ({ x }) => relu(x)],
  ["silu(x)", ({ x }) => silu(x)],
  ["softmax(x, 0)", ({ x }) => softmax(x, 0)],
  ["softmax(x, -1)", ({ x }) => softmax(x, -1)],
  ["dropout(x)", ({ x }) => dropout(x)],
  ["dropout(x, 0.3, training=True)", ({ x }) => dropout(x, 0.3, { training: true })],
  ["dropout(x, 0.3, training=False)", ({ x }) => dropout(x, 0.3, { training: false })],
];

const TORCH = `
import torch
from torch.nn.functional import *
def run(n, call):
    torch.manual_seed(n)
    x, y, p = torch.randn(6, 5).requires_grad_(), torch.randn(6, 5), torch.randn(6, 5).sigmoid()
    c, w = torch.randint(0, 5, (6,)), torch.randn(5).exp()
    x3, c3 = torch.randn(2, 5, 3), torch.randint(0, 5, (2, 3))
    out = eval(call)
    (out * torch.randn(out.shape)).sum().backward()
    return [list(out.shape), out.flatten().tolist(), x.grad.flatten().tolist()]
print(json.dumps([run(n, call) for n, call in enumerate(args[0])]))`;

let references: [shape: number[], output: number[], gradient: number[]][];
beforeAll(() => {
  references = python(
    TORCH,
    CASES.map(([torch]) => torch),
  ) as typeof references;
});

const near = (x: Tensor, wanted: readonly number[]): void =>
  expectClose(x, Float32Array.from(wanted), { absolute: 1e-6, relative: 1e-4 });

test.each(CASES.map(([torch], n) => [torch, n] as const))(
  "%s has PyTorch's value and gradient",
  (_, n) => {
    using _all = scope();
    const [, ours] = CASES[n] as (typeof CASES)[number];
    const [shape, output, gradient] = references[n] as (typeof references)[number];
    manualSeed(n);
    const int64 = { dtype: "int64" } as const;
    const x = randn([6, 5], { requiresGrad: true });
    const [y, p] = [randn([6, 5]), randn([6, 5]).sigmoid()];
    const [c, w] = [randint(0, 5, [6], int64), randn([5]).exp()];
    const out = ours({ x, y, p, c, w, x3: randn([2, 5, 3]), c3: randint(0, 5, [2, 3], int64) });
    expect(out.shape).toEqual(shape);
    near(out, output);
    backward(out.mul(randn(out.shape)).sum());
    near(x.grad as Tensor, gradient);
  },
);

test("dropout that does not train is its input", () => {
  const x = zeros([2]);
  expect(dropout(x, 0.5, { training: false })).toBe(x);
});

const ids = (...values: number[]) => tensor(BigInt64Array.from(values, BigInt));
/** Wrong on purpose. */
const wrong = (value: unknown) => value as never;

const REFUSED: readonly [refused: () => unknown, says: string | RegExp][] = [
  [
    () => mseLoss(zeros([4, 1]), zeros([4])),
    "mseLoss got an input of shape [4, 1] and a target of shape [4]: they must be equal; reshape one, as in target.view(4, 1)",
  ],
  [() => l1Loss(zeros([2]), wrong(0)), "l1Loss: target must be a tensor, got 0"],
  [
    () => bceWithLogitsLoss(zeros([2]), zeros([3])),
    /^bceWithLogitsLoss got an input of shape \[2\] and a target of shape \[3\]/,
  ],
  [
    () => mseLoss(zeros([2]), zeros([2]), wrong({ reduce: "sum" })),
    /mseLoss has no option reduce\..* Its options: reduction/,
  ],
  [
    () => mseLoss(zeros([2]), zeros([2]), { reduction: wrong("avg") }),
    /reduction must be "mean" or "sum" or "none", got "avg"/,
  ],
  [
    () => crossEntropy(zeros([2, 3]), ids(1, 7)),
    "crossEntropy got the target 7, logits of shape [2, 3] have classes 0 to 2; targets that do not count are ignoreIndex, -100",
  ],
  [
    () => crossEntropy(zeros([2, 3]), zeros([2])),
    "crossEntropy got logits float32[2, 3] and targets float32[2]: targets must be classes, int64[2], or probabilities, float32[2, 3]",
  ],
  [
    () => crossEntropy(zeros([2, 3]), ids(1, 1, 1)),
    /targets int64\[3\]: targets must be classes, int64\[2\]/,
  ],
  [
    () => crossEntropy(zeros([2, 3]), ids(1, 1), { labelSmoothing: 2 }),
    /labelSmoothing must be a number from 0 to 1, got 2/,
  ],
  [
    () => crossEntropy(zeros([2, 3]), ids(1, 1), { weight: wrong([1, 2, 3]) }),
    /weight must be a tensor, got \[1, 2, 3\]/,
  ],
  [() => gelu(wrong(undefined)), "gelu: x must be a tensor, got undefined"],
  [
    () => gelu(zeros([1]), wrong({ approx: "tanh" })),
    /gelu has no option approx; did you mean approximate/,
  ],
  [() => relu(wrong([1])), "relu: x must be a tensor, got [1]"],
  [() => silu(wrong("x")), 'silu: x must be a tensor, got "x"'],
  [
    () => softmax(zeros([2]), wrong(undefined)),
    "softmax: dim must be a whole number, got undefined",
  ],
  [
    () => dropout(zeros([2]), wrong({ training: false })),
    /dropout: p must be a number .* got \{ training: false \}/,
  ],
  [() => embedding(zeros([3, 2]), wrong(null)), "embedding: weight must be a tensor, got null"],
];

test.each(REFUSED.map(([refused, says]) => [String(says), refused, says] as const))(
  "a loss or function refuses: %s",
  (_, refused, says) => {
    expect(refused).toThrow(says);
  },
);
