// GGUF: metadata of all types, and tensors of several. Every tensor of a file that opens is dequantised.
import { GgufError } from "../../../dist/src/gguf/gguf-error.js";
import { GgufFile } from "../../../dist/src/gguf/gguf-file.js";
import { ggufTensor } from "../../../dist/src/gguf/gguf-tensor.js";
import { scoped } from "../../../dist/src/tensor/scope.js";
import { fileInput } from "../file-input.mjs";

const u32 = (/** @type {number} */ value) => numberBytes(4, value);
const u64 = (/** @type {number} */ value) => numberBytes(8, value);
const text = (/** @type {string} */ value) =>
  Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

const metadata = [
  [text("general.architecture"), u32(8), text("llama")],
  [text("general.alignment"), u32(4), u32(32)],
  [text("llama.rope.freq_base"), u32(6), Buffer.from([0, 0, 128, 63])],
  [text("tokenizer.ggml.tokens"), u32(9), u32(8), u64(3), text("a"), text("b"), text("\u00e9")],
  [text("tokenizer.ggml.scores"), u32(9), u32(6), u64(2), u64(0)],
  [text("nested"), u32(9), u32(9), u64(1), u32(0), u64(2), Buffer.from([1, 2])],
  [text("flag"), u32(7), Buffer.from([1])],
  [text("large"), u32(10), u64(2 ** 40)],
].map((parts) => Buffer.concat(parts));

/** Name, sizes, type and bytes: F32, F16, Q4_0, Q8_0, Q4_K. */
const tensors = /** @type {const} */ ([
  ["token_embd.weight", [4, 3], 0, 48],
  ["output_norm.weight", [8], 1, 16],
  ["blk.0.attn_q.weight", [32, 2], 2, 36],
  ["blk.0.ffn_up.weight", [64], 8, 68],
  ["blk.0.ffn_down.weight", [256], 12, 144],
]);

export const gguf = fileInput({
  extension: "gguf",
  constantMb: 192,
  timeMs: 5_000,
  seeds: () => [
    fileOf(metadata, tensors),
    fileOf(metadata.slice(0, 1), tensors.slice(2, 3)),
    fileOf([], []),
  ],
  words: [
    "GGUF",
    "\x03\0\0\0",
    "\x01\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0",
    "\xff\xff\xff\xff\xff\xff\xff\xff",
    "\x09\0\0\0",
    "\x08\0\0\0",
    "general.alignment",
    "\x20\0\0\0",
    "\0\x01\0\0\0\0\0\0",
  ],
  typed: GgufError,
  read(path) {
    const file = GgufFile.open(path);
    try {
      for (const entry of file.tensors.values())
        scoped(() => void ggufTensor(file, entry, { dtype: "float32", device: "cpu" }));
      return `${file.tensors.size} tensors of ${[...new Set([...file.tensors.values()].map(({ type }) => type.name))]}`;
    } finally {
      file[Symbol.dispose]();
    }
  },
});

function fileOf(values, list) {
  let offset = 0;
  const entries = list.map(([name, sizes, type, bytes]) => {
    const entry = Buffer.concat([
      text(name),
      u32(sizes.length),
      ...sizes.map(u64),
      u32(type),
      u64(offset),
    ]);
    offset += Math.ceil(bytes / 32) * 32;
    return entry;
  });
  const header = Buffer.concat([
    Buffer.from("GGUF"),
    u32(3),
    u64(list.length),
    u64(values.length),
    ...values,
    ...entries,
  ]);
  const padding = Buffer.alloc((32 - (header.length % 32)) % 32);
  return new Uint8Array(Buffer.concat([header, padding, Buffer.alloc(offset, 3)]));
}

function numberBytes(size, value) {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, Math.min(6, size));
  return bytes;
}
