// Blocks whose products keep recipes of their inputs ("selective" recomputation): what a norm or an activation made is held only because
// the linear layers after it need their input for the gradient of their weight, and it can be made again from what the norm's or the
// activation's own gradient holds anyway (native/autograd/saved_input.h). That costs a pass over memory, and no product.

import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";

whenCutOff(() => native.endRecipes());

/** "selective" has nothing to compute again. */
export class NothingSelectiveError extends TypeError {}

/** The recipes of a forward pass. */
export class KeptRecipes {
  readonly #model: string;
  #numKept = 0;

  /** @param model its class, for errors */
  constructor(model: string) {
    this.#model = model;
  }

  /** Has products keep recipes while `body` runs, a block. */
  during<T>(body: () => T): T {
    native.keepRecipes();
    try {
      return body();
    } finally {
      this.#numKept += native.endRecipes();
    }
  }

  /** @throws NothingSelectiveError when none was kept */
  requireSome(): void {
    if (this.#numKept > 0) return;
    throw new NothingSelectiveError(
      `forward: granularity "selective" computes again what norms and activations give to linear layers that are trained, and ${this.#model} as it is trained keeps nothing of that kind; call gradientCheckpointingEnable() with granularity "full", or gradientCheckpointingDisable()`,
    );
  }
}
