// What tensors are made from, where they go, and what they refuse to be taken for.
import { fromBytes, numLiveTensors, scope, stack, tensor, zeros } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

test("numbers reach every dtype as exactly as PyTorch brings them there", () => {
  const numbers = [0.1, 123_456_789, -16_777_217, 1 / 3, 0, 2 ** 40 + 1];
  const dtypes = ["int64", "int32", "float64", "float32", "float16", "bfloat16", "bool"] as const;
  const given = (dtype: string) => (dtype === "int32" ? numbers.slice(0, 5) : numbers);
  const expected = python(`
import json, torch
numbers = ${JSON.stringify(numbers)}
dtypes = ${JSON.stringify(dtypes)}
take = lambda name: numbers[:5] if name == "int32" else numbers
print(json.dumps([repr(torch.tensor([float(x) for x in take(name)], dtype=torch.float64).to(getattr(torch, name))) for name in dtypes]))
`);
  expect(dtypes.map((dtype) => String(tensor(given(dtype), { dtype })))).toEqual(expected);
  expect(tensor([123_456_789], { dtype: "int64" }).item()).toBe(123_456_789);
  expect(tensor(0.1, { dtype: "float64" }).item()).toBe(0.1);
});

test("tensor() leaves one tensor behind, whatever it converts", () => {
  using _all = scope();
  const before = numLiveTensors();
  for (const dtype of ["float32", "int64", "bool", "bfloat16"] as const) tensor([1, 0], { dtype });
  expect(numLiveTensors() - before).toBe(4);
});

test.each([
  ["text", "a", /takes numbers.* element 0 is "a"/],
  ["nothing", undefined, /element 0 is undefined/],
  ["null", [[1], [null]], /element 1 is null/],
  ["a tensor", [1, zeros([1])], /element 1 is a Tensor/],
  ["a big integer", [1n], /element 0 is 1; big integers go into a BigInt64Array/],
  ["numbers among booleans", [true, 2], /element 1 is 2, after elements of another kind/],
])("tensor() refuses %s", (_, values, says) => {
  expect(() => tensor(values as never)).toThrow(says);
});

test("tensor() refuses numbers that an integer dtype cannot hold", () => {
  expect(() => tensor([1, 300], { dtype: "int8" })).toThrow(
    /300 does not fit into int8.*-128 to 127/,
  );
  expect(() => tensor([-1], { dtype: "uint8" })).toThrow(/-1 does not fit into uint8/);
  expect(() => tensor([Number.NaN], { dtype: "int64" })).toThrow(/NaN does not fit into int64/);
  expect(tensor([127.9, -128.9], { dtype: "int8" }).toArray()).toEqual([127, -128]);
});

test("a typed array is refused where a list of its numbers is, and taken where that is", () => {
  const numbers = [300, -1, 127.9, -128.9, 3e9, 2 ** 40, Number.NaN, Number.POSITIVE_INFINITY];
  const dtypes = ["uint8", "int8", "int16", "int32", "uint32", "int64", "bool", "float32"] as const;
  const answer = (make: () => { toString(): string }): string => {
    try {
      return make().toString();
    } catch (error) {
      return String(error);
    }
  };
  for (const dtype of dtypes)
    for (const x of numbers)
      expect(answer(() => tensor(Float64Array.of(x), { dtype }))).toBe(
        answer(() => tensor([x], { dtype })),
      );
  const largest = BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n));
  expect(tensor(largest).toTypedArray()).toEqual(largest);
  expect(tensor(BigUint64Array.of(2n ** 63n - 1n), { dtype: "int64" }).toTypedArray()).toEqual(
    BigInt64Array.of(2n ** 63n - 1n),
  );
});

test("whole numbers beyond 2^53 stay exact as big integers, and are refused where they would not be", () => {
  const x = tensor(BigInt64Array.of(2n ** 53n + 1n));
  expect(x.add(1n as never).toTypedArray()).toEqual(BigInt64Array.of(2n ** 53n + 2n));
  expect(x.setAt([0], 2n ** 60n + 1n).toTypedArray()).toEqual(BigInt64Array.of(2n ** 60n + 1n));
  expect(tensor(BigInt64Array.of(2n ** 60n)).item()).toBe(2 ** 60);
  expect(tensor(BigUint64Array.of(2n ** 63n)).item()).toBe(2 ** 63);
  expect(() => tensor(BigUint64Array.of(2n ** 64n - 1n)).item()).toThrow(/18446744073709551615/);
  expect(tensor([2 ** 70, 1]).dtype).toBe("float32");
  expect(tensor([2 ** 53 + 2, 0.5]).dtype).toBe("float32");
  expect(tensor([2 ** 53 + 2], { dtype: "int64" }).item()).toBe(2 ** 53 + 2);
  expect(
    zeros([1])
      .setAt([tensor([0])], 2 ** 60)
      .item(),
  ).toBe(2 ** 60);
});

test("bytes with arguments in the wrong order say what was expected", () => {
  const bytes = new Uint8Array(4);
  expect(() => fromBytes(bytes, "int8" as never, [4] as never)).toThrow(
    /fromBytes: shape must be a list of whole numbers of at least 0, got "int8"/,
  );
  expect(() => fromBytes([1] as never, [1], "int8")).toThrow(/takes a typed array/);
});

test("to() takes a dtype, a device, both, or another tensor", () => {
  const x = tensor([1.5, -2]);
  expect(x.to("cpu")).toBe(x);
  expect([x.to("meta").device, x.to("meta").dtype]).toEqual(["meta", "float32"]);
  expect(x.to({ dtype: "int32", device: "meta" }).dtype).toBe("int32");
  expect(x.to(zeros([1], { dtype: "float64" })).dtype).toBe("float64");
  expect(() => x.to("half" as never)).toThrow(
    /dtype \(float32, .*device \("cpu".* got "half"; did you mean "float16"\?/,
  );
  expect(() => x.to({ type: "int8" } as never)).toThrow(/has no option type; did you mean dtype\?/);
});

test("a device that is not there is named in one line, with what there is", () => {
  const messageOf = (body: () => unknown): string => {
    try {
      return String(body());
    } catch (error) {
      return (error as Error).message;
    }
  };
  const absent = messageOf(() => zeros([2], { device: "cuda:99" }));
  expect(absent).toMatch(/there is no "cuda:99": this (libtorch is built for CPUs|process sees)/);
  expect(messageOf(() => zeros([2], { device: "gpu" }))).toMatch(
    /device must be a device \("cpu", "cuda", .*got "gpu"/,
  );
  const missing = messageOf(() => zeros([2, 2]).toSparse().tril());
  expect(missing).toMatch(/Could not run 'aten::tril' with arguments from the 'SparseCPU' backend/);
  for (const message of [absent, missing]) expect(message.split("\n")).toHaveLength(1);
});

test("a tensor is no number and has no JSON, but is text and goes by parts", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  expect(() => (x as never) * 2).toThrow(/x\.mul\(2\).*item\(\)/);
  expect(() => (x as never) > 1).toThrow(/a tensor is no number/);
  expect(() => JSON.stringify({ loss: x })).toThrow(/no JSON; give toArray\(\)/);
  expect(`loss ${tensor(2.5)}`).toBe("loss tensor(2.5000)");
  expect(stack([...x].map((row) => row.sum())).toArray()).toEqual([3, 7]);
  expect(() => [...tensor(1)]).toThrow(/without dimensions/);
});
