// Root mean square layer normalisation (Zhang and Sennrich 2019), computed in float32 as in transformers, in one pass.
import { boolean, nullable, number, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { call, callMany } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { newParameter } from "./init.js";
import { Layer } from "./layer.js";
import { LAYER_OPTIONS, type LayerOptions } from "./layer-options.js";
import { normalizedDims, normalizedShape } from "./normalized-shape.js";

/** Options of `RMSNorm`. */
export interface RMSNormOptions extends LayerOptions {
  /** Added to the mean square. Default null: the distance from 1 to the next number of the input's dtype. */
  readonly eps?: number | null;
  /** Whether there is a weight, default true. */
  readonly elementwiseAffine?: boolean;
}

/** Root mean square layer normalisation (Zhang and Sennrich 2019), computed in float32. */
export class RMSNorm extends Layer {
  /** Of the normalised shape. */
  readonly weight?: Parameter;
  /** Added to the mean square; null is the distance from 1 to the next number of the input's dtype. */
  readonly eps: number | null;
  readonly #shape: readonly number[];

  /**
   * The weight begins as ones.
   * @param shape sizes of the last dimensions, over which is normalised; a number is the last one
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(shape: number | readonly number[], options: RMSNormOptions = {}) {
    super(describeValue(shape));
    requireValue("new RMSNorm: shape", shape, normalizedShape);
    checkOptions("new RMSNorm", options, OPTIONS);
    this.#shape = [shape].flat();
    this.eps = options.eps ?? null;
    if (options.elementwiseAffine ?? true) {
      this.weight = newParameter(this.#shape, options, (weight) => weight.fill_(1));
    }
  }

  /**
   * x (..., shape) -> the same shape and dtype
   * @throws RangeError when the last dimensions are others
   */
  override forward(x: Tensor): Tensor {
    try {
      if (this.#isFused(x)) return call("notebooster::rms_norm", x, this.weight, this.eps);
    } catch (error) {
      this.#check(x);
      throw error;
    }
    this.#check(x);
    return call("rms_norm", x, this.#shape, this.weight, this.eps);
  }

  /** The norm of x + residual and that sum itself, in one pass over both. */
  addForward(x: Tensor, residual: Tensor): { normed: Tensor; sum: Tensor } {
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
    const name = "notebooster::add_rms_norm";
    const results = callMany(name, x, residual, this.weight, this.eps);
    const [normed, sum] = results as [Tensor, Tensor];
    return { normed, sum };
  }

  #check(x: Tensor): void {
    this.requireTensor(x, this.weight);
    const rule = normalizedDims(x, this.#shape);
    if (rule !== undefined) this.refuseShape(x, rule);
  }

  /** Our kernel has a weight, an eps, one dimension and no float64. */
  #isFused({ dtype }: Tensor): boolean {
    const hasBoth = this.weight !== undefined && this.eps !== null;
    return hasBoth && this.#shape.length === 1 && dtype !== "float64";
  }
}

const OPTIONS = {
  eps: nullable(number({ min: 0 })),
  elementwiseAffine: boolean,
  ...LAYER_OPTIONS,
};
