// The last dimensions of a tensor, over which LayerNorm and RMSNorm normalise.
import { anyOf, integer, kind } from "../arguments/checks.js";
import type { Tensor } from "../tensor/tensor.js";

const size = integer({ min: 1 });

/** A size or a list of at least one. */
export const normalizedShape = anyOf(
  size,
  kind<readonly number[]>(
    "a list of at least one such size",
    (value) => Array.isArray(value) && value.length > 0 && value.every((one) => size.accepts(one)),
  ),
);

/** What the last dimensions of `x` must be, if they are something else. */
export function normalizedDims(x: Tensor, shape: readonly number[]): string | undefined {
  const given = x.shape;
  const first = given.length - shape.length;
  if (shape.every((size, dim) => given[first + dim] === size)) return undefined;
  if (shape.length === 1) return `the last dimension must be ${shape[0]}`;
  return `the last ${shape.length} dimensions must be [${shape.join(", ")}]`;
}
