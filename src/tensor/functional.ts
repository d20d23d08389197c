// Functions of several tensors that models use.
import { call } from "./ops.js";
import type { Tensor } from "./tensor.js";

/** Joins tensors along an existing dimension. */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  return call("cat", tensors, dim);
}

/** Joins tensors of equal shape along a new dimension. */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  return call("stack", tensors, dim);
}

/** x (..., in) times weight (out, in) transposed, plus bias (out). */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  return call("linear", x, weight, bias);
}

/** Rows of weight (V, D) picked by indices (...): (..., D). */
export function embedding(weight: Tensor, indices: Tensor): Tensor {
  return call("embedding", weight, indices);
}

/** Mean negative log-likelihood of targets (N) under logits (N, V); targets of `ignoreIndex` do not count. */
export function crossEntropy(logits: Tensor, targets: Tensor, { ignoreIndex = -100 } = {}): Tensor {
  return call("cross_entropy_loss", logits, targets, null, "mean", ignoreIndex);
}
