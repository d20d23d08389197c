// What a PyTorch user types first, beside what Python answers.
import {
  arange,
  argmax,
  cat,
  einsum,
  empty,
  exp,
  eye,
  full,
  linspace,
  matmul,
  max,
  mean,
  ones,
  onesLike,
  ops,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
  softmax,
  stack,
  sum,
  type Tensor,
  tanh,
  tensor,
  where,
  zeros,
  zerosLike,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const x = arange(6).reshape(2, 3);
const y = x.float();

const CASES: [ours: () => unknown, theirs: string][] = [
  [() => tensor([1, 2, 3]), "torch.tensor([1, 2, 3])"],
  [() => tensor(3), "torch.tensor(3)"],
  [() => tensor([1, 2.5]), "torch.tensor([1, 2.5])"],
  [() => tensor([[true, false]]), "torch.tensor([[True, False]])"],
  [() => tensor([]), "torch.tensor([])"],
  [() => tensor([1, 2], { dtype: "float32" }), "torch.tensor([1, 2], dtype=torch.float32)"],
  [() => full([2, 2], 7), "torch.full((2, 2), 7)"],
  [() => full([2], 0.5), "torch.full((2,), 0.5)"],
  [() => full([2], true), "torch.full((2,), True)"],
  [() => zeros(3, 4), "torch.zeros(3, 4)"],
  [() => zeros(2, { dtype: "int64" }), "torch.zeros(2, dtype=torch.int64)"],
  [() => zeros([]), "torch.zeros([])"],
  [() => ones(2, 3), "torch.ones(2, 3)"],
  [() => empty(2, 0), "torch.empty(2, 0)"],
  [() => arange(5), "torch.arange(5)"],
  [() => arange(2, 5), "torch.arange(2, 5)"],
  [() => arange(0, 1, 0.25), "torch.arange(0, 1, 0.25)"],
  [() => arange(5, { dtype: "float32" }), "torch.arange(5, dtype=torch.float32)"],
  [() => linspace(0, 1, 5), "torch.linspace(0, 1, 5)"],
  [() => eye(2), "torch.eye(2)"],
  [() => eye(2, 3, { dtype: "int64" }), "torch.eye(2, 3, dtype=torch.int64)"],
  [() => onesLike(x), "torch.ones_like(x)"],
  [() => zerosLike(x, { dtype: "float32" }), "torch.zeros_like(x, dtype=torch.float32)"],
  [() => where(x.gt(2), x, 0), "torch.where(x > 2, x, 0)"],
  [() => x.where(x.gt(2), x.neg()), "x.where(x > 2, -x)"],
  [() => y.half(), "y.half()"],
  [() => y.bfloat16(), "y.bfloat16()"],
  [() => y.double(), "y.double()"],
  [() => x.float(), "x.float()"],
  [() => y.div(4).int(), "(y / 4).int()"],
  [() => y.div(4).long(), "(y / 4).long()"],
  [() => x.bool(), "x.bool()"],
  [() => x.T, "x.T"],
  [() => x.mT, "x.mT"],
  [() => arange(8).view(2, 2, 2).mT, "torch.arange(8).view(2, 2, 2).mT"],
  [() => x.view(3, -1), "x.view(3, -1)"],
  [() => x.reshape(3, 2), "x.reshape(3, 2)"],
  [() => x.permute(1, 0), "x.permute(1, 0)"],
  [() => x.sum(-1), "x.sum(-1)"],
  [() => y.mean({ dim: 0 } as never), "y.mean(dim=0)"],
  [() => y.detach().cpu(), "y.detach().cpu()"],
  [() => y.clone().requiresGrad_(), "y.clone().requires_grad_()"],
  [() => y.softmax({ dim: -1 }), "y.softmax(dim=-1)"],
  [() => softmax(y, { dim: 1 }), "torch.softmax(y, dim=1)"],
  [() => cat([x, x], { dim: 1 }), "torch.cat([x, x], dim=1)"],
  [() => stack([x, x], { dim: -1 }), "torch.stack([x, x], dim=-1)"],
  [() => y.sum({ dim: 1, keepdim: true }), "y.sum(dim=1, keepdim=True)"],
  [() => matmul(y, y.T), "torch.matmul(y, y.T)"],
  [() => einsum("ij,kj->ik", [y, y]), 'torch.einsum("ij,kj->ik", y, y)'],
  [() => sum(x), "torch.sum(x)"],
  [() => mean(y, 0), "torch.mean(y, 0)"],
  [() => max(y, 1).indices, "torch.max(y, 1).indices"],
  [() => argmax(y, 1), "torch.argmax(y, 1)"],
  [() => tanh(exp(y)), "torch.tanh(torch.exp(y))"],
  [() => randperm(5).sort().values, "torch.randperm(5).sort().values"],
  [() => y.to("cpu", "float64"), 'y.to("cpu", torch.float64)'],
  [() => y.to("cpu", { dtype: "float64" }), 'y.to("cpu", dtype=torch.float64)'],
  [() => y.max(1).values, "y.max(1).values"],
  [() => y.max(1).indices, "y.max(1).indices"],
  [() => y.max(1)[1], "y.max(1)[1]"],
  [() => y.sort({ descending: true }).indices, "y.sort(descending=True).indices"],
  [() => y.topk(2).values, "y.topk(2).values"],
  [() => y.median(0).values, "y.median(0).values"],
  [() => y.kthvalue(1).values, "y.kthvalue(1).values"],
  [() => y.mode().indices, "y.mode().indices"],
  [() => y.cummax(0).values, "y.cummax(0).values"],
  [() => y.aminmax().max, "y.aminmax().max"],
  [() => y.T.matmul(y).slogdet().logabsdet.isfinite(), "(y.T @ y).slogdet().logabsdet.isfinite()"],
  [
    () => ops.aten.linalg_lstsq(y.T, y.T).singular_values,
    "torch.linalg.lstsq(y.T, y.T).singular_values",
  ],
];

describe("as in Python", () => {
  const reference = python(
    `import torch
x = torch.arange(6).reshape(2, 3)
y = x.float()
print(json.dumps([repr(eval(case)) for case in args[0]]))`,
    CASES.map(([, theirs]) => theirs),
  ) as string[];
  test.each(CASES.map(([ours, theirs], i) => ({ ours, theirs, text: reference[i] })))(
    "$theirs",
    ({ ours, text }) => expect(String(ours())).toBe(text),
  );
});

test("sizes, elements and drawn numbers come in PyTorch's forms", () => {
  expect([x.size(), x.size(-1), x.dim(), x.shape[0]]).toEqual([[2, 3], 3, 2, 2]);
  expect(x.tolist()).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  const drawn: [Tensor, number[], string][] = [
    [randint(2000, [1, 8]), [1, 8], "int64"],
    [randint(5, 9, [3], { dtype: "int32" }), [3], "int32"],
    [rand(2, 3), [2, 3], "float32"],
    [randn(2, { dtype: "float64" }), [2], "float64"],
    [randLike(y), [2, 3], "float32"],
    [randnLike(x, { dtype: "float32" }), [2, 3], "float32"],
  ];
  expect(drawn.map(([z]) => [z.shape, z.dtype])).toEqual(drawn.map(([, ...rest]) => rest));
  const ids = randint(5, 9, [100]).tolist() as number[];
  expect([Math.min(...ids) >= 5, Math.max(...ids) < 9]).toEqual([true, true]);
});

test("what is not there names what is", () => {
  expect(() => tensor([1, 2]).mean()).toThrow(/convert a Tensor int64\[2\] with x\.float\(\)/);
  expect(() => tensor([1, 2], { requiresGrad: true })).toThrow(
    /requiresGrad needs a dtype with fractions.*got int64; whole numbers are int64/,
  );
  expect(() => arange(8).view(2, 2, 2).T).toThrow(/x\.mT transposes the last two/);
});
