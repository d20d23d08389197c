// GaLore (Zhao et al. 2024, "GaLore: Memory-Efficient LLM Training by Gradient Low-Rank Projection"): Adam's moments are those of
// gradients projected on their main singular vectors, which are found anew every few hundred updates.
import { integer, nullable, number, oneOf } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import type { AdamWGroup } from "./adamw.js";
import {
  adamFactors,
  average,
  averageSquares,
  decay,
  descend,
  each,
  normalized,
  rateIn,
  scaleBy,
} from "./arithmetic.js";
import { inBatches } from "./batches.js";
import { isUpdate } from "./known-steps.js";
import { momentsLayout, readMoments, writeMoments } from "./moments.js";
import type { Piece, Scaling, UpdateRule } from "./update-rule.js";

/** What projects a matrix, with the authors' names in camel case and their defaults. */
export interface GaLoreOptions {
  /** Singular vectors kept of each matrix, default 256; null, in a group: its matrices are stepped as they are. */
  readonly rank?: number | null;
  /** Updates until they are found anew, default 200. */
  readonly updateProjGap?: number;
  /** What updates are multiplied by, default 0.25. */
  readonly scale?: number;
  /**
   * Which side of an n x m matrix is projected: "std" the shorter one, the default; "reverse_std" the longer one; "right" the
   * columns (m), "left" the rows (n).
   */
  readonly projType?: ProjType;
}

/** Which side of a matrix GaLore projects. */
export type ProjType = "std" | "reverse_std" | "right" | "left";

/** A group whose matrices may be projected. */
export interface GaLoreGroup extends AdamWGroup {
  /** Singular vectors kept of each matrix; null: its matrices are stepped as they are. */
  readonly rank: number | null;
  /** Updates until they are found anew. */
  readonly updateProjGap: number;
  /** What updates are multiplied by. */
  readonly scale: number;
  /** Which side of a matrix is projected. */
  readonly projType: ProjType;
}

export const GALORE_OPTIONS: OptionTable<Required<GaLoreOptions>> = {
  rank: nullable(integer({ min: 1 })),
  updateProjGap: integer({ min: 1 }),
  scale: number({ above: 0 }),
  projType: oneOf("std", "reverse_std", "right", "left"),
};

/** Fills in what was not given. */
export function galoreDefaults({ rank, updateProjGap, scale, projType }: GaLoreOptions) {
  return {
    rank: rank === undefined ? 256 : rank,
    updateProjGap: updateProjGap ?? 200,
    scale: scale ?? 0.25,
    projType: projType ?? ("std" as const),
  };
}

/** What differs between classes. */
export interface GaLoreVariant<G extends GaLoreGroup> {
  readonly name: string;
  /** Whether moments of this shape take 8 bits a number. */
  is8bit(group: G, shape: readonly number[]): boolean;
  /** Whether eps is added after the moments' correction, as in PyTorch. */
  readonly correctsFirst: boolean;
  /** Whether the means' bias is corrected. */
  correctsBias(group: G): boolean;
}

/** AdamW on projected gradients of matrices, and on all else as it is; decay comes after the step. */
export function galoreRule<G extends GaLoreGroup>(variant: GaLoreVariant<G>): UpdateRule<G> {
  return {
    name: variant.name,
    sees: ({ rank }) => (rank === null ? "elements" : "matrices"),
    state(group, shape) {
      const projected = projectionOf(group, shape);
      if (projected === undefined) return momentsLayout(shape, variant.is8bit(group, shape));
      const { basis, lowRank } = projected;
      return {
        projection: { shape: basis, dtype: "float32", isExact: true },
        ...momentsLayout(lowRank, variant.is8bit(group, lowRank)),
      };
    },
    update(pieces: readonly Piece[], group: G, by: Scaling): void {
      inBatches(pieces, by, ({ pieces: some, weights, grads }) => {
        const seen = grads().map((grad, i) => project(some[i] as Piece, grad, { group, by }));
        const steps = adamSteps(some, seen, { group, variant });
        descend(
          weights,
          steps.map((step, i) => projectBack(some[i] as Piece, step, group)),
          1,
        );
        decay(weights, rateIn(group), group.weightDecay);
      });
    },
  };
}

/** Adam's steps, rates included. */
function adamSteps<G extends GaLoreGroup>(
  pieces: readonly Piece[],
  grads: readonly Tensor[],
  { group, variant }: { readonly group: G; readonly variant: GaLoreVariant<G> },
): Tensor[] {
  const { betas, eps } = group;
  const moments = readMoments(pieces);
  average(moments.expAvg, grads, betas[0]);
  averageSquares(moments.expAvgSq, grads, betas[1]);
  const { rates, epsFactors } = adamFactors(rateIn(group), betas, pieces);
  const ownEps = variant.correctsFirst ? each(epsFactors.mul(eps)) : eps;
  const steps = normalized(moments.expAvg, moments.expAvgSq, ownEps);
  writeMoments(pieces, moments);
  scaleBy(steps, variant.correctsBias(group) ? each(rates) : rateIn(group));
  return steps;
}

interface Projection {
  /** "right": gradient (n, m) by basis (rank, m) transposed; "left": basis (n, rank) transposed by gradient. */
  readonly side: "right" | "left";
  readonly basis: readonly number[];
  readonly lowRank: readonly number[];
}

/** How a weight of this shape is projected; undefined where it is not. */
function projectionOf(
  { rank, projType }: GaLoreGroup,
  shape: readonly number[],
): Projection | undefined {
  const [n, m] = shape;
  if (rank === null || n === undefined || m === undefined || shape.length !== 2) return undefined;
  const kept = Math.min(rank, n, m);
  return sideOf(projType, n >= m) === "right"
    ? { side: "right", basis: [kept, m], lowRank: [n, kept] }
    : { side: "left", basis: [n, kept], lowRank: [kept, m] };
}

function sideOf(projType: ProjType, isTall: boolean): "right" | "left" {
  if (projType === "std") return isTall ? "right" : "left";
  if (projType === "reverse_std") return isTall ? "left" : "right";
  return projType;
}

function project(
  { step, state }: Piece,
  grad: Tensor,
  { group, by }: { readonly group: GaLoreGroup; readonly by: Scaling },
): Tensor {
  const projected = projectionOf(group, grad.shape);
  if (projected === undefined) return grad;
  const basis = state["projection"] as Tensor;
  const isDue = isUpdate(step, by, (count) => (count - 1) % group.updateProjGap === 0);
  if (isDue) basis.copy_(singularVectors(grad, projected));
  return projected.side === "right" ? grad.matmul(basis.t()) : basis.t().matmul(grad);
}

/** @param grad of a step that is skipped it need not be finite: LAPACK refuses such, and what is found will be undone */
function singularVectors(grad: Tensor, { side, basis }: Projection): Tensor {
  const [u, , vh] = ops.aten.linalg_svd(grad.nanToNum(0, 0, 0), false);
  return side === "right"
    ? vh.narrow(0, 0, basis[0] as number)
    : u.narrow(1, 0, basis[1] as number);
}

function projectBack({ target, state }: Piece, step: Tensor, group: GaLoreGroup): Tensor {
  const projected = projectionOf(group, target.shape);
  if (projected === undefined) return step;
  const basis = state["projection"] as Tensor;
  const whole = projected.side === "right" ? step.matmul(basis) : basis.matmul(step);
  return whole.mul_(group.scale);
}
