// The CPU implementations of our own kernels, forward and gradients, against PyTorch formulas in float64 on the same
// numbers. The GPU side is compared with these in test/gpu/kernels-check.mjs.
import { backward, type DType, full, ones, ops, type Tensor, tensor, zeros } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import "../fixtures/two-threads.js";

const kernels = ops.notebooster;
type Kernel = (...args: unknown[]) => unknown;
const kernel = (name: keyof typeof ops.notebooster): Kernel => kernels[name] as Kernel;

/** Largest ||ours - reference|| / ||reference||. */
const TOLERANCES = { float32: 1e-6, bfloat16: 5e-3 } as const;

interface Case {
  readonly name: string;
  readonly shapes: readonly (readonly number[])[];
  readonly ours: (...x: Tensor[]) => unknown;
  /** Python expression over float64 tensors x[0], x[1], ..., a tensor or a tuple of tensors */
  readonly torch: string;
}

const RMS_NORM = "rms(x[0]) * x[1]";
const ADD_RMS_NORM = "(rms(x[0] + x[1]) * x[2], x[0] + x[1])";
const LAYER_NORM = "F.layer_norm(x[0], x[0].shape[-1:], x[1], x[2], 1e-5)";
const ADD_LAYER_NORM =
  "(F.layer_norm(x[0] + x[1], x[0].shape[-1:], x[2], x[3], 1e-5), x[0] + x[1])";
/** Scores masked by a causal bound, and the distance from the last key a query sees. */
const CAUSAL =
  "x[0].masked_fill(torch.ones(x[0].shape[-2:]).tril(x[0].shape[-1] - x[0].shape[-2]) == 0, -math.inf)";
const DISTANCE = "(torch.arange(7.)[None] - torch.arange(5.)[:, None] - 2)";
const ROPE = "x[0] * angle.cos() + turned(x[0]) * angle.sin()";

const TARGETS = tensor(BigInt64Array.of(3n, -100n, 0n, 12n, 5n, -100n, 7n));

const angleOf = (t: number, d: number): Tensor =>
  tensor(
    Float32Array.from({ length: t * d }, (_, i) => Math.floor(i / d) * 0.25 + (i % (d / 2)) * 0.5),
    { shape: [t, d] },
  );

function rope(x: Tensor): Tensor {
  const angle = angleOf(x.shape[2] as number, x.shape[3] as number);
  return kernel("rope")(x, angle.cos().to(x.dtype), angle.sin().to(x.dtype)) as Tensor;
}

const CASES: readonly Case[] = [
  ...[
    [3, 7],
    [2, 5, 129],
    [1, 1],
    [70, 33],
    [300, 8],
  ].map((shape) => ({
    name: `rms_norm of ${shape.join("x")}`,
    shapes: [shape, shape.slice(-1)],
    ours: (x: Tensor, w: Tensor) => kernel("rms_norm")(x, w, 1e-5),
    torch: RMS_NORM,
  })),
  {
    name: "rms_norm of a transposed view",
    shapes: [[6, 5], [6]],
    ours: (x, w) => kernel("rms_norm")(x.transpose(0, 1), w, 1e-5),
    torch: "rms(x[0].T) * x[1]",
  },
  ...[
    [3, 7],
    [2, 5, 129],
  ].map((shape) => ({
    name: `add_rms_norm of ${shape.join("x")}`,
    shapes: [shape, shape, shape.slice(-1)],
    ours: (x: Tensor, r: Tensor, w: Tensor) => kernel("add_rms_norm")(x, r, w, 1e-5),
    torch: ADD_RMS_NORM,
  })),
  {
    name: "add_rms_norm of which only the sum is used",
    shapes: [[3, 7], [3, 7], [7]],
    ours: (x, r, w) => [(kernel("add_rms_norm")(x, r, w, 1e-5) as Tensor[])[1], w.mul(0)],
    torch: "(x[0] + x[1], x[2] * 0)",
  },
  ...[
    [3, 7],
    [2, 5, 129],
    [9, 33],
  ].flatMap((shape) => [
    {
      name: `layer_norm of ${shape.join("x")}`,
      shapes: [shape, shape.slice(-1), shape.slice(-1)],
      ours: (x: Tensor, w: Tensor, b: Tensor) => kernel("layer_norm")(x, w, b, 1e-5),
      torch: LAYER_NORM,
    },
    {
      name: `add_layer_norm of ${shape.join("x")}`,
      shapes: [shape, shape, shape.slice(-1), shape.slice(-1)],
      ours: (x: Tensor, r: Tensor, w: Tensor, b: Tensor) =>
        kernel("add_layer_norm")(x, r, w, b, 1e-5),
      torch: ADD_LAYER_NORM,
    },
  ]),
  {
    name: "layer_norm without bias",
    shapes: [[3, 7], [7]],
    ours: (x, w) => kernel("layer_norm")(x, w, null, 1e-5),
    torch: "F.layer_norm(x[0], (7,), x[1], None, 1e-5)",
  },
  ...["none", "tanh"].flatMap((approximate) => [
    {
      name: `geglu, ${approximate}, of 3x37`,
      shapes: [
        [3, 37],
        [3, 37],
      ],
      ours: (gate: Tensor, up: Tensor) => kernel("geglu")(gate, up, { approximate }),
      torch: `F.gelu(x[0], approximate="${approximate}") * x[1]`,
    },
    {
      name: `bias_gelu, ${approximate}, of 70x37`,
      shapes: [[70, 37], [37]],
      ours: (x: Tensor, bias: Tensor) => kernel("bias_gelu")(x, bias, { approximate }),
      torch: `F.gelu(x[0] + x[1], approximate="${approximate}")`,
    },
  ]),
  {
    name: "bias_dropout_add without dropout",
    shapes: [[3, 21], [21], [3, 21]],
    ours: (x, bias, residual) => kernel("bias_dropout_add")(x, bias, residual, null),
    torch: "x[0] + x[1] + x[2]",
  },
  {
    name: "softmax with a scale and an added mask",
    shapes: [[2, 3, 5, 7]],
    ours: (x) => kernel("softmax")(x, full([5, 1], 1).to(x.dtype), { scale: 0.5 }),
    torch: "torch.softmax(x[0] * 0.5 + 1, -1)",
  },
  {
    name: "causal softmax of more keys than queries",
    shapes: [[2, 3, 5, 7]],
    ours: (x) => kernel("softmax")(x, null, { is_causal: true }),
    torch: `torch.softmax(${CAUSAL}, -1)`,
  },
  {
    name: "softmax with a boolean mask, a row of it empty",
    shapes: [[1, 2, 5, 7]],
    ours: (x) => kernel("softmax")(x, ops.aten.gt(tensor([0, 1, 2, 3, 4], { shape: [5, 1] }), 0)),
    torch: "torch.softmax(x[0], -1) * (torch.arange(5.)[:, None] > 0)",
  },
  {
    name: "softmax with ALiBi",
    shapes: [[1, 2, 5, 7]],
    ours: (x) => kernel("softmax")(x, null, { alibi_slopes: tensor([0.5, 0.25]) }),
    torch: `torch.softmax(x[0] + torch.tensor([0.5, 0.25])[:, None, None] * ${DISTANCE}, -1)`,
  },
  ...[0, 3].map((chunk) => ({
    name: `linear_cross_entropy by chunks of ${chunk}`,
    shapes: [
      [7, 8],
      [13, 8],
    ],
    ours: (hidden: Tensor, weight: Tensor) =>
      kernel("linear_cross_entropy")(hidden, weight, TARGETS, { chunk }),
    torch: "F.cross_entropy(x[0] @ x[1].T, torch.tensor([3, -100, 0, 12, 5, -100, 7]))",
  })),
  ...[[1], [3, 7], [2, 9, 130]].map((shape) => ({
    name: `swiglu of ${shape.join("x")}`,
    shapes: [shape, shape],
    ours: (gate: Tensor, up: Tensor) => kernel("swiglu")(gate, up),
    torch: "F.silu(x[0]) * x[1]",
  })),
  {
    name: "swiglu of the halves of one tensor",
    shapes: [[3, 5, 26]],
    ours: (x) => kernel("swiglu")(x.slice(-1, 0, 13), x.slice(-1, 13, 26)),
    torch: "F.silu(x[0][..., :13]) * x[0][..., 13:]",
  },
  {
    name: "rope of (B, H, T, D)",
    shapes: [[2, 3, 5, 6]],
    ours: (x) => rope(x),
    torch: ROPE,
  },
  {
    name: "rope of a transposed (B, T, H, D)",
    shapes: [[2, 5, 3, 6]],
    ours: (x) => rope(x.transpose(1, 2)),
    torch: ROPE.replaceAll("x[0]", "x[0].transpose(1, 2)"),
  },
];

const REFERENCE = `
import math, torch, torch.nn.functional as F
def rms(x):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5)
def turned(x):
    h = x.shape[-1] // 2
    return torch.cat((-x[..., h:], x[..., :h]), -1)
def numbers(shape, seed):
    i = torch.arange(math.prod(shape))
    return (((i * 7919 + seed * 104729) % 509 - 254).double() / 128).reshape(shape).requires_grad_()
results = []
for case, shapes in args[0]:
    x = [numbers(shape, seed) for seed, shape in enumerate(shapes)]
    T, D = (x[0].shape[-2] if "transpose" not in case else x[0].shape[1], x[0].shape[-1]) if x[0].dim() == 4 else (1, 2)
    i = torch.arange(D)
    angle = torch.arange(T, dtype=torch.float64)[:, None] * 0.25 + (i % (D // 2)) * 0.5
    result = eval(case)
    outputs = result if isinstance(result, tuple) else (result,)
    sum((o * (0.7 * torch.arange(o.numel(), dtype=torch.float64)).sin().float().bfloat16().double().reshape(o.shape)).sum() for o in outputs).backward()
    results.append([t.detach().flatten().tolist() for t in (*outputs, *(v.grad for v in x))])
print(json.dumps(results))
`;
const references = python(
  REFERENCE,
  CASES.map(({ torch, shapes }) => [torch, shapes]),
) as number[][][];

/** Numbers from -2 to 2 that bfloat16 holds exactly, different in every place; as in REFERENCE. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => (((i * 7919 + seed * 104729) % 509) - 254) / 128,
  );
}

const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const flat = (x: Tensor): number[] => Array.from(x.to("float32").toTypedArray(), Number);

function distance(ours: readonly number[], reference: readonly number[]): number {
  expect(ours.length).toBe(reference.length);
  const norm = Math.hypot(...reference);
  const error = Math.hypot(...ours.map((value, i) => value - (reference[i] as number)));
  return norm === 0 ? error : error / norm;
}

/** The sum of an output with weights that bfloat16 holds exactly. */
function weighed(output: Tensor): Tensor {
  const weights = Float32Array.from({ length: output.numel }, (_, i) => Math.sin(0.7 * i));
  return output
    .to("float32")
    .mul(tensor(weights, { shape: output.shape }).to("bfloat16").to("float32"))
    .sum();
}

function runOurs({ shapes, ours }: Case, dtype: DType): number[][] {
  const inputs = shapes.map((shape, i) =>
    tensor(numbers(product(shape), i), { shape: [...shape] }).to(dtype),
  );
  for (const input of inputs) input.requiresGrad = true;
  const outputs = [ours(...inputs)].flat() as Tensor[];
  backward(outputs.map(weighed).reduce((a, b) => a.add(b)));
  return [...outputs, ...inputs.map((input) => input.grad as Tensor)].map((x) => flat(x.detach()));
}

for (const dtype of ["float32", "bfloat16"] as const) {
  for (const [n, one] of CASES.entries()) {
    test(`${one.name} and its gradients equal PyTorch's formula, ${dtype}`, () => {
      runOurs(one, dtype).forEach((result, i) => {
        expect(distance(result, references[n]?.[i] as number[])).toBeLessThan(TOLERANCES[dtype]);
      });
    });
  }
}

test("rope keeps the memory order of a transposed view", () => {
  const x = tensor(numbers(2 * 5 * 3 * 6, 1), { shape: [2, 5, 3, 6] }).transpose(1, 2);
  expect(rope(x).transpose(1, 2).view(2, 5, 18).shape).toEqual([2, 5, 18]);
});

test("empty tensors give empty results", () => {
  const weight = ones([3]);
  expect((kernel("rms_norm")(zeros([0, 3]), weight, 1e-5) as Tensor).shape).toEqual([0, 3]);
  expect((kernel("swiglu")(zeros([2, 0]), zeros([2, 0])) as Tensor).shape).toEqual([2, 0]);
  expect(rope(zeros([0, 2, 1, 4])).shape).toEqual([0, 2, 1, 4]);
});

test("wrong arguments are refused with both sides named", () => {
  const x = zeros([2, 3]);
  expect(() => kernel("rms_norm")(x, zeros([4]), 1e-5)).toThrow(
    /`weight` must be \(3\).*got \[4\]/,
  );
  expect(() => kernel("rms_norm")(x, zeros([3]).to("bfloat16"), 1e-5)).toThrow(/dtype of `x`/);
  expect(() => kernel("rms_norm")(x.to("float64"), zeros([3]).to("float64"), 1e-5)).toThrow(
    /must be float32, float16 or bfloat16, got Double/,
  );
  expect(() => kernel("add_rms_norm")(x, zeros([2, 4]), zeros([3]), 1e-5)).toThrow(
    /`residual`.*shape/,
  );
  expect(() => kernel("swiglu")(x, zeros([3, 2]))).toThrow(/`up` must have the shape of `gate`/);
  expect(() => kernel("rope")(zeros([1, 1, 2, 3]), x, x)).toThrow(/even D/);
  expect(() => kernel("rope")(zeros([1, 1, 2, 4]), x, x)).toThrow(
    /`cos` must be \(T, D\) = \(2, 4\)/,
  );
});

test("the head's loss over no rows leaves gradients of zeros, as in PyTorch", () => {
  for (const chunk of [0, 4]) {
    full([13, 8], 7, { dtype: "float32" }).dispose(); // whoever takes this memory next finds sevens in it
    const [hidden, weight] = [zeros([0, 8]), ones([13, 8])];
    for (const leaf of [hidden, weight]) leaf.requiresGrad = true;
    const targets = full([0], 0);
    const loss = kernel("linear_cross_entropy")(hidden, weight, targets, { chunk }) as Tensor;
    backward(loss);
    expect(loss.item()).toBeNaN();
    expect(flat(weight.grad as Tensor)).toEqual(Array(13 * 8).fill(0));
    expect(hidden.grad?.shape).toEqual([0, 8]);
  }
});
