// Root mean square layer normalisation (Zhang and Sennrich 2019), computed in float32 as in transformers, in one pass.
import { ones } from "../tensor/create.js";
import { call } from "../tensor/ops.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";

export class RMSNorm extends Module {
  /** (dim) */
  readonly weight: Parameter;
  readonly eps: number;

  constructor(dim: number, eps: number) {
    super();
    this.weight = new Parameter(ones([dim]));
    this.eps = eps;
  }

  /** x (..., dim) -> the same shape and dtype */
  forward(x: Tensor): Tensor {
    return call("notebooster::rms_norm", x, this.weight, this.eps);
  }
}
