// Batch normalisation by the mean and variance of the rows of several ranks (as PyTorch's SyncBatchNorm). Sums are taken in two
// rounds, of the values and then of squared distances from the mean: one round of squares would cancel.
import { full } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";

/** The sum of all ranks' tensors, with a gradient: that of the sum, added up over ranks. */
export type SumOverRanks = (x: Tensor) => Tensor;

/** What batch normalisation has besides its input, each (C) where it is there. */
export interface NormState {
  readonly weight: Tensor | undefined;
  readonly bias: Tensor | undefined;
  readonly runningMean: Tensor | undefined;
  readonly runningVar: Tensor | undefined;
  readonly eps: number;
  /** Of these rows in the running statistics. */
  readonly share: number;
}

/** Normalises x (B, C, ...) by channel; ranks may have different B. */
export function normalizeOverRanks(x: Tensor, state: NormState, sum: SumOverRanks): Tensor {
  const [numChannels, ndim] = [x.shape[1] as number, x.ndim];
  const dims = Array.from({ length: ndim }, (_, dim) => dim).filter((dim) => dim !== 1);
  const alongChannels = (of: Tensor): Tensor =>
    of.reshape(...Array.from({ length: ndim }, (_, dim) => (dim === 1 ? numChannels : 1)));
  const wide = x.dtype === "float64" ? x : x.float(); // sums of 16 bits would lose rows
  const own = full([1], x.numel / numChannels, { dtype: wide.dtype, device: x.device });
  const sums = sum(cat([wide.sum(dims), own])); // (C + 1)
  const count = sums.narrow(0, numChannels, 1); // (1): rows of all ranks
  const mean = sums.narrow(0, 0, numChannels).div(count);
  const centered = wide.sub(alongChannels(mean));
  const squares = sum(centered.square().sum(dims)); // (C)
  keepRunning(state, { mean, squares, count });
  const scale = ops.aten.rsqrt(squares.div(count).add(state.eps));
  const weighted = state.weight === undefined ? scale : scale.mul(state.weight);
  const normed = centered.mul(alongChannels(weighted));
  return (state.bias === undefined ? normed : normed.add(alongChannels(state.bias))).to(x.dtype);
}

/** As PyTorch: the running variance is unbiased. */
function keepRunning(
  { runningMean, runningVar, share }: NormState,
  { mean, squares, count }: { mean: Tensor; squares: Tensor; count: Tensor },
): void {
  noGrad(() => {
    runningMean?.lerp_(mean.to(runningMean.dtype), share);
    runningVar?.lerp_(squares.div(count.sub(1)).to(runningVar.dtype), share);
  });
}
