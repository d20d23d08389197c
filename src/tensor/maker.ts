// What made the tensors that blocks hand on. To libtorch these are leaves; a person takes them for what they were computed by.

import { native } from "../native/native.js";
import type { Tensor } from "./tensor.js";

const makers = new WeakMap<Tensor, string>();

/** Notes that `handedOn` is `output`, cut off its graph. */
export function noteMaker(handedOn: Tensor, output: Tensor): void {
  makers.set(handedOn, makerOf(output));
}

/** Name of the function that computed a tensor whose gradient is recorded, empty for a leaf. */
export function makerOf(tensor: Tensor): string {
  return makers.get(tensor) ?? native.gradFunctionName(tensor.handle);
}
