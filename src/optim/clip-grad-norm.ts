// Gradient clipping by global norm (Pascanu et al. 2013), as torch.nn.utils.clip_grad_norm_.
import { stack } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import { call } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";

/** L2 norm over all gradients; 0 when there are none. */
export function gradNorm(parameters: readonly Parameter[]): number {
  return noGrad(() => {
    const norms = parameters.flatMap((parameter) => {
      const grad = parameter.grad;
      return grad === null
        ? []
        : [call("linalg_vector_norm", grad, 2, null, false, { dtype: "float32" })];
    });
    return norms.length === 0 ? 0 : call("linalg_vector_norm", stack(norms), 2).item();
  });
}

/**
 * Scales all gradients together so that their norm is at most `maxNorm`.
 * @returns the norm before clipping
 */
export function clipGradNorm(parameters: readonly Parameter[], maxNorm: number): number {
  if (!(maxNorm > 0)) throw new RangeError(`maxNorm must be positive, got ${maxNorm}`);
  const norm = gradNorm(parameters);
  const scale = Math.fround(maxNorm / (norm + 1e-6));
  if (scale < 1) {
    noGrad(() => {
      for (const parameter of parameters) parameter.grad?.mul_(scale);
    });
  }
  return norm;
}
