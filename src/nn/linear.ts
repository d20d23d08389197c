// y = x Wᵀ + b.
import { empty } from "../tensor/create.js";
import { linear } from "../tensor/functional.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";

export class Linear extends Module {
  /** (out, in) */
  readonly weight: Parameter;
  /** (out) */
  readonly bias?: Parameter;

  constructor(inFeatures: number, outFeatures: number, { bias = true } = {}) {
    super();
    this.weight = new Parameter(empty([outFeatures, inFeatures]));
    if (bias) this.bias = new Parameter(empty([outFeatures]));
  }

  /** x (..., in) -> (..., out) */
  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}
