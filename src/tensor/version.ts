// How often a tensor was written in place, counted by libtorch for itself and all views of it.
import { native } from "../native/native.js";
import type { Tensor } from "./tensor.js";

/** Grows with each write in place. */
export function versionOf(tensor: Tensor): number {
  return native.version(tensor.handle);
}

/** Counts a write by an operator that does not, as ATen's fused optimizers. */
export function markWritten(tensors: readonly Tensor[]): void {
  native.markWritten(tensors.map(({ handle }) => handle));
}
