// Blocks whose products keep recipes of their inputs ("selective" recomputation): what a norm or an activation made is held only because
// the linear layers after it need their input for the gradient of their weight, and it can be made again from what the norm's or the
// activation's own gradient holds anyway (native/autograd/saved_input.h). That costs a pass over memory, and no product.

import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";

whenCutOff(() => native.endRecipes());

/** Has products keep recipes while `body` runs; `count` is told how many inputs are kept so. */
export function keepingRecipes<T>(body: () => T, count: (numKept: number) => void): T {
  native.keepRecipes();
  try {
    return body();
  } finally {
    count(native.endRecipes());
  }
}
