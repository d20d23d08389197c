// Layer normalisation (Ba et al. 2016), computed in float32, with the residual addition before it in the same pass.
import { boolean, number } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { newParameter } from "./init.js";
import { LAYER_OPTIONS, type LayerOptions } from "./layer-options.js";
import { Norm } from "./norm.js";
import { holdParameter } from "./parameter-fields.js";

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
export class LayerNorm extends Norm {
  /** Of the normalised shape. */
  declare readonly bias?: Parameter;
  /** Added to the variance. */
  readonly eps: number;

  /**
   * Weights begin as ones, the bias as zeros.
   * @param shape sizes of the last dimensions, over which is normalised; a number is the last one
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(shape: number | readonly number[], options: LayerNormOptions = {}) {
    checkOptions("new LayerNorm", options, OPTIONS);
    super(shape, options);
    this.eps = options.eps ?? 1e-5;
    const hasBias = this.weight !== undefined && (options.bias ?? true);
    const zeros = (bias: Parameter): unknown => bias.zero_();
    const bias = hasBias ? newParameter(this.normalized, options, zeros) : undefined;
    holdParameter(this, "bias", bias);
  }

  protected override get hasKernel(): boolean {
    return true;
  }

  protected override fused(x: Tensor, weight: Parameter): Tensor {
    return ops.notebooster.layer_norm(x, weight, this.bias ?? null, this.eps);
  }

  protected override fusedAdd(
    x: Tensor,
    residual: Tensor,
    weight: Parameter,
  ): readonly [Tensor, Tensor] {
    return ops.notebooster.add_layer_norm(x, residual, weight, this.bias ?? null, this.eps);
  }

  protected override composed(x: Tensor): Tensor {
    return ops.aten.layer_norm(x, this.normalized, this.weight, this.bias, this.eps);
  }
}

const OPTIONS = {
  eps: number({ min: 0 }),
  elementwiseAffine: boolean,
  bias: boolean,
  ...LAYER_OPTIONS,
};
