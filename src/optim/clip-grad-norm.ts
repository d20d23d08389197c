// Gradient clipping by global norm (Pascanu et al. 2013), as torch.nn.utils.clip_grad_norm_, without waiting for the GPU:
// one pass over all gradients makes the norm, the factor stays on the device.
import { number, requireValue } from "../arguments/checks.js";
import { stack } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import { call, callMany, ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { aParameterList } from "./optimizer.js";

/** L2 norm over all gradients; 0 when there are none. */
export function gradNorm(parameters: readonly Parameter[]): number {
  requireValue("gradNorm: parameters", parameters, aParameterList);
  return scoped(() => gradNormTensor(parameters)?.item() ?? 0);
}

/** The same as a float32 number on the gradients' device; undefined when there are none. */
export function gradNormTensor(parameters: readonly Parameter[]): Tensor | undefined {
  const grads = gradients(parameters);
  const norms = [...new Set(grads.map(({ dtype }) => dtype))].map((dtype) => {
    const alike = grads.filter((grad) => grad.dtype === dtype);
    return callMany("notebooster::l2_norm_and_overflow", alike)[0] as Tensor;
  });
  return norms.length > 1 ? call("linalg_vector_norm", stack(norms), 2) : norms[0];
}

/** What gradients of this norm are multiplied by so that it is at most `maxNorm`, on the same device. */
export function clipFactor(norm: Tensor, maxNorm: number): Tensor {
  return norm.add(1e-6).reciprocal().mul(maxNorm).clamp(null, 1);
}

/**
 * Scales all gradients together so that their norm is at most `maxNorm`.
 * @returns the norm before clipping
 */
export function clipGradNorm(parameters: readonly Parameter[], maxNorm: number): number {
  requireValue("clipGradNorm: parameters", parameters, aParameterList);
  requireValue("clipGradNorm: maxNorm", maxNorm, number({ above: 0 }));
  return noGrad(() => {
    const norm = gradNormTensor(parameters);
    if (norm === undefined) return 0;
    ops.aten["_foreach_mul_"]?.(gradients(parameters), clipFactor(norm, maxNorm));
    return norm.item();
  });
}

function gradients(parameters: readonly Parameter[]): Tensor[] {
  return parameters.flatMap((parameter) => parameter.grad ?? []);
}
