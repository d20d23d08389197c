// Activations by their names in `config.json`.
import { type Check, oneOf } from "../arguments/checks.js";
import { gelu, relu, silu } from "../tensor/functional.js";
import type { Tensor } from "../tensor/tensor.js";

const ACTIVATIONS = {
  gelu: (x: Tensor): Tensor => gelu(x),
  gelu_new: (x: Tensor): Tensor => gelu(x, { approximate: "tanh" }),
  relu: (x: Tensor): Tensor => relu(x),
  silu: (x: Tensor): Tensor => silu(x),
  tanh: (x: Tensor): Tensor => x.tanh(),
};

/** Activation of an MLP: "gelu" is exact, "gelu_new" GPT-2's approximation by tanh. */
export type ActivationName = keyof typeof ACTIVATIONS;

export const anActivation: Check<ActivationName> = oneOf(
  ...(Object.keys(ACTIVATIONS) as ActivationName[]),
);

/** Other words for them in files. */
export const ACTIVATION_ALIASES: Readonly<Record<string, ActivationName>> = {
  gelu_pytorch_tanh: "gelu_new",
  gelu_fast: "gelu_new",
  swish: "silu",
};

/** Their gradients follow from what they gave, those of the others from what they got. */
const KNOWN_BY_RESULT: ReadonlySet<ActivationName> = new Set(["relu", "tanh"]);

/** Widths of what is kept for the backward pass around an activation of so many numbers. */
export function keptByActivation(name: ActivationName, width: number): readonly number[] {
  return KNOWN_BY_RESULT.has(name) ? [width] : [width, width];
}

/** The activation of that name. */
export function activation(name: ActivationName): (x: Tensor) => Tensor {
  return ACTIVATIONS[name];
}
