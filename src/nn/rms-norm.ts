// Root mean square layer normalisation (Zhang and Sennrich 2019), computed in float32 as in transformers, in one pass.
import { boolean, nullable, number } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { LAYER_OPTIONS, type LayerOptions } from "./layer-options.js";
import { Norm } from "./norm.js";

/** Options of `RMSNorm`. */
export interface RMSNormOptions extends LayerOptions {
  /** Added to the mean square. Default null: the distance from 1 to the next number of the input's dtype. */
  readonly eps?: number | null;
  /** Whether there is a weight, default true. */
  readonly elementwiseAffine?: boolean;
}

/** Root mean square layer normalisation (Zhang and Sennrich 2019), computed in float32. */
export class RMSNorm extends Norm {
  /** Added to the mean square; null is the distance from 1 to the next number of the input's dtype. */
  readonly eps: number | null;

  /**
   * The weight begins as ones.
   * @param shape sizes of the last dimensions, over which is normalised; a number is the last one
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(shape: number | readonly number[], options: RMSNormOptions = {}) {
    checkOptions("new RMSNorm", options, OPTIONS);
    super(shape, options);
    this.eps = options.eps ?? null;
  }

  protected override get hasKernel(): boolean {
    return this.eps !== null;
  }

  protected override fused(x: Tensor, weight: Parameter): Tensor {
    return ops.notebooster.rms_norm(x, weight, this.eps as number);
  }

  protected override fusedAdd(
    x: Tensor,
    residual: Tensor,
    weight: Parameter,
  ): readonly [Tensor, Tensor] {
    return ops.notebooster.add_rms_norm(x, residual, weight, this.eps as number);
  }

  protected override composed(x: Tensor): Tensor {
    return ops.aten.rms_norm(x, this.normalized, this.weight, this.eps);
  }
}

const OPTIONS = {
  eps: nullable(number({ min: 0 })),
  elementwiseAffine: boolean,
  ...LAYER_OPTIONS,
};
