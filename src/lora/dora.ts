// DoRA (Liu et al. 2024): the adapted weight W + s B A gives the direction only; how long its rows are is trained apart. With
// m (out) the magnitude and n the norms of the adapted rows, through which no gradient goes (section 4.3 there):
// y = (m / n) (x Wᵀ + s (x Aᵀ) Bᵀ) + b.
import { Module } from "../nn/module.js";
import { holdParameter } from "../nn/parameter-fields.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { LowRank } from "./lora-layer.js";

/** How long each row of an adapted weight is. */
export class Magnitude extends Module {
  /** (out) */
  declare readonly weight: Parameter;

  /** Begins as the norms that the rows have. */
  constructor(weight: Tensor, lowRank: LowRank) {
    super();
    holdParameter(this, "weight", new Parameter(rowNorms(weight, lowRank)));
  }
}

/** What an adapted layer has computed already. */
interface Computed {
  /** (..., out) of the base layer */
  readonly y: Tensor;
  /** (..., out) x Wᵀ of the x that the adapter sees, where dropout makes it another */
  readonly base: Tensor | undefined;
  /** (out) of the base layer */
  readonly bias: Tensor | undefined;
  /** (..., out) (x Aᵀ) Bᵀ */
  readonly update: Tensor;
}

/** The output of the layer with the adapter. */
export function addDirected(
  { y, base, bias, update }: Computed,
  { weight, lowRank, magnitude }: { weight: Tensor; lowRank: LowRank; magnitude: Tensor },
): Tensor {
  const factor = magnitude.div(rowNorms(weight, lowRank)); // (out)
  const unadapted = base ?? (bias === undefined ? y : y.sub(bias));
  const change = unadapted.mul(factor.sub(1)).add(update.mul(factor).mul(lowRank.scaling));
  return y.add(change.to(y.dtype));
}

/**
 * (out, in) the weight that the layer multiplies with.
 * @param weight with the adapters before this one; lengths are those of the base layer with this adapter alone, as forward
 */
export function mergedDirected(
  { weight, base }: { weight: Tensor; base: Tensor },
  lowRank: LowRank,
  magnitude: Tensor,
): Tensor {
  const factor = magnitude.div(rowNorms(base, lowRank)).unsqueeze(1);
  return adapted(weight, lowRank).mul(factor);
}

function rowNorms(weight: Tensor, lowRank: LowRank): Tensor {
  return noGrad(() => adapted(weight.detach(), lowRank).pow(2).sum(1).sqrt());
}

function adapted(weight: Tensor, { a, b, scaling }: LowRank): Tensor {
  return weight.to(a.dtype).add(b.matmul(a).mul(scaling));
}
