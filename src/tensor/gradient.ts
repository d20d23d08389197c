// What may be assigned to `x.grad` and `x.requiresGrad`.
import { boolean, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { native } from "../native/native.js";
import { aTensor, requireFractions } from "./arguments.js";
import { ID } from "./scope.js";
import type { Tensor } from "./tensor.js";

/** As PyTorch: a gradient is of the shape, dtype and device of its tensor; what is not would be met in the next step. */
export function requireGradient(x: Tensor, gradient: Tensor): void {
  requireValue("x.grad", gradient, aTensor);
  if (gradient.shape.join() !== x.shape.join() || gradient.dtype !== x.dtype) {
    const wanted = `${x.dtype}[${x.shape.join(", ")}]`;
    throw new TypeError(
      `x.grad must be of the shape and dtype of x, ${wanted}, got ${describeValue(gradient)}`,
    );
  }
  if (gradient.device === x.device) return;
  throw new TypeError(
    `x.grad must be on the device of x, ${x.device}, got one on ${gradient.device}; move it: gradient.to("${x.device}")`,
  );
}

/** As PyTorch: what was computed with gradients has them; JavaScript's `false` would be forgotten without a word. */
export function setRequiresGrad(x: Tensor, value: boolean): void {
  requireValue("x.requiresGrad", value, boolean);
  if (value) requireFractions("x.requiresGrad: x", x);
  native.setRequiresGrad(x[ID], value);
  if (x.requiresGrad === value) return;
  throw new TypeError(
    "x.requiresGrad of a tensor that was computed with gradients cannot be changed; x.detach() gives the same numbers without, noGrad(() => ...) records none",
  );
}
