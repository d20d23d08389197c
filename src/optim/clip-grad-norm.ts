// Gradient clipping by global norm (Pascanu et al. 2013), as torch.nn.utils.clip_grad_norm_, without waiting for the GPU:
// one pass over all gradients makes the norm, the factor stays on the device.
import { number, requireValue } from "../arguments/checks.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { stack } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import { scaleOfGradients } from "../tensor/gradient-owner.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { groupBy } from "./group-by.js";
import { aParameterList } from "./optimizer.js";

/**
 * L2 norm over all gradients, as those of the loss: without the weights of tokens and the loss scale that gradients of a
 * boosted model carry until the step; 0 when there are none.
 * @throws TypeError for parameters whose gradients do not carry the same
 */
export function gradNorm(parameters: readonly Parameter[]): number {
  requireValue("gradNorm: parameters", parameters, aParameterList);
  return noGrad(() => {
    const scale = scaleOfGradients("gradNorm", parameters);
    const found = gradNormAndOverflow(gradientsOf(parameters))?.norm;
    if (found === undefined) return 0;
    return (scale === undefined ? found : found.mul(scale)).item();
  });
}

/**
 * The L2 norm over gradients as a float32 number on their device, with another that is 1 where one is not finite, else 0; undefined
 * when there are no gradients.
 */
export function gradNormAndOverflow(
  gradients: readonly Tensor[],
): { norm: Tensor; overflow: Tensor } | undefined {
  const byDtype = [...groupBy(gradients, ({ dtype }) => dtype).values()];
  const found = byDtype.map((alike) => ops.notebooster.l2_norm_and_overflow(alike));
  const [norms, overflows] = [found.map(([norm]) => norm), found.map(([, overflow]) => overflow)];
  const [norm, overflow] = [norms[0], overflows[0]];
  if (norm === undefined || overflow === undefined) return undefined;
  if (found.length === 1) return { norm, overflow };
  return {
    norm: ops.aten.linalg_vector_norm(stack(norms as Tensor[]), 2),
    overflow: stack(overflows as Tensor[]).amax(),
  };
}

/** What gradients of this norm are multiplied by so that it is at most `maxNorm`, on the same device. */
export function clipFactor(norm: Tensor, maxNorm: number): Tensor {
  return norm.add(1e-6).reciprocal().mul(maxNorm).clamp(null, 1);
}

/**
 * Scales all gradients together so that their norm, as `gradNorm` gives it, is at most `maxNorm`.
 * @returns the norm before clipping
 * @throws TypeError for parameters whose gradients do not carry the same weights and loss scale
 */
export function clipGradNorm(
  parameters: readonly Parameter[],
  maxNorm: number,
  ...more: never[]
): number {
  refuseSurplus("clipGradNorm(parameters, maxNorm)", more, "the norm is L2");
  requireValue("clipGradNorm: parameters", parameters, aParameterList);
  return noGrad(() => {
    const scale = scaleOfGradients("clipGradNorm", parameters);
    const gradients = gradientsOf(parameters);
    return clipTo(maxNorm, { gradients, norm: gradNormAndOverflow(gradients)?.norm, scale });
  });
}

/** Gradients that are a multiple of the true ones until the update. */
export interface ScaledGradients {
  readonly gradients: readonly Tensor[];
  /** () float32: of all of them, of which these may be a rank's; undefined when there are none. */
  readonly norm: Tensor | undefined;
  /** () float32: what they are to be multiplied by to be the true ones. */
  readonly scale: Tensor | undefined;
}

/** Scales gradients in place so that the true ones have a norm of at most `maxNorm`; returns the norm before. */
export function clipTo(maxNorm: number, { gradients, norm, scale }: ScaledGradients): number {
  requireValue("clipGradNorm: maxNorm", maxNorm, number({ above: 0 }));
  if (norm === undefined) return 0;
  const found = scale === undefined ? norm : norm.mul(scale);
  if (gradients.length > 0) ops.aten._foreach_mul_(gradients, clipFactor(found, maxNorm));
  return found.item();
}

/** Of parameters that have one. */
export function gradientsOf(parameters: readonly Parameter[]): Tensor[] {
  return parameters.flatMap((parameter) => parameter.grad ?? []);
}
