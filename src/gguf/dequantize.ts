// Numbers of quantised blocks, in the order and with the roundings of ggml (and so of Python's gguf): a scale times small whole numbers.
// Blocks are rows of bytes (N, bytes); what comes is (N, block) of float32.
import { tensor } from "../tensor/create.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";

type Dequantize = (blocks: Tensor) => Tensor;

/** By the name of the type. */
export const DEQUANTIZE: Readonly<Record<string, Dequantize>> = {
  F32: (blocks) => blocks.view({ dtype: "float32" }),
  F16: (blocks) => blocks.view({ dtype: "float16" }).to("float32"),
  BF16: (blocks) => blocks.view({ dtype: "bfloat16" }).to("float32"),
  Q8_0: (blocks) => signed(columns(blocks, 2, 32)).mul(half(blocks, 0)),
  Q4_0: (blocks) =>
    nibbles(columns(blocks, 2, 16))
      .sub(8)
      .mul(half(blocks, 0)),
  Q4_1: (blocks) =>
    nibbles(columns(blocks, 4, 16))
      .mul(half(blocks, 0))
      .add(half(blocks, 2)),
  Q5_0: (blocks) => withFifthBits(blocks, 2).sub(16).mul(half(blocks, 0)),
  Q5_1: (blocks) => withFifthBits(blocks, 4).mul(half(blocks, 0)).add(half(blocks, 2)),
  IQ4_NL: (blocks) => half(blocks, 0).mul(level(nibbles(columns(blocks, 2, 16)))),
  Q2_K: twoBits,
  Q3_K: threeBits,
  Q4_K: (blocks) => scaledBy(blocks, nibblesOf(columns(blocks, 16, 128), 32)),
  Q5_K: fiveBits,
  Q6_K: sixBits,
};

const columns = (blocks: Tensor, from: number, count: number): Tensor =>
  blocks.narrow(1, from, count);
const floats = (x: Tensor): Tensor => x.to("float32");

/** The number of 16 bits at a column: (N, 1). */
function half(blocks: Tensor, at: number): Tensor {
  return floats(columns(blocks, at, 2).contiguous().view({ dtype: "float16" }));
}

function signed(bytes: Tensor): Tensor {
  return floats(bytes.contiguous().view({ dtype: "int8" }));
}

/** Every byte shifted by each of `shifts`, in groups of `width` bytes, of which the lowest bits are kept: (N, groups * shifts, width). */
function unpacked(
  bytes: Tensor,
  { shifts, width, mask }: { shifts: readonly number[]; width: number; mask: number },
): Tensor {
  const groups = bytes.reshape([bytes.shape[0] as number, -1, 1, width]);
  const by = tensor(Uint8Array.from(shifts), { shape: [1, 1, shifts.length, 1] });
  const kept = groups.bitwiseRightShift(by).bitwiseAnd(mask);
  return kept.reshape([bytes.shape[0] as number, -1, width]);
}

const nibblesOf = (bytes: Tensor, width: number): Tensor =>
  unpacked(bytes, { shifts: [0, 4], width, mask: 15 });

/** Low halves of all bytes, then high halves: (N, 32). */
function nibbles(bytes: Tensor): Tensor {
  return floats(nibblesOf(bytes, 16).reshape([bytes.shape[0] as number, 32]));
}

/** Bits of bytes, the lowest first: (N, 8 * bytes). */
function bits(bytes: Tensor): Tensor {
  const list = bytes.unsqueeze(-1).bitwiseRightShift(tensor(Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7)));
  return list.bitwiseAnd(1).reshape([bytes.shape[0] as number, -1]);
}

/** Four bits behind `at + 4`, the fifth of each in the four bytes before. */
function withFifthBits(blocks: Tensor, at: number): Tensor {
  return nibbles(columns(blocks, at + 4, 16)).add(floats(bits(columns(blocks, at, 4))).mul(16));
}

/** Of IQ4_NL: levels that are not evenly spaced. */
function level(indices: Tensor): Tensor {
  const levels = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];
  return tensor(Float32Array.from(levels)).take(indices.to("int64"));
}

/** Scales and least values of Q4_K and Q5_K, six bits each in twelve bytes: two of (N, 8, 1), multiplied out. */
function scales(blocks: Tensor): [scale: Tensor, least: Tensor] {
  const [a, b, c] = [4, 8, 12].map((at) => columns(blocks, at, 4)) as [Tensor, Tensor, Tensor];
  const high = (x: Tensor): Tensor => x.bitwiseRightShift(2).bitwiseAnd(0x30);
  const scale = ops.aten.cat([a.bitwiseAnd(0x3f), c.bitwiseAnd(15).bitwiseOr(high(a))], 1);
  const least = ops.aten.cat([b.bitwiseAnd(0x3f), c.bitwiseRightShift(4).bitwiseOr(high(b))], 1);
  return [
    half(blocks, 0).mul(floats(scale)).unsqueeze(-1),
    half(blocks, 2).mul(floats(least)).unsqueeze(-1),
  ];
}

/** Groups of 32 numbers, each with a scale and a least value. */
function scaledBy(blocks: Tensor, numbers: Tensor): Tensor {
  const [scale, least] = scales(blocks);
  return scale
    .mul(floats(numbers))
    .sub(least)
    .reshape([blocks.shape[0] as number, 256]);
}

function fiveBits(blocks: Tensor): Tensor {
  const high = unpacked(columns(blocks, 16, 32), {
    shifts: [0, 1, 2, 3, 4, 5, 6, 7],
    width: 32,
    mask: 1,
  });
  return scaledBy(
    blocks,
    floats(nibblesOf(columns(blocks, 48, 128), 32)).add(floats(high).mul(16)),
  );
}

function twoBits(blocks: Tensor): Tensor {
  const packed = columns(blocks, 0, 16);
  const scale = half(blocks, 80)
    .mul(floats(packed.bitwiseAnd(15)))
    .unsqueeze(-1);
  const least = half(blocks, 82)
    .mul(floats(packed.bitwiseRightShift(4)))
    .unsqueeze(-1);
  const numbers = unpacked(columns(blocks, 16, 64), { shifts: [0, 2, 4, 6], width: 32, mask: 3 });
  const n = blocks.shape[0] as number;
  return scale
    .mul(floats(numbers.reshape([n, 16, 16])))
    .sub(least)
    .reshape([n, 256]);
}

function threeBits(blocks: Tensor): Tensor {
  const n = blocks.shape[0] as number;
  const low = nibblesOf(columns(blocks, 96, 8), 8).reshape([n, 16]);
  const high = unpacked(columns(blocks, 104, 4), {
    shifts: [0, 2, 4, 6],
    width: 4,
    mask: 3,
  }).reshape([n, 16]);
  const scale = half(blocks, 108)
    .mul(floats(low).add(floats(high).mul(16)).sub(32))
    .unsqueeze(-1);
  const two = unpacked(columns(blocks, 32, 64), { shifts: [0, 2, 4, 6], width: 32, mask: 3 });
  const third = unpacked(columns(blocks, 0, 32), {
    shifts: [0, 1, 2, 3, 4, 5, 6, 7],
    width: 32,
    mask: 1,
  });
  const numbers = floats(two).add(floats(third).mul(4)).sub(4); // where the third bit is not set it is 4 less
  return scale.mul(numbers.reshape([n, 16, 16])).reshape([n, 256]);
}

function sixBits(blocks: Tensor): Tensor {
  const n = blocks.shape[0] as number;
  const scale = half(blocks, 208)
    .mul(signed(columns(blocks, 192, 16)))
    .unsqueeze(-1);
  const low = nibblesOf(columns(blocks, 0, 128), 64).reshape([n, 8, 32]);
  const high = unpacked(columns(blocks, 128, 64), { shifts: [0, 2, 4, 6], width: 32, mask: 3 });
  const numbers = floats(low).add(floats(high).mul(16)).sub(32);
  return scale.mul(numbers.reshape([n, 16, 16])).reshape([n, 256]);
}
