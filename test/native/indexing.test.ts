// x.at(...) and x.setAt(...) against Python's x[...] on random indices: values, shapes, gradients, writes, errors.
import { arange, backward, type Index, slice, type Tensor, tensor, zeros } from "notebooster";
import { describe, expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { randomCase, type Spec } from "./random-indices.js";

const CASES = Array.from({ length: 400 }, (_, seed) => randomCase(seed));

const REFERENCE = python(
  `
import torch
def index(spec):
  if "int" in spec: return spec["int"]
  if "slice" in spec: return slice(*spec["slice"])
  if "none" in spec: return None
  if "rest" in spec: return ...
  if "bool" in spec: return spec["bool"]
  if "list" in spec: return spec["list"]
  if "ints" in spec: return torch.tensor(spec["ints"])
  return torch.tensor(spec["mask"], dtype=torch.bool).reshape(spec["shape"])
results = []
for case in args[0]:
  x = torch.arange(torch.Size(case["shape"]).numel(), dtype=torch.float32).reshape(case["shape"])
  key = tuple(index(spec) for spec in case["indices"])
  leaf = x.clone().requires_grad_()
  try:
    out = leaf[key]
  except (IndexError, RuntimeError) as error:
    results.append({"error": str(error)})
    continue
  (out * out).sum().backward()
  written = x.clone(); written[key] = -7
  copied = x.clone(); copied[key] = (out.detach() * 2)[None]
  results.append({"shape": list(out.shape), "values": out.reshape(-1).tolist(), "grad": leaf.grad.reshape(-1).tolist(),
                  "written": written.reshape(-1).tolist(), "copied": copied.reshape(-1).tolist()})
print(json.dumps(results))`,
  CASES,
) as {
  error?: string;
  shape: number[];
  values: number[];
  grad: number[];
  written: number[];
  copied: number[];
}[];

describe("at() and setAt() equal Python's x[...]", () => {
  test.each(CASES.map((one, i) => ({ ...one, name: JSON.stringify(one), wanted: REFERENCE[i] })))(
    "$name",
    ({ shape, indices, wanted }) => {
      if (wanted === undefined) throw new Error("Python gave fewer results than there are cases");
      const numel = shape.reduce((a, b) => a * b, 1);
      const make = () => arange(0, numel, 1, { dtype: "float32" }).reshape(shape);
      const ours = indices.map(toIndex);
      if (wanted.error !== undefined) {
        expect(() => make().at(...ours), wanted.error).toThrow(
          / in at\(|shape mismatch|out of bounds/,
        );
        return;
      }
      const leaf = make();
      leaf.requiresGrad = true;
      const out = leaf.at(...ours);
      expect([out.shape, flat(out)]).toEqual([wanted.shape, wanted.values]);
      backward(out.mul(out).sum());
      expect(flat(leaf.grad as Tensor)).toEqual(wanted.grad);
      expect(flat(make().setAt(ours, -7))).toEqual(wanted.written);
      const twice = out.detach().mul(2).unsqueeze(0);
      expect(flat(make().setAt(ours, twice))).toEqual(wanted.copied);
    },
  );
});

test("views share memory with the tensor, picks do not", () => {
  const x = zeros([2, 3]);
  x.at(0, slice(1)).fill_(5);
  x.at([0]).fill_(9);
  expect(x.toArray()).toEqual([
    [0, 5, 5],
    [0, 0, 0],
  ]);
  const all = x.at("...");
  all.dispose();
  expect(x.isDisposed).toBe(false);
});

test("an index error says which index, which dimension and which size", () => {
  const x = zeros([2, 3, 4]);
  expect(() => x.at(":", 5)).toThrow(
    'index 5 is out of range for dimension 1 of size 3 (allowed: -3 to 2) in at(":", 5) of float32[2, 3, 4]',
  );
  expect(() => x.at(0, 0, 0, 0)).toThrow(/too many indices: 4 for 3 dimensions/);
  expect(() => x.at("...", 0, "...")).toThrow(/more than one "\.\.\."/);
  expect(() => x.at(0.5)).toThrow(/0\.5 is not an integer/);
  expect(() => x.at(zeros([2]))).toThrow(/a float32 tensor is no index/);
  expect(() => x.at(tensor([true, false, true]))).toThrow(
    /the mask's dimension 0 has size 3, but dimension 0 has size 2/,
  );
  expect(() => x.at({} as Index)).toThrow(/is no index: allowed are/);
  expect(() => x.at([0, 0.5])).toThrow(/0\.5 is not an integer in at\(\[0, 0\.5\]\)/);
  expect(() => x.at(Number.POSITIVE_INFINITY)).toThrow(/Infinity is not an integer/);
  expect(() => x.at("x" as Index)).toThrow(/"x" is no index: allowed are/);
  expect(() => x.at(tensor(1.5))).toThrow(/a float32 tensor is no index/);
  expect(() => zeros([0]).at(0)).toThrow(/for dimension 0 of size 0 \(it is empty\)/);
  expect(() => slice(0, 4, -1)).toThrow(/step of at least 1, got -1.*flip/);
});

test("what setAt() refuses leaves the tensor as it was", () => {
  const x = zeros([2, 3]);
  const refused = (wanted: RegExp, indices: Index[], value: number | Tensor) => {
    expect(() => x.setAt(indices, value)).toThrow(RangeError);
    expect(() => x.setAt(indices, value)).toThrow(wanted);
  };
  refused(/index 2 is out of range for dimension 0 of size 2.* in setAt\(2\) of float32/, [2], 1);
  refused(/value of shape \[2\] cannot be broadcast to \[3\]/, [0], zeros([2]));
  refused(/index 5 is out of bounds.* in setAt\(":", \[5\]\)/, [":", [5]], 1);
  expect(() => x.setAt([[0, 1]], zeros([2]))).toThrow(/shape mismatch/);
  expect(() => x.setAt([0], "1" as unknown as number)).toThrow(/value.*"1"/);
  expect(x.sum().item()).toBe(0);
});

test("tensors without dimensions are indices: integers select, masks pick all or nothing", () => {
  const x = arange(0, 6).reshape(2, 3);
  expect(x.at(tensor(1, { dtype: "int64" }), tensor(-1, { dtype: "int32" })).item()).toBe(5);
  expect(x.at(tensor(1, { dtype: "uint8" })).shape).toEqual([1, 2, 3]);
  expect(x.at(tensor(false)).shape).toEqual([0, 2, 3]);
});

function flat(x: Tensor): number[] {
  return Array.from(x.contiguous().toTypedArray() as Float32Array);
}

function toIndex(spec: Spec): Index {
  if ("int" in spec) return spec.int;
  if ("slice" in spec) return slice(...spec.slice);
  if ("none" in spec) return null;
  if ("rest" in spec) return "...";
  if ("bool" in spec) return spec.bool;
  if ("list" in spec) return spec.list;
  if ("ints" in spec) return tensor(spec.ints, { dtype: "int64" });
  return tensor(spec.mask, { dtype: "bool" }).reshape(spec.shape);
}
