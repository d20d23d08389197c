// Neighbouring dimensions as one: (B, C, H, W) -> (B, C H W).
import { integer, requireValue } from "../arguments/checks.js";
import type { Tensor } from "../tensor/tensor.js";
import { Layer } from "./layer.js";

/** Neighbouring dimensions as one: (B, C, H, W) -> (B, C H W). */
export class Flatten extends Layer {
  readonly #dims: readonly [start: number, end: number];

  /** The dimensions from `startDim` to `endDim`, both included, become one; negative ones count from the end. */
  constructor(startDim = 1, endDim = -1) {
    super(`${startDim}, ${endDim}`);
    requireValue("new Flatten: startDim", startDim, integer());
    requireValue("new Flatten: endDim", endDim, integer());
    this.#dims = [startDim, endDim];
  }

  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return x.flatten(...this.#dims);
  }
}
