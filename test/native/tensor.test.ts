// Tensors: values against hand-made numbers, errors, lifetime.
import {
  arange,
  fromBytes,
  keep,
  numLiveTensors,
  type Operator,
  ops,
  scope,
  scoped,
  type Tensor,
  tensor,
  zeros,
} from "notebooster";
import { expect, test } from "vitest";

const operators = ops.aten as unknown as Readonly<Record<string, Operator | undefined>>;
const aten = (name: string, ...args: unknown[]) => operators[name]?.(...args);

test("tensor() takes nested arrays, scalars, booleans and typed arrays with their dtypes", () => {
  expect(
    tensor([
      [1, 2],
      [3, 4],
    ]).toArray(),
  ).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(tensor(2.5).item()).toBe(2.5);
  expect(tensor([true, false]).dtype).toBe("bool");
  expect(tensor([true, false]).toArray()).toEqual([true, false]);
  const ids = tensor(BigInt64Array.of(1n, 2n, 3n, 4n), { shape: [2, 2] });
  expect([ids.dtype, ids.shape]).toEqual(["int64", [2, 2]]);
  expect(tensor([1.5, -2], { dtype: "bfloat16" }).toArray()).toEqual([1.5, -2]);
});

test("a list of typed arrays makes rows of their kind, in lists of lists too, and copies them", () => {
  const rows = [Int32Array.of(1, 2, 3), Int32Array.of(-4, 5, 6)];
  const made = tensor(rows);
  (rows[0] as Int32Array)[0] = 9;
  expect([made.dtype, made.shape]).toEqual(["int32", [2, 3]]);
  expect(made.toArray()).toEqual([
    [1, 2, 3],
    [-4, 5, 6],
  ]);
  const halves = tensor([[Float32Array.of(0.5)], [Float32Array.of(1.5)]], { dtype: "bfloat16" });
  expect([halves.dtype, halves.shape, halves.toArray()]).toEqual([
    "bfloat16",
    [2, 1, 1],
    [[[0.5]], [[1.5]]],
  ]);
  expect(tensor([Buffer.from("ab"), Buffer.from("cd")]).dtype).toBe("uint8");
  expect(tensor([new Float64Array(0), new Float64Array(0)]).shape).toEqual([2, 0]);
});

test("tensor() refuses ragged arrays and shapes that do not fit, naming both", () => {
  expect(() => tensor([[1, 2], [3]])).toThrow(/same lengths.*\[2, 2\]/);
  expect(() => tensor(new Float32Array(6), { shape: [4, 2] })).toThrow(
    /\[4, 2\] needs 32 bytes, got 24/,
  );
});

test("a CPU tensor and its typed array share memory both ways", () => {
  const numbers = new Float32Array([1, 2, 3]);
  const shared = fromBytes(numbers, [3], "float32");
  numbers[0] = 7;
  expect(shared.toArray()).toEqual([7, 2, 3]);
  const view = shared.hostView() as Float32Array;
  view[2] = 9;
  expect(numbers[2]).toBe(9);
});

test("to() converts dtypes and returns the same tensor when there is nothing to do", () => {
  const x = tensor([1.7, -1.2]);
  expect(x.to("float32")).toBe(x);
  expect(x.to("int64").toArray()).toEqual([1, -1]);
});

test("operators broadcast, slice and reduce as PyTorch documents", () => {
  const x = arange(0, 6, 1, { dtype: "float32" }).reshape(2, 3);
  expect(x.add(tensor([10, 20, 30])).toArray()).toEqual([
    [10, 21, 32],
    [13, 24, 35],
  ]);
  expect(x.slice(1, -2).toArray()).toEqual([
    [1, 2],
    [4, 5],
  ]);
  expect(x.sum(0).toArray()).toEqual([3, 5, 7]);
  expect(x.mean().item()).toBe(2.5);
  expect(x.transpose(0, 1).shape).toEqual([3, 2]);
});

test("ops.aten reaches any operator, with keywords, defaults, overloads and several results", () => {
  const x = tensor([3, 1, 2]);
  const [values, indices] = aten("sort", x, { dim: 0, descending: true }) as [Tensor, Tensor];
  expect([values.toArray(), indices.toArray()]).toEqual([
    [3, 2, 1],
    [0, 2, 1],
  ]);
  const scaled = aten("add", x, 2, { alpha: 10 }) as Tensor;
  expect(scaled.toArray()).toEqual([23, 21, 22]);
  expect((aten("zeros", [2], { dtype: "int32" }) as Tensor).dtype).toBe("int32");
});

test("errors name the operator, the shapes and dtypes given, and what there is", () => {
  expect(() => aten("mm", zeros([2, 3]), zeros([2, 3]))).toThrow(
    /^ops\.aten\.mm: .*\(2x3 and 2x3\).*float32\[2, 3\], float32\[2, 3\]/s,
  );
  expect(() => aten("mm", zeros([2, 3]), "x")).toThrow(
    /^ops\.aten\.mm does not take \(.*"x"\); it takes:\n {2}ops\.aten\.mm\(self: tensor, mat2: tensor\)/,
  );
  expect(() => operators["no_such_operator"]).toThrow(/no operator aten::no_such_operator/);
  expect(() => zeros([2]).matmul(zeros([3]))).toThrow(/2.*3/);
});

test("a scope frees what it made except what was kept; a freed tensor says so", () => {
  const before = numLiveTensors();
  const inner = scope();
  const freed = zeros([4]);
  const kept = keep(zeros([4]));
  const outer = inner.keep(zeros([4]));
  inner.close();
  expect([freed.isDisposed, kept.isDisposed, outer.isDisposed]).toEqual([true, false, false]);
  expect(() => freed.add(1)).toThrow(/freed.*keep/);
  kept.dispose();
  outer.dispose();
  expect(numLiveTensors()).toBe(before);
});

test("scoped() returns tensors alive, alone, in arrays and in objects", () => {
  const result = scoped(() => ({ one: zeros([1]), many: [zeros([2]), zeros([3])], number: 5 }));
  expect([result.one.isDisposed, result.many[1]?.isDisposed, result.number]).toEqual([
    false,
    false,
    5,
  ]);
});

test("10,000 allocations in scopes leave the number of live tensors and the memory flat", () => {
  const live = numLiveTensors();
  const rss: number[] = [];
  for (let i = 0; i < 10_000; i++) {
    scoped(() => void zeros([64, 64]).add(1).mul(2));
    if (i % 1000 === 999) rss.push(process.memoryUsage().rss);
  }
  expect(numLiveTensors()).toBe(live);
  expect((rss.at(-1) as number) - (rss[1] as number)).toBeLessThan(64e6); // one tensor a round were 131e6
});
