// In-place cross-entropy, AdamW and the norm with overflow check, on the CPU, against PyTorch in float64.
import { backward, noGrad, ops, type Tensor, tensor, zeros } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import "../fixtures/two-threads.js";

type Kernel = (...args: unknown[]) => unknown;
const kernel = (name: keyof typeof ops.notebooster): Kernel => ops.notebooster[name] as Kernel;
const flat = (x: Tensor): number[] => Array.from(x.to("float32").toTypedArray(), Number);
const numbers = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => (((i * 7919 + seed * 104729) % 509) - 254) / 128);
const int64 = (values: readonly number[]): Tensor =>
  tensor(BigInt64Array.from(values, BigInt), { shape: [values.length] });

function distance(ours: readonly number[], reference: readonly number[]): number {
  expect(ours.length).toBe(reference.length);
  const error = Math.hypot(...ours.map((value, i) => value - (reference[i] as number)));
  return error / Math.hypot(...reference);
}

const TARGETS = [3, -100, 0, 12, 5, -100, 7];

for (const [dtype, tolerance] of [
  ["float32", 1e-6],
  ["bfloat16", 5e-3],
] as const) {
  test(`cross_entropy_ and its gradient equal PyTorch's, ${dtype}`, () => {
    const leaf = tensor(numbers(7 * 13, 1), { shape: [7, 13] }).to(dtype);
    leaf.requiresGrad = true;
    const logits = leaf.mul(1);
    const loss = kernel("cross_entropy_")(logits, int64(TARGETS), -100) as Tensor;
    backward(loss.mul(3));
    const [wanted, gradient] = python(
      `import torch
x = torch.tensor(args[0], dtype=torch.float64).reshape(7, 13).requires_grad_()
loss = torch.nn.functional.cross_entropy(x, torch.tensor(args[1]))
(3 * loss).backward()
print(json.dumps([[loss.item()], x.grad.flatten().tolist()]))`,
      numbers(7 * 13, 1),
      TARGETS,
    ) as [number[], number[]];
    expect(loss.dtype).toBe("float32");
    expect(distance([loss.item()], wanted)).toBeLessThan(1e-6);
    expect(distance(flat(leaf.grad as Tensor), gradient)).toBeLessThan(tolerance);
  });
}

test("cross_entropy_ puts the gradient into the logits' memory, and leaves them alone without a gradient", () => {
  const leaf = tensor(numbers(26, 2), { shape: [2, 13] });
  const same = leaf.detach().clone();
  noGrad(() => kernel("cross_entropy_")(leaf, int64([1, 2]), -100));
  expect(flat(leaf)).toEqual(flat(same));
  leaf.requiresGrad = true;
  const logits = leaf.mul(1);
  const loss = kernel("cross_entropy_")(logits, int64([1, 2]), -100) as Tensor;
  const rows = flat(logits.detach());
  expect(rows.slice(0, 13).reduce((a, b) => a + b)).toBeCloseTo(0, 6);
  backward(loss);
  expect(flat(leaf.grad as Tensor)).toEqual(rows);
});

test("cross_entropy_ takes rows of a wider tensor in place and leaves its other columns alone", () => {
  const wide = tensor(numbers(2 * 20, 3), { shape: [2, 20] });
  const loss = noGrad(
    () => kernel("cross_entropy_")(wide.slice(1, 0, 13), int64([1, 2]), -100) as Tensor,
  );
  const copied = noGrad(
    () =>
      kernel("cross_entropy_")(wide.slice(1, 0, 13).contiguous(), int64([1, 2]), -100) as Tensor,
  );
  expect(loss.item()).toBe(copied.item());
});

test("cross_entropy_ without a kept row is NaN, as PyTorch's", () => {
  expect(
    (kernel("cross_entropy_")(zeros([2, 3]), int64([-100, -100]), -100) as Tensor).item(),
  ).toBeNaN();
});

test("cross_entropy_ refuses what it cannot take", () => {
  const loss = kernel("cross_entropy_");
  expect(() => loss(zeros([2, 3]), int64([1, 3]), -100)).toThrow(
    /`targets` must be in 0 \.\. 2.*got 3 at row 1/,
  );
  expect(() => loss(zeros([2, 3]), int64([1]), -100)).toThrow(/`targets` must be \(N\) = \(2\)/);
  expect(() => loss(zeros([2, 3]), zeros([2]), -100)).toThrow(/must be int64/);
  expect(() => loss(zeros([3, 2]).transpose(0, 1), int64([1, 1]), -100)).toThrow(
    /rows must be contiguous/,
  );
  const leaf = zeros([2, 3]);
  leaf.requiresGrad = true;
  expect(() => loss(leaf, int64([1, 1]), -100)).toThrow(/not a leaf/);
});

const ADAMW = `
import torch
numel, grad_scale = args
grid = lambda seed: torch.tensor([((i * 7919 + seed * 104729) % 509 - 254) / 128 for i in range(numel)], dtype=torch.float64)
p, g = grid(1), grid(2) * grad_scale
p.requires_grad_()
optimizer = torch.optim.AdamW([p], lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)
for _ in range(3):
    p.grad = g.clone()
    optimizer.step()
state = optimizer.state[p]
print(json.dumps([t.detach().tolist() for t in (p, state["exp_avg"], state["exp_avg_sq"])]))
`;
const OPTIONS = { lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, weight_decay: 0.1 };

function steps(numel: number, dtype: "float32" | "bfloat16", hasMaster: boolean) {
  const param = [tensor(numbers(numel, 1)).to(dtype)];
  const master = hasMaster ? [tensor(numbers(numel, 1))] : [];
  const grad = [tensor(numbers(numel, 2)).to(dtype)];
  const [m, v] = [[zeros([numel])], [zeros([numel])]];
  const grad_scale = tensor([0.25]);
  for (let step = 1; step <= 3; step++)
    kernel("adamw_")(param, master, grad, m, v, { ...OPTIONS, step, grad_scale });
  return { param: param[0] as Tensor, master: master[0], m: m[0] as Tensor, v: v[0] as Tensor };
}

for (const numel of [1, 37, 1000]) {
  test(`three steps of adamw_ on ${numel} numbers equal torch.optim.AdamW in float64`, () => {
    const [p, m, v] = python(ADAMW, numel, 0.25) as [number[], number[], number[]];
    const plain = steps(numel, "float32", false);
    expect(distance(flat(plain.param), p)).toBeLessThan(1e-6);
    expect(distance(flat(plain.m), m)).toBeLessThan(1e-6);
    expect(distance(flat(plain.v), v)).toBeLessThan(1e-6);
    const mixed = steps(numel, "bfloat16", true);
    expect(distance(flat(mixed.master as Tensor), p)).toBeLessThan(1e-6);
    expect(flat(mixed.param)).toEqual(flat((mixed.master as Tensor).to("bfloat16")));
    expect(distance(flat(steps(numel, "bfloat16", false).param), p)).toBeLessThan(8e-3);
  });
}

test("adamw_ skips the step when found_inf is set", () => {
  const param = [tensor([1, 2, 3]).float()];
  const state = () => [zeros([3])];
  const found_inf = tensor([1]).float();
  kernel("adamw_")(param, [], [tensor([1, 1, 1]).float()], state(), state(), {
    ...OPTIONS,
    step: 1,
    found_inf,
  });
  expect(flat(param[0] as Tensor)).toEqual([1, 2, 3]);
});

test("adamw_ refuses lists and tensors that do not fit", () => {
  const one = (shape: number[]) => [zeros(shape)];
  const call = (grads: Tensor[], m: Tensor[], options = {}) =>
    kernel("adamw_")(one([3]), [], grads, m, one([3]), { ...OPTIONS, step: 1, ...options });
  expect(() => call([], one([3]))).toThrow(/`grads` must hold one tensor for each of the 1/);
  expect(() => call(one([4]), one([3]))).toThrow(/`grads` must have the shape of `params`/);
  expect(() => call(one([3]), [zeros([3]).to("bfloat16")])).toThrow(
    /`exp_avgs` must be contiguous float32/,
  );
  expect(() => call(one([3]), one([3]), { step: 0 })).toThrow(/`step` counts from 1/);
  expect(() => call(one([3]), one([3]), { grad_scale: zeros([2]) })).toThrow(
    /`grad_scale` must be one float32/,
  );
});

test("l2_norm_and_overflow sums over all tensors and tells infinities and NaN", () => {
  const run = (tensors: Tensor[]) =>
    (kernel("l2_norm_and_overflow")(tensors) as Tensor[]).map((x) => x.item());
  const values = [numbers(70_001, 4), numbers(3, 5)];
  const [norm, overflow] = run(values.map((list) => tensor(list))) as [number, number];
  expect(Math.abs(norm / Math.hypot(...values.flat()) - 1)).toBeLessThan(1e-6);
  expect(overflow).toBe(0);
  expect(run([tensor([1, Number.POSITIVE_INFINITY])])[1]).toBe(1);
  expect(run([tensor([1, Number.NaN]).to("bfloat16")])[1]).toBe(1);
  expect(run([zeros([0])])).toEqual([0, 0]);
});
