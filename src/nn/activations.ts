// Activations as layers, for Sequential.
import { integer, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { GELU_OPTIONS, gelu, relu, silu, softmax } from "../tensor/functional.js";
import type { Tensor } from "../tensor/tensor.js";
import { Layer } from "./layer.js";

/** max(x, 0). */
export class ReLU extends Layer {
  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return relu(x);
  }
}

/** x Φ(x) (Hendrycks and Gimpel 2016). */
export class GELU extends Layer {
  readonly #options: { readonly approximate?: "none" | "tanh" };

  /** @param options `approximate`: "none" (default) is exact, "tanh" GPT-2's approximation */
  constructor(options: { readonly approximate?: "none" | "tanh" } = {}) {
    super();
    checkOptions("new GELU", options, GELU_OPTIONS);
    this.#options = { ...options };
  }

  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return gelu(x, this.#options);
  }
}

/** x sigmoid(x). */
export class SiLU extends Layer {
  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return silu(x);
  }
}

/** tanh(x). */
export class Tanh extends Layer {
  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return x.tanh();
  }
}

/** 1 / (1 + exp(-x)). */
export class Sigmoid extends Layer {
  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return x.sigmoid();
  }
}

/** exp(x) divided by its sum along a dimension. */
export class Softmax extends Layer {
  readonly #dim: number;

  /** @param dim along which the results sum to 1; negative ones count from the end */
  constructor(dim: number) {
    super(String(dim));
    requireValue("new Softmax: dim", dim, integer());
    this.#dim = dim;
  }

  override forward(x: Tensor): Tensor {
    this.requireTensor(x);
    return softmax(x, this.#dim);
  }
}
