// What may be assigned to `x.grad`.
import { requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { aTensor } from "./arguments.js";
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
