// GGUF beside Python's gguf: numbers of every type bit by bit, models and tokenizers beside transformers, damaged files.
import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tensorIn } from "../../src/checkpoint/assemble.js";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { type GgufEntry, GgufFile } from "../../src/gguf/gguf-file.js";
import { ggufTensor } from "../../src/gguf/gguf-tensor.js";
import { GGUF_TYPES } from "../../src/gguf/types.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const folder = sharedFolder();
const file = join(folder, "types.gguf");
const PLACES = {
  Q2_K: [80, 82],
  Q3_K: [108],
  Q4_K: [0, 2],
  Q5_K: [0, 2],
  Q6_K: [208],
  Q4_1: [0, 2],
  Q5_1: [0, 2],
};

/** Random blocks of every type, and what Python's gguf makes of them. */
const MAKE = `
import numpy as np, torch
from gguf import GGUFWriter, GGMLQuantizationType as T, GGML_QUANT_SIZES as SIZES, dequantize
from safetensors.torch import save_file
rng = np.random.default_rng(3)
writer = GGUFWriter(args[0] + "/types.gguf", "llama")
writer.add_float32("test.float", 1e-5); writer.add_array("test.list", ["a", "\\u00e9"]); writer.add_bool("test.true", True); writer.add_uint64("test.large", 2**40)
expected = {}
for name in args[1]:
    kind = T[name]
    block, size = SIZES[kind]
    rows, count = 3, (2 if block > 1 else 7)
    if block == 1:
        numbers = torch.from_numpy(rng.standard_normal((rows, count)).astype(np.float32))
        data = {"F32": numbers, "F16": numbers.half(), "BF16": numbers.bfloat16().view(torch.int16)}[name].numpy().view(np.uint8)
    else:
        data = rng.integers(0, 256, (rows, count * size), dtype=np.uint8)
        for block_at in range(count):
            for at in args[2].get(name, [0]):
                half = rng.standard_normal((rows, 1)).astype(np.float16).view(np.uint8)
                data[:, block_at * size + at : block_at * size + at + 2] = half
    writer.add_tensor(name, data, raw_dtype=kind)
    typed = data.view({"F32": np.float32, "F16": np.float16}.get(name, np.uint8))
    expected[name] = torch.from_numpy(np.ascontiguousarray(dequantize(typed, kind).astype(np.float32)))
writer.write_header_to_file(); writer.write_kv_data_to_file(); writer.write_tensors_to_file(); writer.close()
save_file(expected, args[0] + "/expected.safetensors")
print("0")`;

describe("numbers", () => {
  const names = GGUF_TYPES.map(({ name }) => name);
  python(MAKE, folder, names, PLACES);
  const gguf = GgufFile.open(file);
  const expected = SafetensorsFile.open(join(folder, "expected.safetensors"));

  test.each(names)("%s are Python's bit by bit", (name) => {
    const ours = ggufTensor(gguf, gguf.tensors.get(name) as GgufEntry, {
      dtype: "float32",
      device: "cpu",
    });
    const theirs = tensorIn(expected, name);
    expect(ours.shape).toEqual(theirs.shape);
    expect(ours.view({ dtype: "int32" }).equal(theirs.view({ dtype: "int32" }))).toBe(true);
  });

  test("metadata is what was written", () => {
    expect(gguf.metadata.get("general.architecture")).toBe("llama");
    const values = ["float", "list", "true", "large"].map((name) =>
      gguf.metadata.get(`test.${name}`),
    );
    expect(values).toEqual([1e-5, ["a", "é"], true, 2 ** 40]);
  });
});

describe("a damaged file", () => {
  const whole = () => fs.readFileSync(file);
  const opened = (bytes: Uint8Array): string => {
    const path = join(scratchFolder(), "damaged.gguf");
    fs.writeFileSync(path, bytes);
    try {
      using _ = GgufFile.open(path);
      return "opened";
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message.slice(path.length + 2)}`;
    }
  };

  test("is refused with what is wrong", () => {
    expect(opened(Buffer.from("no"))).toBe(
      "GgufError: is no GGUF file: it does not begin with the letters GGUF",
    );
    expect(opened(whole().fill(9, 4, 5))).toContain("is GGUF of version 9");
    expect(opened(whole().fill(255, 8, 14))).toContain("the list of tensors has");
    expect(opened(whole().fill(255, 8, 16))).toContain(
      "the number of tensors is 18446744073709551615",
    );
    expect(opened(whole().fill(255, 24, 28))).toContain(
      "a name in the metadata has 4294967295 bytes",
    );
    expect(opened(whole().subarray(0, 300))).toMatch(/the list of tensors has|ends within/);
    expect(opened(whole().subarray(0, -64))).toContain("ends after the file");
  });

  test("never takes more memory than it has bytes, wherever it is cut or changed", () => {
    const bytes = whole();
    const size = bytes.length;
    for (let at = 0; at < Math.min(size, 1500); at += 3) {
      expect(opened(bytes.subarray(0, at))).toMatch(/^GgufError/);
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 0xa5;
      expect(opened(changed)).toMatch(/^(GgufError|opened)/);
    }
  });
});
