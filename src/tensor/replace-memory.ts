// A tensor whose object stays while its memory is another: converted, moved, or filled for the first time.
import { native } from "../native/native.js";
import { keep } from "./scope.js";
import type { Tensor } from "./tensor.js";

/** From now on `tensor` holds the memory of `by`, without a gradient; the old memory is freed. */
export function replaceMemory(tensor: Tensor, by: Tensor): void {
  const old = tensor.handle;
  const { requiresGrad } = tensor;
  (tensor as { handle: number }).handle = native.detach(by.handle);
  keep(tensor);
  tensor.requiresGrad = requiresGrad;
  native.dispose(old);
}
