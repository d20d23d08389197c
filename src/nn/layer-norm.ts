// Layer normalisation (Ba et al. 2016), computed in float32, with the residual addition before it in the same pass.
import { boolean, number, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { call, callMany } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { newParameter } from "./init.js";
import { Layer } from "./layer.js";
import { LAYER_OPTIONS, type LayerOptions } from "./layer-options.js";
import { normalizedDims, normalizedShape } from "./normalized-shape.js";

/** Options of `LayerNorm`. */
export interface LayerNormOptions extends LayerOptions {
  /** Added to the variance, default 1e-5. */
  readonly eps?: number;
  /** Whether there are a weight and a bias, default true. */
  readonly elementwiseAffine?: boolean;
  /** False: no bias beside the weight. Default true. */
  readonly bias?: boolean;
}

/** Layer normalisation (Ba et al. 2016), computed in float32. */
export class LayerNorm extends Layer {
  /** Of the normalised shape. */
  readonly weight?: Parameter;
  /** Of the normalised shape. */
  readonly bias?: Parameter;
  /** Added to the variance. */
  readonly eps: number;
  readonly #shape: readonly number[];

  /**
   * Weights begin as ones, the bias as zeros.
   * @param shape sizes of the last dimensions, over which is normalised; a number is the last one
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(shape: number | readonly number[], options: LayerNormOptions = {}) {
    super(describeValue(shape));
    requireValue("new LayerNorm: shape", shape, normalizedShape);
    checkOptions("new LayerNorm", options, OPTIONS);
    this.#shape = [shape].flat();
    this.eps = options.eps ?? 1e-5;
    if (!(options.elementwiseAffine ?? true)) return;
    this.weight = newParameter(this.#shape, options, (weight) => weight.fill_(1));
    if (options.bias ?? true) {
      this.bias = newParameter(this.#shape, options, (bias) => bias.zero_());
    }
  }

  /**
   * x (..., shape) -> the same shape and dtype
   * @throws RangeError when the last dimensions are others
   */
  override forward(x: Tensor): Tensor {
    try {
      if (this.#isFused(x))
        return call("notebooster::layer_norm", x, this.weight, this.bias, this.eps);
    } catch (error) {
      this.#check(x);
      throw error;
    }
    this.#check(x);
    return call("layer_norm", x, this.#shape, this.weight, this.bias, this.eps);
  }

  /** The norm of x + residual, and that sum. */
  forwardAdd(x: Tensor, residual: Tensor): { normed: Tensor; sum: Tensor } {
    try {
      if (this.#isFused(x)) return this.#addFused(x, residual);
    } catch (error) {
      this.#check(x);
      throw error;
    }
    this.#check(x);
    const sum = x.add(residual);
    return { normed: this.forward(sum), sum };
  }

  #addFused(x: Tensor, residual: Tensor): { normed: Tensor; sum: Tensor } {
    const name = "notebooster::add_layer_norm";
    const results = callMany(name, x, residual, this.weight, this.bias, this.eps);
    const [normed, sum] = results as [Tensor, Tensor];
    return { normed, sum };
  }

  #check(x: Tensor): void {
    this.requireTensor(x, this.weight);
    const rule = normalizedDims(x, this.#shape);
    if (rule !== undefined) this.refuseShape(x, rule);
  }

  /** Our kernel has a weight, one dimension and no float64. */
  #isFused({ dtype }: Tensor): boolean {
    return this.weight !== undefined && this.#shape.length === 1 && dtype !== "float64";
  }
}

const OPTIONS = {
  eps: number({ min: 0 }),
  elementwiseAffine: boolean,
  bias: boolean,
  ...LAYER_OPTIONS,
};
