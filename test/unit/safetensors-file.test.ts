// Reading and writing safetensors against the reference implementation in Python.

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { engineDtypeOf, storedDtypeOf } from "../../src/checkpoint/dtypes.js";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { writeSafetensors } from "../../src/checkpoint/safetensors-writer.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

const DTYPES = ["F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"];

test("SafetensorsFile reads every engine dtype that Python's safetensors wrote, bit for bit", () => {
  const file = path.join(scratchFolder(), "all.safetensors");
  const expected = python(
    `
import torch
from safetensors.torch import save_file
names = ["float64","float32","float16","bfloat16","int64","int32","int16","int8","uint8","bool"]
torch.manual_seed(1)
tensors = {n: (torch.randn(3, 5) * 50).abs().to(getattr(torch, n)) for n in names}
tensors["scalar"] = torch.tensor(1.5)
tensors["empty"] = torch.zeros(0, 7)
tensors["__proto__"] = torch.arange(3)
tensors["name with \\" and ü 🎉"] = torch.arange(2)
save_file(tensors, args[0], metadata={"format": "pt", "note": "ü"})
raw = lambda t: bytes(t.contiguous().reshape(-1).view(torch.uint8).tolist() if t.dim() else t.reshape(1).view(torch.uint8).tolist()).hex()
print(json.dumps({n: [list(t.shape), raw(t)] for n, t in tensors.items()}))`,
    file,
  ) as Record<string, [number[], string]>;
  using weights = SafetensorsFile.open(file);
  expect([...weights.tensors.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [name, [shape, hex]] of Object.entries(expected)) {
    expect(weights.entry(name).shape).toEqual(shape);
    expect(Buffer.from(weights.read(name)).toString("hex")).toBe(hex);
  }
  expect(engineDtypeOf(weights.entry("bfloat16").dtype)).toBe("bfloat16");
  expect(Object.fromEntries(weights.metadata)).toEqual({ format: "pt", note: "ü" });
});

test("writeSafetensors() writes the same file as Python's safetensors", () => {
  const folder = scratchFolder();
  const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 37) % 251);
  const shapes = {
    "b.bf16": ["BF16", [2, 3]],
    "a.f32": ["F32", [4]],
    z: ["I64", [2]],
    "a.u8": ["U8", [5]],
  };
  const sources = Object.entries(shapes).map(([name, [dtype, shape]]) => {
    const width = { BF16: 2, F32: 4, I64: 8, U8: 1 }[dtype as string] ?? 0;
    const count = (shape as number[]).reduce((a, b) => a * b, width);
    return { name, dtype: dtype as string, shape: shape as number[], bytes: () => bytes(count) };
  });
  const ours = path.join(folder, "ours.safetensors");
  writeSafetensors(ours, sources);
  const theirs = path.join(folder, "theirs.safetensors");
  python(
    `
from safetensors import safe_open
from safetensors.torch import save_file
with safe_open(args[0], "pt") as f:
    assert f.metadata() == {"format": "pt"}
    save_file({k: f.get_tensor(k) for k in f.keys()}, args[1], metadata={"format": "pt"})
print(json.dumps("read"))`,
    ours,
    theirs,
  );
  expect(fs.readFileSync(ours).equals(fs.readFileSync(theirs))).toBe(true);
});

test("writeSafetensors() leaves the old file and no debris when a tensor fails", () => {
  const folder = scratchFolder();
  const file = path.join(folder, "model.safetensors");
  const source = (name: string, count: number) => ({
    name,
    dtype: "F32",
    shape: [2],
    bytes: () => new Uint8Array(count),
  });
  writeSafetensors(file, [source("a", 8)]);
  const before = fs.readFileSync(file);
  expect(() => writeSafetensors(file, [source("a", 8), source("b", 7)])).toThrow(
    /model\.safetensors.*"b" gave 7 bytes, its shape needs 8/,
  );
  expect(fs.readFileSync(file).equals(before)).toBe(true);
  expect(fs.readdirSync(folder)).toEqual(["model.safetensors"]);
});

test("writeSafetensors() refuses names given twice or reserved, and dtypes the format lacks", () => {
  const file = path.join(scratchFolder(), "x.safetensors");
  const source = (name: string, dtype = "U8") => ({
    name,
    dtype,
    shape: [1],
    bytes: () => new Uint8Array(1),
  });
  expect(() => writeSafetensors(file, [source("a"), source("a")])).toThrow(
    /"a" is reserved or given twice/,
  );
  expect(() => writeSafetensors(file, [source("__metadata__")])).toThrow(/reserved/);
  expect(() => writeSafetensors(file, [source("a", "Q9")])).toThrow(
    /tensor "a": unknown dtype "Q9"/,
  );
  expect(fs.existsSync(file)).toBe(false);
});

test("SafetensorsFile.readRange() gives a part of a tensor and refuses one outside it", () => {
  const file = path.join(scratchFolder(), "x.safetensors");
  const data = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
  writeSafetensors(file, [{ name: "a", dtype: "F32", shape: [2], bytes: () => data }]);
  using weights = SafetensorsFile.open(file);
  expect([...weights.readRange("a", 2, 5)]).toEqual([3, 4, 5]);
  expect(() => weights.readRange("a", 4, 9)).toThrow(/bytes 4 to 9 of "a" asked, it has 8/);
});

test("SafetensorsFile names the file and the tensor when one is missing, gone or closed", () => {
  const file = path.join(scratchFolder(), "x.safetensors");
  writeSafetensors(file, [{ name: "a", dtype: "F32", shape: [2], bytes: () => new Uint8Array(8) }]);
  const weights = SafetensorsFile.open(file);
  expect(() => weights.read("b")).toThrow(/x\.safetensors: has no tensor "b" among its 1/);
  fs.truncateSync(file, fs.statSync(file).size - 3);
  expect(() => weights.read("a")).toThrow(
    /tensor "a": the file became shorter while open \(5 of 8/,
  );
  weights.close();
  expect(() => weights.read("a")).toThrow(/is closed/);
});

test("dtype names map both ways, and others are refused with the list of those that work", () => {
  for (const dtype of DTYPES) expect(storedDtypeOf(engineDtypeOf(dtype))).toBe(dtype);
  expect(() => engineDtypeOf("F8_E4M3")).toThrow(/F8_E4M3 cannot be loaded; loadable are F64, F32/);
  expect(() => storedDtypeOf("complex64")).toThrow(
    /complex64 cannot be saved; storable are float64/,
  );
});
