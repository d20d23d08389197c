// Layers beside PyTorch's from the same seed: first weights to the bit, outputs, gradients, running statistics.
import {
  BatchNorm1d,
  BatchNorm2d,
  backward,
  Conv1d,
  Conv2d,
  Dropout,
  Embedding,
  Flatten,
  GELU,
  type Layer,
  LayerNorm,
  Linear,
  MaxPool2d,
  Module,
  manualSeed,
  ones,
  ReLU,
  RMSNorm,
  randint,
  randn,
  rngState,
  Sequential,
  Sigmoid,
  SiLU,
  Softmax,
  scope,
  Tanh,
  type Tensor,
  zeros,
} from "notebooster";
import { beforeAll, expect, test } from "vitest";
import { expectClose } from "../fixtures/expect-close.js";
import { python } from "../fixtures/python.js";

type Case = readonly [torch: string, make: () => Layer, shape: readonly number[]];

const IMAGE = [2, 4, 9, 8];
const CASES: readonly Case[] = [
  ["Linear(4, 3)", () => new Linear(4, 3), [5, 4]],
  ["Linear(7, 5, bias=False)", () => new Linear(7, 5, { bias: false }), [2, 3, 7]],
  ["Linear(40, 30, dtype=torch.float64)", () => new Linear(40, 30, { dtype: "float64" }), [40]],
  ["Conv1d(4, 6, 3)", () => new Conv1d(4, 6, 3), [2, 4, 11]],
  ["Conv1d(4, 6, 5, 2, 3)", () => new Conv1d(4, 6, 5, { stride: 2, padding: 3 }), [4, 11]],
  [
    "Conv1d(4, 6, 4, padding='same', padding_mode='circular', bias=False)",
    () => new Conv1d(4, 6, 4, { padding: "same", paddingMode: "circular", bias: false }),
    [2, 4, 11],
  ],
  ["Conv2d(4, 8, 3)", () => new Conv2d(4, 8, 3), IMAGE],
  [
    "Conv2d(4, 8, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=4)",
    () =>
      new Conv2d(4, 8, [3, 2], { stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 4 }),
    IMAGE,
  ],
  [
    "Conv2d(4, 8, 3, padding='same', dilation=2)",
    () => new Conv2d(4, 8, 3, { padding: "same", dilation: 2 }),
    [4, 9, 8],
  ],
  ["Conv2d(4, 8, 3, padding='valid')", () => new Conv2d(4, 8, 3, { padding: "valid" }), IMAGE],
  ...(["reflect", "replicate"] as const).map(
    (paddingMode): Case => [
      `Conv2d(4, 8, 3, padding=(1, 2), padding_mode='${paddingMode}')`,
      () => new Conv2d(4, 8, 3, { padding: [1, 2], paddingMode }),
      IMAGE,
    ],
  ),
  ["BatchNorm1d(4)", () => new BatchNorm1d(4), [6, 4]],
  [
    "BatchNorm1d(4, eps=0.1, momentum=None)",
    () => new BatchNorm1d(4, { eps: 0.1, momentum: null }),
    [6, 4, 5],
  ],
  ["BatchNorm2d(4, momentum=0.3)", () => new BatchNorm2d(4, { momentum: 0.3 }), IMAGE],
  ["BatchNorm2d(4, affine=False)", () => new BatchNorm2d(4, { affine: false }), IMAGE],
  [
    "BatchNorm2d(4, track_running_stats=False)",
    () => new BatchNorm2d(4, { trackRunningStats: false }),
    IMAGE,
  ],
  ["LayerNorm(8)", () => new LayerNorm(8), IMAGE],
  ["LayerNorm([9, 8], eps=0.1)", () => new LayerNorm([9, 8], { eps: 0.1 }), IMAGE],
  ["LayerNorm(8, bias=False)", () => new LayerNorm(8, { bias: false }), IMAGE],
  [
    "LayerNorm(8, elementwise_affine=False)",
    () => new LayerNorm(8, { elementwiseAffine: false }),
    IMAGE,
  ],
  ["LayerNorm(8, dtype=torch.float64)", () => new LayerNorm(8, { dtype: "float64" }), IMAGE],
  ["RMSNorm(8)", () => new RMSNorm(8), IMAGE],
  ["RMSNorm(8, eps=0.1)", () => new RMSNorm(8, { eps: 0.1 }), IMAGE],
  [
    "RMSNorm([9, 8], elementwise_affine=False)",
    () => new RMSNorm([9, 8], { elementwiseAffine: false }),
    IMAGE,
  ],
  ["MaxPool2d(2)", () => new MaxPool2d(2), IMAGE],
  [
    "MaxPool2d((3, 2), stride=(2, 1), padding=1, dilation=(1, 2), ceil_mode=True)",
    () => new MaxPool2d([3, 2], { stride: [2, 1], padding: 1, dilation: [1, 2], ceilMode: true }),
    [4, 9, 8],
  ],
  ["Flatten()", () => new Flatten(), IMAGE],
  ["Flatten(0, 2)", () => new Flatten(0, 2), IMAGE],
  ["GELU()", () => new GELU(), IMAGE],
  ["GELU(approximate='tanh')", () => new GELU({ approximate: "tanh" }), IMAGE],
  ["ReLU()", () => new ReLU(), IMAGE],
  ["SiLU()", () => new SiLU(), IMAGE],
  ["Tanh()", () => new Tanh(), IMAGE],
  ["Sigmoid()", () => new Sigmoid(), IMAGE],
  ["Softmax(1)", () => new Softmax(1), IMAGE],
  ["Dropout()", () => new Dropout(), IMAGE],
  ["Dropout(0.2)", () => new Dropout(0.2), IMAGE],
  [
    "Sequential(nn.Linear(8, 6), nn.BatchNorm2d(4), nn.Dropout(0.1), nn.Linear(6, 2))",
    () => new Sequential(new Linear(8, 6), new BatchNorm2d(4), new Dropout(0.1), new Linear(6, 2)),
    IMAGE,
  ],
];

/** Two training passes and one of evaluation; x, the weights of the sum and dropout come from the seed too. */
const TORCH = `
import torch
from torch import nn
def run(n, make, shape):
    torch.manual_seed(n)
    layer = eval("nn." + make)
    first = [p.flatten().tolist() for p in layer.parameters()]
    dtype = next((p.dtype for p in layer.parameters()), torch.float32)
    for _ in range(2):
        layer.zero_grad()
        x = torch.randn(shape, dtype=dtype).requires_grad_()
        y = layer(x)
        (y * torch.randn(y.shape, dtype=dtype)).sum().backward()
    gradients = [g.flatten().tolist() for g in [x.grad] + [p.grad for p in layer.parameters()]]
    names = [name for name, _ in layer.named_parameters()]
    buffers = [[name, b.flatten().tolist()] for name, b in layer.named_buffers() if "." not in name]
    still = layer.eval()(x)
    return dict(names=names, first=first, shape=list(y.shape), output=y.flatten().tolist(), gradients=gradients, buffers=buffers, still=still.flatten().tolist())
def embedding():
    torch.manual_seed(3)
    plain, layer = nn.Embedding(11, 5), nn.Embedding(11, 5, padding_idx=-2)
    first = layer.weight.flatten().tolist()
    y = layer(torch.randint(0, 11, (4, 6)))
    (y * torch.randn(y.shape)).sum().backward()
    return [plain.weight.flatten().tolist(), first, y.flatten().tolist(), layer.weight.grad.flatten().tolist()]
print(json.dumps([[run(n, *case) for n, case in enumerate(args[0])], embedding()]))`;

interface Reference {
  readonly names: string[];
  readonly first: number[][];
  readonly shape: number[];
  readonly output: number[];
  readonly gradients: number[][];
  readonly buffers: [name: string, values: number[]][];
  readonly still: number[];
}

let references: Reference[];
let embedding: number[][];
beforeAll(() => {
  [references, embedding] = python(
    TORCH,
    CASES.map(([torch, , shape]) => [torch, shape]),
  ) as [Reference[], number[][]];
});

const BOUNDS = { absolute: 1e-6, relative: 1e-4 };
const flat = (x: Tensor): number[] => Array.from(x.toTypedArray(), Number);
const near = (x: Tensor, wanted: readonly number[]): void =>
  expectClose(x.to("float32"), Float32Array.from(wanted), BOUNDS);

test.each(CASES.map(([torch], n) => [torch, n] as const))(
  "%s begins with PyTorch's bits, and gives its outputs, gradients and statistics",
  (_, n) => {
    using _all = scope();
    const [, make, shape] = CASES[n] as Case;
    const wanted = references[n] as Reference;
    manualSeed(n);
    const layer = make();
    expect([...layer.namedParameters()].map(([name]) => name)).toEqual(wanted.names);
    expect(layer.parameters().map(flat)).toEqual(wanted.first);
    const dtype = layer.parameters()[0]?.dtype ?? "float32";
    let x = zeros([0]);
    let y = x;
    for (let pass = 0; pass < 2; pass++) {
      layer.zeroGrad();
      x = randn(shape, { dtype, requiresGrad: true });
      y = layer.forward(x);
      backward(y.mul(randn(y.shape, { dtype })).sum());
    }
    expect(y.shape).toEqual(wanted.shape);
    near(y, wanted.output);
    const gradients = [x, ...layer.parameters()].map(({ grad }) => grad as Tensor);
    for (const [i, gradient] of gradients.entries())
      near(gradient, wanted.gradients[i] as number[]);
    for (const [name, values] of wanted.buffers) near(statistic(layer, name), values);
    near(layer.eval().forward(x), wanted.still);
  },
);

/** `running_mean` of PyTorch is the field `runningMean`. */
function statistic(layer: Layer, name: string): Tensor {
  const field = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return (layer as unknown as Record<string, Tensor>)[field] as Tensor;
}

test("Embedding begins and learns as PyTorch's, its padding row does neither", () => {
  const [plain, first, output, gradient] = embedding as [number[], number[], number[], number[]];
  manualSeed(3);
  expect(flat(new Embedding(11, 5).weight)).toEqual(plain);
  const layer = new Embedding(11, 5, { paddingIdx: -2 });
  expect(flat(layer.weight)).toEqual(first);
  const y = layer.forward(randint(0, 11, [4, 6], { dtype: "int64" }));
  near(y, output);
  backward(y.mul(randn(y.shape)).sum());
  near(layer.weight.grad as Tensor, gradient);
  expect(flat(layer.weight.select(0, 9))).toEqual([0, 0, 0, 0, 0]);
});

test("a layer told not to initialize draws nothing", () => {
  manualSeed(1);
  const before = flat(rngState());
  new Linear(64, 64, { initialize: false });
  new Embedding(64, 64, { initialize: false });
  new Conv2d(4, 4, 3, { initialize: false });
  expect(flat(rngState())).toEqual(before);
  new Linear(64, 64);
  expect(flat(rngState())).not.toEqual(before);
});

class Block extends Module {
  readonly inner = new Sequential(new Linear(2, 2), new Dropout(), new ReLU());
  readonly list = [new BatchNorm1d(2), new Linear(2, 3, { bias: false })];
  readonly scale = new LayerNorm(2).weight;
  forward(x: Tensor): Tensor {
    return this.inner.forward(x);
  }
}

test("a module lists children and parameters, sets modes below it, and forgets gradients", () => {
  const block = new Block();
  expect([...block.namedChildren()].map(([name]) => name)).toEqual(["inner", "list.0", "list.1"]);
  expect(block.children()[2]).toBe(block.list[1]);
  expect([...block.namedParameters()].map(([name]) => name)).toEqual([
    "scale", // its own before those of its children, as PyTorch
    "inner.0.weight",
    "inner.0.bias",
    "list.0.weight",
    "list.0.bias",
    "list.1.weight",
  ]);
  const modes = () => [...block.modules()].map(({ training }) => training);
  expect(modes()).toEqual(new Array(7).fill(true));
  block.eval();
  expect(modes()).toEqual(new Array(7).fill(false));
  block.inner.train();
  expect(modes()).toEqual([false, true, true, true, true, false, false]);
  backward(block.forward(ones([3, 2])).sum());
  expect((block.inner[0] as Linear).weight.grad).not.toBeNull();
  block.zeroGrad();
  expect(block.parameters().every(({ grad }) => grad === null)).toBe(true);
  expect([...block.inner]).toEqual([block.inner[0], block.inner[1], block.inner[2]]);
  expect(block.inner.length).toBe(3);
});

test("a printed Sequential says the arguments that no parameter's shape says", () => {
  const net = new Sequential(
    new Conv2d(1, 2, 3),
    new ReLU(),
    new Dropout(0.1),
    new MaxPool2d([2, 3]),
  );
  expect(String(net).split("\n")).toEqual([
    "Sequential  20 parameters",
    "  0: Conv2d  20 parameters",
    "    weight float32[2, 1, 3, 3]",
    "    bias float32[2]",
    "  1: ReLU",
    "  2: Dropout(0.1)",
    "  3: MaxPool2d([2, 3])",
  ]);
});
