// y = x Wᵀ + b.
import { boolean, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { linear } from "../tensor/functional.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { kaimingUniform, newParameter, uniformOf } from "./init.js";
import { Layer } from "./layer.js";
import { count, LAYER_OPTIONS, type LayerOptions } from "./layer-options.js";

/** Options of `Linear`. */
export interface LinearOptions extends LayerOptions {
  /** Whether a bias is added, default true. */
  readonly bias?: boolean;
}

/** y = x Wᵀ + b. */
export class Linear extends Layer {
  /** (out, in) */
  readonly weight: Parameter;
  /** (out) */
  readonly bias?: Parameter;
  readonly #inFeatures: number;

  /**
   * Weight and bias begin uniform within 1 / sqrt(inFeatures).
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super(`${inFeatures}, ${outFeatures}`);
    requireValue("new Linear: inFeatures", inFeatures, count);
    requireValue("new Linear: outFeatures", outFeatures, count);
    checkOptions("new Linear", options, { bias: boolean, ...LAYER_OPTIONS });
    this.#inFeatures = inFeatures;
    this.weight = newParameter([outFeatures, inFeatures], options, kaimingUniform);
    if (options.bias ?? true) {
      this.bias = newParameter([outFeatures], options, uniformOf(inFeatures));
    }
  }

  /**
   * x (..., in) -> (..., out)
   * @throws RangeError when the last dimension is another
   */
  override forward(x: Tensor): Tensor {
    try {
      return linear(x, this.weight, this.bias);
    } catch (error) {
      this.#check(x);
      throw error;
    }
  }

  #check(x: Tensor): void {
    this.requireTensor(x, this.weight);
    if (x.shape.at(-1) !== this.#inFeatures) {
      this.refuseShape(x, `the last dimension must be ${this.#inFeatures}`);
    }
  }
}
