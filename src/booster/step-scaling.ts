// Tokens, loss scale and clipping of a step in one number on the device, and whether to skip it; nothing waits for the GPU.
import { clipFactor } from "../optim/clip-grad-norm.js";
import type { Scaling } from "../optim/update-rule.js";
import { noGrad } from "../tensor/grad-mode.js";
import { isCapturing } from "../tensor/random-stream.js";
import type { Tensor } from "../tensor/tensor.js";
import { anyOf, product } from "./factors.js";
import type { GradientNumbers } from "./measured-gradients.js";

/** What decides how a step scales its gradients. */
export interface StepSettings {
  /** () float32: what gradients are to be multiplied by to be those of the loss; undefined where they are. */
  readonly unscaling: Tensor | undefined;
  /** The norm to which gradients are clipped. */
  readonly maxNorm: number | undefined;
  /** Whether a gradient that is not finite skips the step. */
  readonly skipsOverflow: boolean;
  /** Of the gradients; undefined when there are none. */
  readonly measured: () => GradientNumbers | undefined;
  /** Whether gradients are clipped already. */
  readonly isClipped: boolean;
}

/** Whether the gradients were made zeros in place, as PyTorch's `zero_grad(set_to_none=False)` does. Waits for the device. */
export function areZeroed(find: () => GradientNumbers | undefined): boolean {
  return !isCapturing() && noGrad(() => find()?.norm.item() ?? 0) === 0;
}

/** How a step scales, and the norm before clipping; undefined where it was measured before. */
export function stepScaling(
  by: Scaling,
  { unscaling, maxNorm, skipsOverflow, isClipped, measured }: StepSettings,
): { scaling: Scaling; norm: Tensor | number | undefined } {
  const unscaled = product(by.gradScale, unscaling);
  const asItIs: Scaling = { ...by, gradScale: unscaled };
  if (!skipsOverflow && isClipped) return { scaling: asItIs, norm: undefined };
  const found = measured();
  if (found === undefined) return { scaling: asItIs, norm: 0 };
  const norm = product(found.norm, unscaled) as Tensor;
  const isKept = maxNorm === undefined || isClipped;
  const scaling: Scaling = {
    gradScale: isKept ? unscaled : product(unscaled, clipFactor(norm, maxNorm)),
    skipIf: skipsOverflow ? anyOf(by.skipIf, found.overflow) : by.skipIf,
  };
  return { scaling, norm: isClipped ? undefined : norm };
}
