// jit() as a person uses it on the CPU: results and gradients, numbers and tensors from outside, several results; and what it
// refuses, with the operation and its place.
import { backward, cat, jit, type Tensor, tensor } from "notebooster";
import { expect, test } from "vitest";

const x = (...shape: number[]): Tensor =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 2.1)),
    { shape, requiresGrad: true },
  );

test("on the CPU a fused function runs its chain, gradients included", () => {
  const [fused, plain] = [x(3, 4), x(3, 4)];
  const out = jit((a: Tensor, factor: number) => a.mul(factor * 2).silu())(fused, 0.5);
  const expected = plain.silu();
  expect(out.toArray()).toEqual(expected.toArray());
  backward(out.sum());
  backward(expected.sum());
  expect(fused.grad?.toArray()).toEqual(plain.grad?.toArray());
});

test("numbers are arguments: other numbers give the same kernels", () => {
  const scaled = jit((a: Tensor, factor: number) =>
    a
      .mul(factor)
      .add(factor * 3)
      .pow(factor + 0.25),
  );
  const [one, two] = [scaled.kernels(x(2), 1.5), scaled.kernels(x(2), -7)];
  expect(one.scalars).toEqual([1.5, 4.5, 1.75]);
  expect(two.scalars).toEqual([-7, -21, -6.75]);
  expect(two.forward.text).toBe(one.forward.text);
  expect(two.backward?.text).toBe(one.backward?.text);
});

test("a tensor from outside the function becomes an input", () => {
  const weight = tensor([1, 2, 3], { dtype: "float32" });
  const { forward, trained } = jit((a: Tensor) => a.mul(weight)).kernels(x(2, 3));
  expect(forward.inputs.length).toBe(2);
  expect(forward.inputs[1]).toBe(weight);
  expect(trained.length).toBe(1);
});

test("several results come from one kernel, and must have one shape", () => {
  const both = jit((a: Tensor, b: Tensor) => [a.add(b), a.mul(b)]);
  expect(both.kernels(x(2, 3), x(3)).forward.outputTypes).toEqual(["float32", "float32"]);
  const [sum, product] = both(x(2, 3), x(3)) as [Tensor, Tensor];
  expect([sum.shape, product.shape]).toEqual([
    [2, 3],
    [2, 3],
  ]);
  expect(() => jit((a: Tensor, b: Tensor) => [a.exp(), b.exp()]).kernels(x(2, 3), x(3))).toThrow(
    /one shape, got \[2, 3\] and \[3\]/,
  );
});

test.each<{ what: string; body: (a: Tensor, b: Tensor) => Tensor; says: RegExp }>([
  {
    what: "a reduction",
    body: (a) => a.exp().sum(),
    says: /^jit: sum\(\) is not pointwise \(at .*jit-use\.test\.ts:\d+:\d+\)\); it may use add/,
  },
  { what: "a matrix product", body: (a, b) => a.matmul(b), says: /matmul\(\) is not pointwise/ },
  {
    what: "a number read from a tensor",
    body: (a) => a.mul(a.item()),
    says: /item\(\) is not pointwise/,
  },
  {
    what: "a condition on a tensor",
    body: (a) => ((a as unknown as number) > 0 ? a : a.neg()),
    says: /must not depend on the numbers in its tensors \(at .*jit-use\.test/,
  },
  {
    what: "an operator on a stand-in",
    body: (a, b) => cat([a, b]),
    says: /not one of its own pointwise methods/,
  },
  { what: "a shape", body: (a) => a.mul(a.shape[0] as number), says: /shape is not known/ },
  {
    what: "a result of another kind",
    body: () => 3 as unknown as Tensor,
    says: /must return a tensor computed from its arguments, or an array of such, got 3/,
  },
  {
    what: "a string operand",
    body: (a) => a.mul("2" as unknown as number),
    says: /operand must be a tensor or a number, got "2"/,
  },
  { what: "another device", body: (a) => a.to({ device: "cuda" }), says: /and no device/ },
])("jit() refuses $what, naming it and its place", ({ body, says }) => {
  expect(() => jit(body)(x(2, 2), x(2, 2))).toThrow(says);
});

test("jit() refuses tensors that are not floating-point of at most 32 bits", () => {
  const whole = tensor(BigInt64Array.from([1n]));
  expect(() => jit((a: Tensor) => a.neg())(whole)).toThrow(
    /must be float32, bfloat16, float16, got int64/,
  );
});
