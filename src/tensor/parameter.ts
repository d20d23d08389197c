// A tensor that an optimizer trains. Its object stays the same while its memory may be replaced: converted to
// another dtype, moved to a GPU or sharded.
import { requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import { aTensor, requireFractions } from "./arguments.js";
import { ARRIVING } from "./arriving.js";
import { DeferredTensor } from "./deferred-tensor.js";
import type { GradientOwner } from "./gradient-owner.js";
import { keep } from "./scope.js";
import type { Tensor } from "./tensor.js";
import type { WeightsOwner } from "./weights-owner.js";

/** Of a parameter: who acts on its gradients (gradient-owner.ts). */
export const OWNER = Symbol("owner of gradients");
/** Of a parameter: who has its numbers between uses (weights-owner.ts). */
export const KEEPER = Symbol("keeper of numbers");

/** A tensor that an optimizer trains; the object stays when its memory is replaced (replace-memory.ts). */
export class Parameter extends DeferredTensor {
  [OWNER]: GradientOwner | undefined = undefined;
  [KEEPER]: WeightsOwner | undefined = undefined;

  /** Takes over the memory of `tensor`, whose own object is freed. */
  constructor(tensor: Tensor) {
    super(native.detach(trainable(tensor).handle));
    keep(this);
    this.requiresGrad = true;
    tensor.dispose();
  }

  override get grad(): Tensor | null {
    this[ARRIVING]?.(); // an update on its way reads it
    return super.grad;
  }
  /** null forgets it also where an owner keeps it elsewhere, as ranks that share it do. */
  override set grad(value: Tensor | null) {
    super.grad = value;
    if (value === null) this[OWNER]?.gradientDropped?.(this);
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
