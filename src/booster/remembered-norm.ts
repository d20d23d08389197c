// The norm of the gradients of the last step, on their device until it is asked for.
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";

export class RememberedNorm {
  #norm: number | Tensor | undefined;

  /** Waits for the device the first time; undefined before there is one. */
  get value(): number | undefined {
    if (this.#norm instanceof Tensor) this.set(this.#norm.item());
    return this.#norm as number | undefined;
  }

  /** The one before is freed at once, not when V8 comes to it. */
  set(norm: number | Tensor): void {
    if (this.#norm instanceof Tensor) this.#norm.dispose();
    this.#norm = norm instanceof Tensor ? keep(norm) : norm;
  }
}
