// PyTorch's short names for conversions: `x.half()` is `x.to("float16")`.
import type { DeviceName, DType } from "./dtype.js";
import type { Tensor } from "./tensor.js";

export const CONVERSIONS = {
  float: "float32",
  half: "float16",
  bfloat16: "bfloat16",
  double: "float64",
  int: "int32",
  long: "int64",
  bool: "bool",
  cpu: "cpu",
} as const satisfies Record<string, DType | DeviceName>;

/** Each gives the same tensor when it is one already, else a converted copy. */
export interface Conversions {
  /** As float32. */
  float(): Tensor;
  /** As float16. */
  half(): Tensor;
  /** As bfloat16. */
  bfloat16(): Tensor;
  /** As float64. */
  double(): Tensor;
  /** As int32, fractions cut off. */
  int(): Tensor;
  /** As int64, fractions cut off. */
  long(): Tensor;
  /** True where it is not 0. */
  bool(): Tensor;
  /** In the host's memory. */
  cpu(): Tensor;
}
