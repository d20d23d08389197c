// CAME (Luo et al. 2023, "CAME: Confidence-guided Adaptive Memory Efficient Optimization"): Adafactor's factored second moments, and
// a mean of updates that is divided by how much the updates differ from it, in factors as well.
import { listOf, number, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import type { Tensor } from "../tensor/tensor.js";
import { average, decay, descend, rateIn } from "./arithmetic.js";
import { inBatches } from "./batches.js";
import { averageFactors, clipToRms, isFactored } from "./factored.js";
import type { ParamGroup } from "./optimizer.js";
import { aDecay, aRate, type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `CAME`, with the authors' names in camel case and their defaults. */
export interface CAMEOptions {
  /** Learning rate; the authors take half to nine tenths of AdamW's. */
  readonly lr: number | Tensor;
  /** Added to squares of gradients, and to squares of what updates differ by from their mean; default [1e-30, 1e-16]. */
  readonly eps?: readonly [number, number];
  /** Largest root mean square of an update, default 1. */
  readonly clipThreshold?: number;
  /** Decay of the means of updates, of squares of gradients, and of what updates differ by; default [0.9, 0.999, 0.9999]. */
  readonly betas?: readonly [number, number, number];
  /** Decoupled weight decay, default 0. */
  readonly weightDecay?: number;
}

/** A group of `CAME`. */
export interface CAMEGroup extends ParamGroup {
  /** Added to squares of gradients, and to squares of what updates differ by from their mean. */
  readonly eps: readonly [number, number];
  /** Largest root mean square of an update. */
  readonly clipThreshold: number;
  /** Decay of the means of updates, of squares of gradients, and of what updates differ by. */
  readonly betas: readonly [number, number, number];
  /** Decoupled weight decay. */
  readonly weightDecay: number;
}

const OPTIONS: OptionTable<Omit<CAMEGroup, "parameters">> = {
  lr: aRate,
  eps: listOf(number({ min: 0 }), { length: 2 }),
  clipThreshold: number({ above: 0 }),
  betas: listOf(number({ min: 0, below: 1 }), { length: 3 }),
  weightDecay: aDecay,
};

/** CAME (Luo et al. 2023); steps as the authors' came-pytorch and Colossal-AI's CAME. */
export class CAME extends RuleOptimizer<CAMEGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that is missing, does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<CAMEGroup>, options: CAMEOptions) {
    checkOptions("new CAME", options, OPTIONS);
    const { lr, eps = [1e-30, 1e-16], clipThreshold = 1, weightDecay = 0 } = options;
    const { betas = [0.9, 0.999, 0.9999] } = options;
    requireValue("new CAME: lr", lr, OPTIONS.lr);
    const defaults = { lr, eps, clipThreshold, betas, weightDecay };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
  }
}

const RULE: UpdateRule<CAMEGroup> = {
  name: "CAME",
  sees: () => "matrices",
  state(_, shape) {
    if (!isFactored(shape)) return likeWeight(shape, "expAvg", "expAvgSq");
    const columns = [...shape.slice(0, -2), ...shape.slice(-1)];
    return {
      ...likeWeight(shape, "expAvg"),
      ...likeWeight(shape.slice(0, -1), "expAvgSqRow", "expAvgResRow"),
      ...likeWeight(columns, "expAvgSqCol", "expAvgResCol"),
    };
  },
  update(pieces: readonly Piece[], group: CAMEGroup, by: Scaling): void {
    inBatches(pieces, by, ({ pieces: some, weights, grads }) => {
      const updates = grads().map((grad, i) => updateOf(some[i] as Piece, grad, group));
      decay(weights, rateIn(group), group.weightDecay);
      descend(weights, updates, rateIn(group));
    });
  },
};

function updateOf(
  { state }: Piece,
  grad: Tensor,
  { eps, betas, clipThreshold }: CAMEGroup,
): Tensor {
  const { expAvg, expAvgSq, expAvgSqRow, expAvgSqCol, expAvgResRow, expAvgResCol } = state;
  const mean = expAvg as Tensor;
  const squares = grad.square().add_(eps[0]);
  const scale =
    expAvgSq === undefined
      ? inverseRoot(expAvgSqRow as Tensor, expAvgSqCol as Tensor, { squares, beta: betas[1] })
      : expAvgSq.lerp_(squares, 1 - betas[1]).rsqrt();
  const update = clipToRms(scale.mul_(grad), clipThreshold);
  average([mean], [update], betas[0]);
  if (expAvgResRow === undefined || expAvgResCol === undefined) return mean.clone();
  const differences = update.sub_(mean).square_().add_(eps[1]);
  return inverseRoot(expAvgResRow, expAvgResCol, { squares: differences, beta: betas[2] }).mul_(
    mean,
  );
}

/** Moves the factors towards those of the squares; 1 / sqrt(of what they stand for). */
function inverseRoot(
  rows: Tensor,
  columns: Tensor,
  { squares, beta }: { readonly squares: Tensor; readonly beta: number },
): Tensor {
  averageFactors({ rows, columns }, squares, 1 - beta);
  const ofRows = rows
    .div(rows.mean([-1], true))
    .rsqrt_()
    .unsqueeze(-1);
  return ofRows.mul(columns.rsqrt().unsqueeze(-2));
}
