// Functions of several tensors that models use.
import { native } from "../native/native.js";
import { Tensor } from "./tensor.js";

/** Joins tensors along an existing dimension. */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  return new Tensor(
    native.cat(
      tensors.map((tensor) => tensor.handle),
      dim,
    ),
  );
}

/** Joins tensors of equal shape along a new dimension. */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  return new Tensor(
    native.stack(
      tensors.map((tensor) => tensor.handle),
      dim,
    ),
  );
}

/** x (..., in) times weight (out, in) transposed, plus bias (out). */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  return new Tensor(native.linear(x.handle, weight.handle, bias?.handle));
}

/** Rows of weight (V, D) picked by indices (...): (..., D). */
export function embedding(weight: Tensor, indices: Tensor): Tensor {
  return new Tensor(native.embedding(weight.handle, indices.handle));
}

/** Mean negative log-likelihood of targets (N) under logits (N, V); targets of `ignoreIndex` do not count. */
export function crossEntropy(logits: Tensor, targets: Tensor, { ignoreIndex = -100 } = {}): Tensor {
  return new Tensor(native.crossEntropy(logits.handle, targets.handle, ignoreIndex));
}
