// RMS norm whose weight is stored as its distance from 1, as Gemma's, computed in float32 as in transformers.
import { newParameter } from "../../nn/init.js";
import { Module } from "../../nn/module.js";
import { holdParameter } from "../../nn/parameter-fields.js";
import { ops } from "../../tensor/ops.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";

/** x / rms(x) * (1 + weight) over the last dimension. */
export class UnitOffsetRMSNorm extends Module {
  /** (dim) */
  declare readonly weight: Parameter;
  readonly #eps: number;

  /** The weight begins as zeros. @param eps added to the mean square */
  constructor(dim: number, eps: number) {
    super();
    this.#eps = eps;
    holdParameter(
      this,
      "weight",
      newParameter([dim], {}, (weight) => weight.zero_()),
    );
  }

  /** x (..., dim) -> the same shape and dtype */
  forward(x: Tensor): Tensor {
    const weight = this.weight.to("float32").add(1);
    return ops.notebooster.rms_norm(x.to("float32"), weight, this.#eps).to(x.dtype);
  }
}
