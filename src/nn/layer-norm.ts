// Layer normalisation (Ba et al. 2016), computed in float32, with the residual addition before it in the same pass.
import { ones, zeros } from "../tensor/create.js";
import { call, callMany } from "../tensor/ops.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";

export class LayerNorm extends Module {
  /** (dim) */
  readonly weight: Parameter;
  /** (dim) */
  readonly bias: Parameter;
  readonly eps: number;

  constructor(dim: number, eps: number) {
    super();
    this.weight = new Parameter(ones([dim]));
    this.bias = new Parameter(zeros([dim]));
    this.eps = eps;
  }

  /** x (..., dim) -> the same shape and dtype */
  forward(x: Tensor): Tensor {
    return call("notebooster::layer_norm", x, this.weight, this.bias, this.eps);
  }

  /** The norm of x + residual, and that sum. */
  forwardAdd(x: Tensor, residual: Tensor): { normed: Tensor; sum: Tensor } {
    const [normed, sum] = callMany(
      "notebooster::add_layer_norm",
      x,
      residual,
      this.weight,
      this.bias,
      this.eps,
    ) as [Tensor, Tensor];
    return { normed, sum };
  }
}
