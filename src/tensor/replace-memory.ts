// A tensor whose object stays while its memory is another: converted, moved, or filled for the first time.
import { wholly } from "../host/index.js";
import { type Handle, native } from "../native/native.js";
import { settle } from "./deferred-numbers.js";
import { ID, keep } from "./scope.js";
import type { Tensor } from "./tensor.js";

/**
 * From now on `tensor` holds the memory of `by`; the old memory is freed. Graphs that hold the old one refuse their backward pass,
 * whose gradient would be lost.
 * @throws Error when the memory of `tensor` belongs to a chunk
 */
export function replaceMemory(tensor: Tensor, by: Tensor): void {
  const { handle } = by;
  wholly(() => {
    const old = tensor[ID];
    (tensor as { [ID]: Handle })[ID] = native.successor(old, handle);
    settle(tensor);
    keep(tensor);
    native.dispose(old);
  });
}
