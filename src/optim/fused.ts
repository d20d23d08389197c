// ATen's fused optimizer kernels, which take weights and gradients of one dtype: with masters, both in float32.
import { ops } from "../tensor/ops.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { markWritten } from "../tensor/version.js";
import { inTurns } from "./batches.js";
import { inFloat32 } from "./random-rounding.js";
import { type Piece, type Scaling, updated } from "./update-rule.js";

/** A call of one of ATen's kernels, which skips and unscales by itself. */
export type FusedKernel = (
  pieces: readonly Piece[],
  weights: readonly Tensor[],
  grads: readonly Tensor[],
  scaling: { readonly grad_scale?: Tensor; readonly found_inf?: Tensor },
) => void;

/** Updates the pieces by a kernel. */
export function fused(kernel: FusedKernel, pieces: readonly Piece[], by: Scaling): void {
  if (pieces.every(({ draws }) => draws === undefined)) {
    run(kernel, pieces, by);
    return;
  }
  for (const some of inTurns(pieces))
    scoped(() => {
      const { pieces: wide, round } = inFloat32(some);
      run(kernel, wide, by);
      round();
    });
}

function run(kernel: FusedKernel, pieces: readonly Piece[], { gradScale, skipIf }: Scaling): void {
  const weights = updated(pieces);
  const isMixed = pieces.some(({ grad }, i) => grad.dtype !== weights[i]?.dtype);
  const inOrder = pieces.map(({ grad }) => grad.contiguous());
  const grads = inOrder.map((grad) => (isMixed ? grad.to("float32") : scratch(grad, gradScale)));
  kernel(pieces, weights, grads, {
    ...(gradScale && { grad_scale: gradScale.reciprocal() }), // ATen divides
    ...(skipIf && { found_inf: skipIf }),
  });
  markWritten(weights);
  const targets = pieces.flatMap(({ target, master }) => (master === undefined ? [] : target));
  if (targets.length > 0) ops.aten._foreach_copy_(targets, weights);
}

/** ATen writes the unscaled gradient back; the person's own stays as it is. */
function scratch(grad: Tensor, gradScale: Tensor | undefined): Tensor {
  return gradScale === undefined ? grad : grad.clone();
}
