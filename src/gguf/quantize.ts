// Numbers as blocks that are written, with the roundings of ggml (and so of Python's gguf).
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";

/** Bytes by the name of the type, of numbers (N, block). */
export const QUANTIZE: Readonly<Record<string, (numbers: Tensor) => Tensor>> = {
  F32: (numbers) => numbers.to("float32").view({ dtype: "uint8" }),
  F16: (numbers) => numbers.to("float16").view({ dtype: "uint8" }),
  Q8_0: (numbers) => eightBits(numbers.to("float32")),
};

/** A scale, the largest number over 127, and whole numbers of it. */
function eightBits(numbers: Tensor): Tensor {
  const scale = numbers.abs().amax([1], true).div(127);
  const inverse = ops.aten.where(scale.eq(0), scale, scale.reciprocal());
  const whole = roundedAway(numbers.mul(inverse)).to("int8").view({ dtype: "uint8" });
  return ops.aten.cat([scale.to("float16").view({ dtype: "uint8" }), whole], 1);
}

/** Halves away from zero, as C's roundf; ATen's round takes them to even. */
function roundedAway(numbers: Tensor): Tensor {
  const size = numbers.abs();
  const floor = size.floor();
  return numbers.sign().mul(floor.add(size.sub(floor).mul(2).floor()));
}
