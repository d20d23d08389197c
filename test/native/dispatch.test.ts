// What travels through the frame between JavaScript and the addon, and the choice of overloads that is remembered.
import { arange, Generator, ops, type Tensor, tensor, zeros } from "notebooster";
import { expect, test } from "vitest";

test("the choice of an overload follows the kinds of each call's arguments, whatever was called before", () => {
  const x = tensor(BigInt64Array.of(1n, 2n, 3n), { shape: [1, 3] });
  const calls: [() => Tensor, string, number[]][] = [
    [() => x.mul(2), "int64", [1, 3]],
    [() => x.mul(2.5), "float32", [1, 3]],
    [() => x.mul(x), "int64", [1, 3]],
    [() => x.mul(true), "int64", [1, 3]],
    [() => x.sum(), "int64", []],
    [() => x.sum(1), "int64", [1]],
    [() => x.sum([0, 1], { keepdim: true }), "int64", [1, 1]],
    [() => x.sum({ dtype: "float64" }), "float64", []],
    [() => x.sum(1, { dtype: "float64" }), "float64", [1]],
    [() => x.sum(1, { keepdim: true }), "int64", [1, 1]],
    [() => x.sum(1, { keepdim: undefined as unknown as boolean }), "int64", [1]],
  ];
  for (const round of [calls, calls.toReversed(), calls])
    for (const [call, dtype, shape] of round) {
      const result = call();
      expect([result.dtype, result.shape]).toEqual([dtype, shape]);
    }
});

test("a number in place of a tensor keeps its digits and its range, whatever dtype it is computed with", () => {
  const infinity = Number.POSITIVE_INFINITY;
  expect(tensor([1, 2]).float().mul(1e300).toArray()).toEqual([infinity, infinity]);
  expect(tensor([1, 2], { dtype: "float64" }).mul(1e300).toArray()).toEqual([1e300, 2e300]);
  expect(tensor([100], { dtype: "bfloat16" }).mul(1.005).toArray()).toEqual([100.5]);
  expect(tensor([1]).float().add(0.1).sub(0.1, { alpha: 2 }).toArray()).toEqual([
    Math.fround(Math.fround(1 + Math.fround(0.1)) - Math.fround(0.2)),
  ]);
});

/** Every ordered choice of some of the items. */
function arrangements<T>(items: readonly T[]): T[][] {
  return [
    [],
    ...items.flatMap((item) =>
      arrangements(items.filter((x) => x !== item)).map((rest) => [item, ...rest]),
    ),
  ];
}

test("options in any order, also undefined ones, mean the same; there are more ways than are remembered", () => {
  const x = tensor([
    [3, 1, 2],
    [5, 6, 4],
  ]);
  const given: [string, unknown][] = [
    ["dim", 1],
    ["largest", false],
    ["sorted", true],
  ];
  const ways = arrangements(given).flatMap((way) =>
    Array.from({ length: 2 ** way.length }, (_, mask) =>
      Object.fromEntries(way.map(([key, value], i) => [key, mask & (1 << i) ? value : undefined])),
    ),
  );
  expect(ways.length).toBeGreaterThan(64);
  for (const way of [...ways, ...ways]) {
    const wanted =
      way["largest"] === false
        ? [
            [1, 2],
            [4, 5],
          ]
        : [
            [3, 2],
            [6, 5],
          ];
    expect(x.topk(2, way)[0].toArray()).toEqual(wanted);
  }
});

test("lists longer than the frame are given and returned", () => {
  const count = 5000;
  const parts = arange(0, count).unbind();
  expect(parts.length).toBe(count);
  expect(ops.aten.stack(parts).toArray()).toEqual(Array.from({ length: count }, (_, i) => i));
  expect(zeros([2]).tensorSplit(Array.from({ length: count }, () => 1)).length).toBe(count + 1);
});

test("operators in C++ types and boxed ones give an argument back where they wrote to it", () => {
  const x = zeros([2, 2]);
  expect(x.add_(1)).toBe(x);
  const out = zeros([2, 2]);
  expect(x.add(1, { out })).toBe(out);
  expect(x.view(4).transpose_(0, 0).shape).toEqual([4]);
  const y = zeros([4]);
  expect(y.resize_(2, 2)).toBe(y);
  expect(ops.aten.add(x, 1, { out })).toBe(out);
});

test("a generator is found among the options and as an argument", () => {
  const draw = () =>
    zeros([3])
      .uniform_(0, 1, { generator: new Generator(7) })
      .toArray();
  expect(draw()).toEqual(draw());
  const picks = () => ops.aten.randperm(9, { generator: new Generator(7) }).toArray();
  expect(picks()).toEqual(picks());
});

test("errors say what was given: lists in lists, objects, functions, numbers", () => {
  const x = zeros([2]);
  const view = x.view as (...args: unknown[]) => Tensor;
  expect(() => view.call(x, [[1], 2])).toThrow(
    /^x\.view does not take \(\[\[1\], 2\]\), x being a Tensor float32\[2\]/,
  );
  expect(() => view.call(x, new Map())).toThrow(/does not take \(a Map\), x/);
  expect(() => view.call(x, [() => 1, 0.5, -Infinity, null])).toThrow(
    /does not take \(\[a function, 0.5, -Infinity, null\]\)/,
  );
  expect(() => x.sum((2n ** 63n) as unknown as number)).toThrow(/does not fit into 64 bits/);
  expect(() => x.sum(2 ** 60)).toThrow(/^x\.sum: argument `dim`: expected an integer, got 1/);
  const many = Array.from({ length: 32 }, () => x);
  expect(() => (ops.aten.add as (...args: unknown[]) => Tensor)(...many)).toThrow(
    /at most 31 arguments/,
  );
});

test("options that use a tensor while they are read are refused", () => {
  const x = zeros([2, 3]);
  const options = {
    get keepdim(): boolean {
      return x.sum().item() === 0;
    },
  };
  expect(() => x.sum(0, options)).toThrow(/reading an operator's options used a tensor/);
  expect(x.sum(0, { keepdim: true }).shape).toEqual([1, 3]);
});
