// Functions of several tensors that models use. Models call them for every layer, so what is given is looked at only as far as a
// right call costs nothing.
import { type Check, integer, kind, listOf, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { aTensor } from "./arguments.js";
import { call } from "./ops.js";
import { isTensor } from "./scope.js";
import type { Tensor } from "./tensor.js";

/**
 * Joins tensors along an existing dimension.
 * @throws TypeError unless `tensors` is a list
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  requireList("cat", tensors, dim);
  return call("cat", tensors, dim);
}

/**
 * Joins tensors of equal shape along a new dimension.
 * @throws TypeError unless `tensors` is a list
 */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  requireList("stack", tensors, dim);
  return call("stack", tensors, dim);
}

/** x (..., in) times weight (out, in) transposed, plus bias (out). */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (!(isTensor(x) && isTensor(weight))) {
    requireValue("linear: x", x, aTensor);
    requireValue("linear: weight", weight, aTensor);
  }
  return call("linear", x, weight, bias);
}

/** Rows of weight (V, D) picked by indices (...): (..., D). */
export function embedding(weight: Tensor, indices: Tensor): Tensor {
  if (!(isTensor(weight) && isTensor(indices))) {
    requireValue("embedding: weight", weight, aTensor);
    requireValue("embedding: indices", indices, aTensor);
  }
  return call("embedding", weight, indices);
}

/** Elements of `x` where `condition` is true, else of `y`; all three are broadcast. */
export function where(condition: Tensor, x: Tensor | number, y: Tensor | number): Tensor {
  requireValue("where: condition", condition, aTensor);
  requireValue("where: x", x, TENSOR_OR_NUMBER);
  requireValue("where: y", y, TENSOR_OR_NUMBER);
  return call("where", condition, x, y);
}

export interface CrossEntropyOptions {
  /** Targets that do not count, default -100. */
  readonly ignoreIndex?: number;
}

const CROSS_ENTROPY_OPTIONS = { ignoreIndex: integer() };

/** Mean negative log-likelihood of targets (N) under logits (N, V); targets of `ignoreIndex` do not count. */
export function crossEntropy(
  logits: Tensor,
  targets: Tensor,
  options: CrossEntropyOptions = {},
): Tensor {
  requireValue("crossEntropy: logits", logits, aTensor);
  requireValue("crossEntropy: targets", targets, aTensor);
  checkOptions("crossEntropy", options, CROSS_ENTROPY_OPTIONS);
  return call("cross_entropy_loss", logits, targets, null, "mean", options.ignoreIndex ?? -100);
}

const TENSORS = listOf(aTensor);
const TENSOR_OR_NUMBER: Check<Tensor | number> = kind(
  "a tensor or a number",
  (value) => typeof value === "number" || isTensor(value),
);

function requireList(name: string, tensors: readonly Tensor[], dim: number): void {
  if (!(Array.isArray(tensors) && tensors.every(isTensor)))
    requireValue(`${name}: tensors`, tensors, TENSORS);
  if (!Number.isInteger(dim)) requireValue(`${name}: dim`, dim, integer());
  if (tensors.length === 0)
    throw new RangeError(`${name}: tensors must be a list of at least one tensor, got []`);
}
