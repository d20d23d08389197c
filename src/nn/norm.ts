// What LayerNorm and RMSNorm share: a norm over the last dimensions, in one pass with the residual addition before it where
// our kernel can, and by ATen's operator elsewhere.
import { requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { newParameter } from "./init.js";
import { Layer } from "./layer.js";
import type { LayerOptions } from "./layer-options.js";
import { normalizedDims, normalizedShape } from "./normalized-shape.js";
import { holdParameter } from "./parameter-fields.js";

/** Options that both norms have. */
export interface NormOptions extends LayerOptions {
  /** Whether there is a weight, default true. */
  readonly elementwiseAffine?: boolean;
}

export abstract class Norm extends Layer {
  /** Of the normalised shape. */
  declare readonly weight?: Parameter;
  protected readonly normalized: readonly number[];

  /** The weight begins as ones. */
  protected constructor(shape: number | readonly number[], options: NormOptions) {
    super(describeValue(shape));
    requireValue(`new ${this.constructor.name}: shape`, shape, normalizedShape);
    this.normalized = [shape].flat();
    const hasWeight = options.elementwiseAffine ?? true;
    const ones = (weight: Parameter): unknown => weight.fill_(1);
    const weight = hasWeight ? newParameter(this.normalized, options, ones) : undefined;
    holdParameter(this, "weight", weight);
  }

  /**
   * x (..., shape) -> the same shape and dtype
   * @throws RangeError when the last dimensions are others
   */
  override forward(x: Tensor): Tensor {
    try {
      const weight = this.#fusedWeight(x);
      if (weight !== undefined) return this.fused(x, weight);
    } catch (error) {
      this.#check(x);
      throw error;
    }
    this.#check(x);
    return this.composed(x);
  }

  /** The norm of x + residual and that sum itself, in one pass over both. */
  forwardAdd(x: Tensor, residual: Tensor): { normed: Tensor; sum: Tensor } {
    try {
      const weight = this.#fusedWeight(x);
      if (weight !== undefined) {
        const [normed, sum] = this.fusedAdd(x, residual, weight);
        return { normed, sum };
      }
    } catch (error) {
      this.#check(x);
      throw error;
    }
    this.#check(x);
    const sum = x.add(residual);
    return { normed: this.forward(sum), sum };
  }

  /** Whether our kernel knows the options. */
  protected abstract get hasKernel(): boolean;
  /** The norm by our kernel, which has a weight. */
  protected abstract fused(x: Tensor, weight: Parameter): Tensor;
  /** The norm of the sum, and the sum, by our kernel. */
  protected abstract fusedAdd(
    x: Tensor,
    residual: Tensor,
    weight: Parameter,
  ): readonly [Tensor, Tensor];
  /** The norm by ATen's operator. */
  protected abstract composed(x: Tensor): Tensor;

  #check(x: Tensor): void {
    this.requireTensor(x, this.weight);
    const rule = normalizedDims(x, this.normalized);
    if (rule !== undefined) this.refuseShape(x, rule);
  }

  /** The weight where our kernel serves: it has one dimension and no float64. */
  #fusedWeight({ dtype }: Tensor): Parameter | undefined {
    const isFused = this.hasKernel && this.normalized.length === 1 && dtype !== "float64";
    return isFused ? this.weight : undefined;
  }
}
