// Root mean square layer normalisation (Zhang and Sennrich 2019), computed in float32 as in transformers, in one pass.
import { ones } from "../tensor/create.js";
import { call, type Operator, ops } from "../tensor/ops.js";
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

  /** The norm of x + residual and that sum itself, in one pass over both. */
  addForward(x: Tensor, residual: Tensor): { normed: Tensor; sum: Tensor } {
    const add = ops.notebooster["add_rms_norm"] as Operator;
    const [normed, sum] = add(x, residual, this.weight, this.eps) as [Tensor, Tensor];
    return { normed, sum };
  }
}
