// Numbers on a device that may be left out: no factor is a factor of 1, no reason to skip is none.
import type { Tensor } from "../tensor/tensor.js";

export function product(a: Tensor | undefined, b: Tensor | undefined): Tensor | undefined {
  return a === undefined || b === undefined ? (a ?? b) : a.mul(b);
}

export function anyOf(a: Tensor | undefined, b: Tensor): Tensor {
  return a === undefined ? b : a.maximum(b);
}
