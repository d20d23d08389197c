// The norm of the gradients before a step, measured once for the loop that looks at it and for the step that clips by it.
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { product } from "./factors.js";

/** () float32 each, on the gradients' device: the norm as they are stored, and 1 where one is not finite, else 0. */
export interface GradientNumbers {
  readonly norm: Tensor;
  readonly overflow: Tensor;
}

export class MeasuredGradients {
  /** Whether they have been scaled to a norm already. */
  isClipped = false;
  #numbers: GradientNumbers | undefined;

  /**
   * The norm of gradients of which these were found, times `scale`; they are kept until `forget`.
   * @returns 0 when there are none
   */
  measure(found: GradientNumbers | undefined, scale: Tensor | undefined): number {
    this.#dispose();
    if (found === undefined) return 0;
    this.#numbers = { norm: keep(found.norm), overflow: keep(found.overflow) };
    return (product(found.norm, scale) as Tensor).item();
  }

  /** What was measured, or is now; it may outlive `forget`. */
  of(find: () => GradientNumbers | undefined): GradientNumbers | undefined {
    if (this.#numbers === undefined) return find();
    const { norm, overflow } = this.#numbers;
    return { norm: norm.detach(), overflow: overflow.detach() };
  }

  /** Gradients are others from here on. */
  forget(): void {
    this.isClipped = false;
    this.#dispose();
  }

  #dispose(): void {
    this.#numbers?.norm.dispose();
    this.#numbers?.overflow.dispose();
    this.#numbers = undefined;
  }
}

export function hasGradient(parameter: Parameter): boolean {
  using grad = parameter.grad;
  return grad !== null;
}
