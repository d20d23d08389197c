// A tensor whose object stays while its memory is another: converted, moved, or filled for the first time.
import { native } from "../native/native.js";
import { keep } from "./scope.js";
import type { Tensor } from "./tensor.js";

/**
 * From now on `tensor` holds the memory of `by`; the old memory is freed. Graphs that hold the old one refuse their backward pass,
 * whose gradient would be lost.
 * @throws Error when the memory of `tensor` belongs to a chunk
 */
export function replaceMemory(tensor: Tensor, by: Tensor): void {
  const old = tensor.handle;
  (tensor as { handle: number }).handle = native.successor(old, by.handle);
  keep(tensor);
  native.dispose(old);
}
