// Broken and malicious safetensors files: each is refused with one sentence naming the file, before any data is read,
// and the Python reference refuses them too (but for duplicate keys, which only its specification forbids).

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { CheckpointError } from "../../src/checkpoint/checkpoint-error.js";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

/** A file with the given header text and data; `claimed` overrides the header length it states. */
function fileBytes(header: string | Buffer, dataBytes = 0, claimed?: bigint): Buffer {
  const json = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(claimed ?? BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(dataBytes)]);
}

function entry(dtype: string, shape: unknown, offsets: unknown): string {
  return `{"dtype":"${dtype}","shape":${JSON.stringify(shape)},"data_offsets":${JSON.stringify(offsets)}}`;
}

const fine = entry("F32", [2], [0, 8]);

const HOSTILE: Record<string, [bytes: Buffer, message: RegExp]> = {
  "empty file": [Buffer.alloc(0), /has 0 bytes, fewer than the 8/],
  "seven bytes": [Buffer.alloc(7), /has 7 bytes, fewer than the 8/],
  "header length 0": [Buffer.alloc(8), /header of 0 bytes is too short/],
  "header length 2^63": [
    fileBytes("{}", 0, 1n << 63n),
    /header of 9223372036854775808 bytes is longer/,
  ],
  "header length 2^64-1": [
    fileBytes("{}", 0, (1n << 64n) - 1n),
    /18446744073709551615 bytes is longer/,
  ],
  "header length 40,000,001": [
    fileBytes("{}", 0, 40_000_001n),
    /40000001 bytes is longer than the allowed 40000000/,
  ],
  "header longer than the file": [
    fileBytes("{}", 0, 3n),
    /header of 3 bytes does not fit the file of 10 bytes/,
  ],
  "header not UTF-8": [fileBytes(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])), /it is not UTF-8/],
  "header not JSON": [fileBytes(`{"a":${fine}`, 8), /not valid JSON: expected "," or "}"/],
  "header an array": [fileBytes("[]"), /does not start with "{"/],
  "byte order mark before the header": [fileBytes("\ufeff{}"), /does not start with "{"/],
  "text after the header": [
    fileBytes("{} {}"),
    /text after the end of the value at line 1, column 4/,
  ],
  "nesting bomb": [fileBytes(`{"a":${"[".repeat(100_000)}`), /nesting deeper than 32/],
  "duplicate tensor": [fileBytes(`{"a":${fine},"a":${fine}}`, 8), /duplicate key "a"/],
  "metadata not strings": [
    fileBytes(`{"__metadata__":{"a":1}}`),
    /__metadata__ "a" is not a string/,
  ],
  "description no object": [fileBytes(`{"a":5}`), /tensor "a": its description is not an object/],
  "dtype unknown": [
    fileBytes(`{"a":${entry("F33", [2], [0, 8])}}`, 8),
    /tensor "a": unknown dtype "F33"/,
  ],
  "dtype missing": [fileBytes(`{"a":{"shape":[2],"data_offsets":[0,8]}}`, 8), /dtype is missing/],
  "shape negative": [
    fileBytes(`{"a":${entry("F32", [-2], [0, 8])}}`, 8),
    /tensor "a": shape is not a list of whole/,
  ],
  "shape fractional": [
    fileBytes(`{"a":${entry("F32", [2.5], [0, 10])}}`, 10),
    /shape is not a list of whole/,
  ],
  "shape a string": [
    fileBytes(`{"a":${entry("F32", "2", [0, 8])}}`, 8),
    /shape is not a list of whole/,
  ],
  "shape product overflows 64 bits to 4": [
    fileBytes(
      `{"a":{"dtype":"U8","shape":[4194305,4194305,211106198978564],"data_offsets":[0,4]}}`,
      4,
    ),
    /tensor "a": shape \[4194305,4194305,211106198978564\] overflows/,
  ],
  "size above 2^53": [
    fileBytes(`{"a":{"dtype":"U8","shape":[9007199254740993],"data_offsets":[0,4]}}`, 4),
    /from 0 to 2\^53/,
  ],
  "offsets backwards": [fileBytes(`{"a":${entry("F32", [2], [8, 0])}}`, 8), /hold -8/],
  "offsets negative": [
    fileBytes(`{"a":${entry("F32", [2], [-8, 0])}}`, 8),
    /data_offsets is not a pair/,
  ],
  "three offsets": [
    fileBytes(`{"a":${entry("F32", [2], [0, 8, 8])}}`, 8),
    /data_offsets is not a pair/,
  ],
  "offsets against the shape": [
    fileBytes(`{"a":${entry("F32", [3], [0, 8])}}`, 8),
    /takes 12 bytes, but data_offsets \[0, 8\] hold 8/,
  ],
  "a hole between tensors": [
    fileBytes(`{"a":${fine},"b":${entry("F32", [1], [12, 16])}}`, 16),
    /tensor "b": leaves a hole before it/,
  ],
  "a hole at the start": [fileBytes(`{"b":${entry("F32", [1], [4, 8])}}`, 8), /"b": leaves a hole/],
  "overlapping tensors": [
    fileBytes(`{"a":${fine},"b":${entry("F32", [2], [4, 12])}}`, 12),
    /tensor "b": overlaps the tensor before it/,
  ],
  "two names for the same bytes": [
    fileBytes(`{"a":${fine},"b":${fine}}`, 8),
    /tensor "b": overlaps/,
  ],
  "data truncated by one byte": [
    fileBytes(`{"a":${fine}}`, 7),
    /file is truncated: its tensors end at byte/,
  ],
  "one byte too many": [fileBytes(`{"a":${fine}}`, 9), /extra bytes after the data/],
  "half a byte": [
    fileBytes(`{"a":${entry("F4", [3], [0, 1])}}`, 1),
    /F4 of shape \[3\] ends inside a byte/,
  ],
  "a pickle under a safetensors name": [
    Buffer.from("\x80\x02}q\x00X\x01\x00\x00\x00aq\x01K\x01s.", "latin1"),
    /Python pickle.*save_pretrained/,
  ],
  "a torch.save archive": [Buffer.from(`PK\x03\x04${"\0".repeat(40)}`, "latin1"), /Python pickle/],
  "a Git LFS pointer": [
    Buffer.from("version https://git-lfs.github.com/spec/v1\n"),
    /git lfs pull/,
  ],
};

describe("SafetensorsFile.open() refuses", () => {
  test.each(Object.entries(HOSTILE))("%s", (_name, [bytes, message]) => {
    const file = path.join(scratchFolder(), "bad.safetensors");
    fs.writeFileSync(file, bytes);
    const open = () => SafetensorsFile.open(file);
    expect(open).toThrow(CheckpointError);
    expect(open).toThrow(message);
    expect(open).toThrow("bad.safetensors");
  });
});

test("Python's safetensors refuses the same corpus, duplicate names apart", () => {
  const folder = scratchFolder();
  Object.values(HOSTILE).forEach(([bytes], index) => {
    fs.writeFileSync(path.join(folder, String(index)), bytes);
  });
  const accepted = python(
    `
from safetensors import safe_open
ok = []
for i in range(args[1]):
    try:
        with safe_open(f"{args[0]}/{i}", "pt") as f: f.keys()
        ok.append(i)
    except Exception: pass
print(json.dumps(ok))`,
    folder,
    Object.keys(HOSTILE).length,
  ) as number[];
  expect(accepted.map((index) => Object.keys(HOSTILE)[index])).toEqual(["duplicate tensor"]);
});

test("a tensor called __proto__ or constructor is a tensor like any other", () => {
  const file = path.join(scratchFolder(), "proto.safetensors");
  fs.writeFileSync(
    file,
    fileBytes(`{"__proto__":${fine},"constructor":${entry("F32", [1], [8, 12])}}`, 12),
  );
  using weights = SafetensorsFile.open(file);
  expect([...weights.tensors.keys()]).toEqual(["__proto__", "constructor"]);
  expect(weights.read("__proto__").length).toBe(8);
  expect(() => weights.read("toString")).toThrow(/has no tensor "toString"/);
});

test("a header of 100,000 tensors is read, and a truncated one refused, in bounded time", () => {
  const file = path.join(scratchFolder(), "many.safetensors");
  const fields = Array.from(
    { length: 100_000 },
    (_, i) => `"t${i}":${entry("U8", [1], [i, i + 1])}`,
  );
  const bytes = fileBytes(`{${fields.join(",")}}`, 100_000);
  fs.writeFileSync(file, bytes);
  const begin = process.cpuUsage();
  using weights = SafetensorsFile.open(file);
  expect(weights.tensors.size).toBe(100_000);
  fs.writeFileSync(file, bytes.subarray(0, -1));
  expect(() => SafetensorsFile.open(file)).toThrow(/"?truncated/);
  expect(process.cpuUsage(begin).user).toBeLessThan(5e6);
});

test("every truncation of a sound file is refused", () => {
  const file = path.join(scratchFolder(), "cut.safetensors");
  const whole = fileBytes(`{"a":${fine}}`, 8);
  for (let length = 0; length < whole.length; length++) {
    fs.writeFileSync(file, whole.subarray(0, length));
    expect(() => SafetensorsFile.open(file), `cut to ${length} bytes`).toThrow(CheckpointError);
  }
});

test("a folder, a FIFO and a missing file are refused without waiting", () => {
  const folder = scratchFolder();
  const fifo = path.join(folder, "fifo.safetensors");
  execFileSync("mkfifo", [fifo]);
  expect(() => SafetensorsFile.open(fifo)).toThrow(/fifo\.safetensors: is a FIFO/);
  expect(() => SafetensorsFile.open(folder)).toThrow(/is a folder; expected a regular file/);
  expect(() => SafetensorsFile.open(path.join(folder, "none"))).toThrow(/none: no such file/);
});
