// A tensor that an optimizer trains. Its object stays the same while its memory may be replaced: converted to
// another dtype, moved to a GPU or sharded.
import { requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import { aTensor, requireFractions } from "./arguments.js";
import { DeferredTensor } from "./deferred-tensor.js";
import { keep } from "./scope.js";
import type { Tensor } from "./tensor.js";

/** A tensor that an optimizer trains; the object stays when its memory is replaced (replace-memory.ts). */
export class Parameter extends DeferredTensor {
  /** Takes over the memory of `tensor`, whose own object is freed. */
  constructor(tensor: Tensor) {
    super(native.detach(trainable(tensor).handle));
    keep(this);
    this.requiresGrad = true;
    tensor.dispose();
  }

  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
}

function trainable(tensor: Tensor): Tensor {
  requireValue("new Parameter: tensor", tensor, aTensor);
  requireFractions("new Parameter: tensor", tensor);
  return tensor;
}
