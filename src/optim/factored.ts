// Factored second moments (Shazeer and Stern 2018): of the last two dimensions of a weight, means over rows and over columns are
// remembered instead of a number for each element. Adafactor and CAME share this.
import type { Tensor } from "../tensor/tensor.js";

/** Whether a weight of this shape has rows and columns. */
export function isFactored(shape: readonly number[]): boolean {
  return shape.length >= 2;
}

/**
 * Moves the means towards those of what is given.
 * @param rows (..., n) or (..., n, 1), @param columns (..., m) or (..., 1, m), of squares (..., n, m)
 * @param weight of the new, from 0 to 1, or as a () tensor
 */
export function averageFactors(
  { rows, columns }: { readonly rows: Tensor; readonly columns: Tensor },
  squares: Tensor,
  weight: number | Tensor,
): void {
  rows.lerp_(squares.mean([-1]).view(...rows.shape), weight as number);
  columns.lerp_(squares.mean([-2]).view(...columns.shape), weight as number);
}

/** The root mean square of all elements, (). */
export function rms(x: Tensor): Tensor {
  return x.norm(2).div(Math.sqrt(x.numel));
}

/** Scales an update in place so that its root mean square is at most `threshold`. */
export function clipToRms(update: Tensor, threshold: number): Tensor {
  return update.div_(rms(update).div(threshold).clamp(1));
}
