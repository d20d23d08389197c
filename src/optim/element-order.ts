// Kernels that update weights go through memory from its beginning to its end, whatever the strides say: they get weights whose
// memory holds their elements one after another, as what is remembered of them does. A view of a part of a tensor is not of
// that kind, nor is a transposed one.
import { areContiguous } from "../tensor/contiguous.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Piece } from "./update-rule.js";

/** Runs `update` on the pieces, with copies of weights that are not contiguous; the weights become the updated copies. */
export function inElementOrder(
  pieces: readonly Piece[],
  update: (pieces: readonly Piece[]) => void,
): void {
  if (areContiguous(pieces.map(({ target }) => target))) {
    update(pieces);
    return;
  }
  const strided: { readonly target: Tensor; readonly copy: Tensor }[] = [];
  const inOrder = pieces.map((piece) => {
    const { target } = piece;
    if (target.isContiguous()) return piece;
    const copy = target.contiguous();
    strided.push({ target, copy });
    return { ...piece, target: copy };
  });
  update(inOrder);
  for (const { target, copy } of strided) target.copy_(copy);
}
