// Whether memory holds a tensor's elements one after another.
import { native } from "../native/native.js";
import type { Tensor } from "./tensor.js";

/** The same as `isContiguous` of each, in one call. */
export function areContiguous(tensors: readonly Tensor[]): boolean {
  return native.areContiguous(tensors.map(({ handle }) => handle));
}
