// Arithmetic that several update rules share, on lists of tensors at once.

import { stack } from "../tensor/functional.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import { foreach } from "./foreach.js";
import type { Piece, Scaling } from "./update-rule.js";

/** A number for all tensors of a list, a () tensor for all, or a () tensor for each. */
export type Factor = number | Tensor | readonly Tensor[];

/** A group's learning rate as a number or a () tensor. */
export function rateIn({ lr }: { readonly lr: number | Tensor }): number | Tensor {
  return typeof lr === "number" ? lr : lr.reshape([]);
}

/** mean += (1 - beta) (x - mean) */
export function average(means: readonly Tensor[], xs: readonly Tensor[], beta: number): void {
  foreach("lerp_", means, xs, 1 - beta);
}

/** mean += (1 - beta) (x^2 - mean) */
export function averageSquares(
  means: readonly Tensor[],
  xs: readonly Tensor[],
  beta: number,
): void {
  foreach("mul_", means, beta);
  foreach("addcmul_", means, xs, xs, 1 - beta);
}

/** mean / (sqrt(meanSquare) + eps): Adam's direction. @param eps one for all, or a () tensor for each */
export function normalized(
  means: readonly Tensor[],
  meanSquares: readonly Tensor[],
  eps: number | readonly Tensor[],
): Tensor[] {
  const denominators = foreach("sqrt", meanSquares);
  foreach("add_", denominators, eps);
  return foreach("div", means, denominators);
}

/** weight *= 1 - lr * weightDecay: decoupled decay (Loshchilov and Hutter 2019). */
export function decay(weights: readonly Tensor[], lr: number | Tensor, weightDecay: number): void {
  if (weightDecay === 0) return;
  const kept = typeof lr === "number" ? 1 - lr * weightDecay : lr.mul(-weightDecay).add(1);
  foreach("mul_", weights, kept);
}

/** x *= factor */
export function scaleBy(xs: readonly Tensor[], factor: Factor): void {
  foreach("mul_", xs, factor);
}

/** weight -= rate * update; the updates may be overwritten. */
export function descend(
  weights: readonly Tensor[],
  updates: readonly Tensor[],
  rate: Factor,
): void {
  if (typeof rate === "number") {
    foreach("add_", weights, updates, { alpha: -rate });
    return;
  }
  scaleBy(updates, rate);
  foreach("sub_", weights, updates);
}

/** (numPieces) float32: how many updates each piece has seen. */
export function stepsOf(pieces: readonly Piece[]): Tensor {
  return stack(pieces.map(({ step }) => step));
}

/** 1 - beta^step, of which a mean that began as 0 is too small; exact in float32 where beta is near 1. */
export function correction(beta: number, steps: Tensor): Tensor {
  return steps.mul(Math.log(beta)).expm1().neg();
}

/** Adam's corrections of both means for each piece, as a rate and as what eps is multiplied by where it is added after them. */
export function adamFactors(
  lr: number | Tensor,
  betas: readonly [number, number],
  pieces: readonly Piece[],
): { readonly rates: Tensor; readonly epsFactors: Tensor } {
  const steps = stepsOf(pieces);
  const epsFactors = correction(betas[1], steps).sqrt();
  return { rates: epsFactors.div(correction(betas[0], steps)).mul(lr as number), epsFactors };
}

/** One () tensor for each element. */
export function each(vector: Tensor): Tensor[] {
  return ops.aten.unbind(vector, 0);
}

/** (numTensors) float32: the L2 norm of each. */
export function normsOf(tensors: readonly Tensor[]): Tensor {
  return stack(foreach("norm", tensors, 2, { dtype: "float32" }));
}

/**
 * Norms of whole weights, given those of the slices at hand.
 * @param norms (numNorms, numPieces), of all pieces of an update
 */
export function overSlices(norms: Tensor, { sumOverSlices }: Scaling): Tensor {
  return sumOverSlices === undefined ? norms : sumOverSlices(norms.square()).sqrt();
}

/** a / b, and 1 where either is 0. */
export function ratioOrOne(a: Tensor, b: Tensor): Tensor {
  const isBoth = a.gt(0).logicalAnd(b.gt(0));
  return ops.aten.where(isBoth, a.div(b), a.onesLike());
}
