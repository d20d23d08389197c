// Attention and its gradients on the CPU against the formula written out in PyTorch in float64. The GPU's backends are
// compared with these in test/gpu/attention-check.mjs.
import {
  type AttentionOptions,
  attention,
  backward,
  lastAttentionBackend,
  type Tensor,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

/** Python: `attend(q, k, v)` in float64, q (B, H, Tq, D), with the options of a case; causal to the lower right. */
const FORMULA = `
import torch
def attend(q, k, v, causal=False, mask=None, scale=None, window=None):
    k, v = (x.repeat_interleave(q.shape[1] // x.shape[1], 1) for x in (k, v))
    scores = q @ k.mT * (scale if scale is not None else q.shape[-1] ** -0.5)
    if causal:
        i, j = torch.arange(scores.shape[-2])[:, None], torch.arange(scores.shape[-1])[None]
        scores = scores.masked_fill(j > i + scores.shape[-1] - scores.shape[-2], -torch.inf)
    if window is not None:
        scores = scores.masked_fill(j <= i + scores.shape[-1] - scores.shape[-2] - window, -torch.inf)
    if mask is not None: scores = scores.masked_fill(~mask, -torch.inf) if mask.dtype == torch.bool else scores + mask
    return scores.softmax(-1) @ v
`;

interface Case {
  readonly name: string;
  /** of q, k and v */
  readonly shapes: readonly [number[], number[], number[]];
  readonly options: (device?: string) => AttentionOptions;
  /** Python: keyword arguments of `attend`, or a whole expression of q, k and v */
  readonly torch: string;
}

const boolMask = (): Tensor =>
  tensor(
    Uint8Array.from({ length: 5 * 7 }, (_, i) => Number(i % 7 === 0 || (i * 5) % 3 > 0)),
    { shape: [1, 1, 5, 7] },
  ).to("bool");
const BOOL_MASK =
  "mask=torch.tensor([i % 7 == 0 or (i * 5) % 3 > 0 for i in range(35)]).reshape(1, 1, 5, 7)";
const starts = (values: number[]): Tensor => tensor(Int32Array.from(values));

const CASES: readonly Case[] = [
  {
    name: "of one head",
    shapes: [
      [1, 1, 4, 8],
      [1, 1, 4, 8],
      [1, 1, 4, 8],
    ],
    options: () => ({}),
    torch: "",
  },
  {
    name: "that is causal",
    shapes: [
      [2, 3, 9, 16],
      [2, 3, 9, 16],
      [2, 3, 9, 16],
    ],
    options: () => ({ causal: true }),
    torch: "causal=True",
  },
  {
    name: "that is causal with more keys than queries",
    shapes: [
      [2, 3, 4, 8],
      [2, 3, 9, 8],
      [2, 3, 9, 8],
    ],
    options: () => ({ causal: true }),
    torch: "causal=True",
  },
  {
    name: "of the last token alone",
    shapes: [
      [2, 4, 1, 8],
      [2, 2, 9, 8],
      [2, 2, 9, 8],
    ],
    options: () => ({ causal: true }),
    torch: "causal=True",
  },
  {
    name: "with key and value heads shared by three query heads",
    shapes: [
      [2, 6, 5, 8],
      [2, 2, 5, 8],
      [2, 2, 5, 8],
    ],
    options: () => ({ causal: true, scale: 0.3 }),
    torch: "causal=True, scale=0.3",
  },
  {
    name: "with a mask of booleans",
    shapes: [
      [2, 2, 5, 8],
      [2, 2, 7, 8],
      [2, 2, 7, 8],
    ],
    options: () => ({ mask: boolMask() }),
    torch: BOOL_MASK,
  },
  {
    name: "with a mask of booleans that is causal too",
    shapes: [
      [2, 2, 5, 8],
      [2, 2, 7, 8],
      [2, 2, 7, 8],
    ],
    options: () => ({ mask: boolMask(), causal: true }),
    torch: `${BOOL_MASK}, causal=True`,
  },
  {
    name: "with a mask that is added, and an odd head dim",
    shapes: [
      [2, 2, 5, 7],
      [2, 2, 5, 7],
      [2, 2, 5, 7],
    ],
    options: () => ({
      mask: tensor(
        Float32Array.from({ length: 25 }, (_, i) => (i % 5) * 0.25 - 0.5),
        { shape: [5, 5] },
      ),
    }),
    torch:
      "mask=torch.tensor([(i % 5) * 0.25 - 0.5 for i in range(25)], dtype=torch.float64).reshape(5, 5)",
  },
  {
    name: "of sequences of variable length",
    shapes: [
      [12, 4, 8],
      [12, 2, 8],
      [12, 2, 8],
    ],
    options: () => ({ causal: true, cuSeqlens: starts([0, 5, 6, 12]), maxSeqlen: 6 }),
    torch: "packed(q, k, v, [0, 5, 6, 12], [0, 5, 6, 12], causal=True)",
  },
  {
    name: "of sequences of variable length with other lengths of keys",
    shapes: [
      [5, 2, 8],
      [9, 2, 8],
      [9, 2, 8],
    ],
    options: () => ({
      causal: true,
      cuSeqlens: starts([0, 2, 5]),
      maxSeqlen: 3,
      cuSeqlensKeys: starts([0, 2, 9]),
      maxSeqlenKeys: 7,
    }),
    torch: "packed(q, k, v, [0, 2, 5], [0, 2, 9], causal=True)",
  },
  {
    name: "of sequences of variable length within a window, one of them empty",
    shapes: [
      [12, 4, 8],
      [12, 2, 8],
      [12, 2, 8],
    ],
    options: () => ({ causal: true, cuSeqlens: starts([0, 5, 5, 6, 12]), maxSeqlen: 6, window: 3 }),
    torch: "packed(q, k, v, [0, 5, 6, 12], [0, 5, 6, 12], causal=True, window=3)",
  },
  {
    name: "of sequences of variable length within a window, with other lengths of keys",
    shapes: [
      [5, 2, 8],
      [9, 2, 8],
      [9, 2, 8],
    ],
    options: () => ({
      ...{ causal: true, cuSeqlens: starts([0, 2, 5]), maxSeqlen: 3, window: 4 },
      ...{ cuSeqlensKeys: starts([0, 2, 9]), maxSeqlenKeys: 7 },
    }),
    torch: "packed(q, k, v, [0, 2, 5], [0, 2, 9], causal=True, window=4)",
  },
];

const PACKED = `
import math
def values(shape, seed): return torch.tensor([math.sin(i * 1.7 + seed * 2.3) for i in range(math.prod(shape))]).double().reshape(shape)
def packed(q, k, v, starts_q, starts_k, **options):
    parts = zip(starts_q, starts_q[1:], starts_k, starts_k[1:])
    head = lambda x, a, b: x[a:b].transpose(0, 1)[None]
    return torch.cat([attend(head(q, a, b), head(k, c, d), head(v, c, d), **options)[0].transpose(0, 1) for a, b, c, d in parts])
`;

/** Deterministic numbers between -1 and 1, as `values` in Python. */
const values = (shape: readonly number[], seed: number): number[] =>
  Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
    Math.sin(i * 1.7 + seed * 2.3),
  );

const references = python(
  `${FORMULA}${PACKED}
results = []
for shapes, expression in args[0]:
    q, k, v = (values(shape, i).requires_grad_() for i, shape in enumerate(shapes))
    out = eval(expression) if "packed" in expression else eval(f"attend(q, k, v, {expression})")
    (out * torch.arange(out.numel(), dtype=torch.float64).cos().reshape(out.shape)).sum().backward()
    results.append([x.detach().flatten().tolist() for x in (out, q.grad, k.grad, v.grad)])
print(json.dumps(results))`,
  CASES.map(({ shapes, torch }) => [shapes, torch]),
) as number[][][];

function ours({ shapes, options }: Case, extra: object): Tensor[] {
  const [q, k, v] = shapes.map((shape, i) =>
    tensor(Float32Array.from(values(shape, i)), { shape, requiresGrad: true }),
  ) as [Tensor, Tensor, Tensor];
  const out = attention(q, k, v, { ...options(), ...extra } as AttentionOptions);
  const weights = Float32Array.from({ length: out.numel }, (_, i) => Math.cos(i));
  backward(out.mul(tensor(weights, { shape: out.shape })).sum());
  return [out, q.grad, k.grad, v.grad] as Tensor[];
}

function distance(actual: Tensor, expected: readonly number[]): number {
  const flat = actual.toTypedArray() as Float32Array;
  expect(flat.length).toBe(expected.length);
  const norm = Math.hypot(...expected);
  return Math.hypot(...expected.map((x, i) => (flat[i] as number) - x)) / (norm || 1);
}

for (const backend of [undefined, "flash", "math"] as const) {
  test.each(CASES.map((example, i) => ({ ...example, expected: references[i] as number[][] })))(
    `attention $name equals the formula, its gradients too, by ${backend ?? "the backend chosen"}`,
    ({ expected, ...example }) => {
      const results = ours(example, backend === undefined ? {} : { backend });
      expect(lastAttentionBackend()).toBe(backend ?? "flash");
      for (const [i, result] of results.entries()) {
        expect(distance(result, expected[i] as number[])).toBeLessThan(2e-6);
      }
    },
  );
}
