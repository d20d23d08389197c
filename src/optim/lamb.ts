// LAMB (You et al. 2020, "Large Batch Optimization for Deep Learning: Training BERT in 76 minutes"): Adam's direction, each
// tensor's step as large as a share of its own norm.

import { boolean } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { cat, stack } from "../tensor/functional.js";
import type { Tensor } from "../tensor/tensor.js";
import { ADAM_OPTIONS, ADAMW, type AdamWGroup, type AdamWOptions } from "./adamw.js";
import {
  adamFactors,
  average,
  averageSquares,
  descend,
  each,
  normalized,
  normsOf,
  overSlices,
  rateIn,
  ratioOrOne,
} from "./arithmetic.js";
import { type Batch, inBatches } from "./batches.js";
import { foreach } from "./foreach.js";
import { type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `Lamb`, with Colossal-AI's names in camel case and its defaults. */
export interface LambOptions extends Omit<AdamWOptions, "eps" | "weightDecay"> {
  /** Default 1e-6. */
  readonly eps?: number;
  /** Times the weight it is part of the direction, before the trust ratio; default 0. */
  readonly weightDecay?: number;
  /** A trust ratio of 1 everywhere, to compare with; default false. */
  readonly adam?: boolean;
  /** Corrects the means' bias at the beginning, which the paper leaves out; default false. */
  readonly biasCorrection?: boolean;
}

/** A group of `Lamb`. */
export interface LambGroup extends AdamWGroup {
  /** A trust ratio of 1 everywhere. */
  readonly adam: boolean;
  /** Corrects the means' bias at the beginning. */
  readonly biasCorrection: boolean;
}

const OPTIONS: OptionTable<Omit<LambGroup, "parameters">> = {
  ...ADAM_OPTIONS,
  adam: boolean,
  biasCorrection: boolean,
};

/** LAMB (You et al. 2020); steps as Colossal-AI's Lamb. */
export class Lamb extends RuleOptimizer<LambGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<LambGroup>, options: LambOptions = {}) {
    checkOptions("new Lamb", options, OPTIONS);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-6, weightDecay = 0 } = options;
    const { adam = false, biasCorrection = false } = options;
    const defaults = { lr, betas, eps, weightDecay, adam, biasCorrection };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
  }
}

const RULE: UpdateRule<LambGroup> = {
  name: "Lamb",
  sees: () => "tensors",
  state: ADAMW.state,
  update(pieces: readonly Piece[], group: LambGroup, by: Scaling): void {
    const { betas, adam, biasCorrection } = group;
    const norms = inBatches(pieces, by, (batch) => {
      const grads = batch.grads();
      average(stateOf(batch.pieces, "expAvg"), grads, betas[0]);
      averageSquares(stateOf(batch.pieces, "expAvgSq"), grads, betas[1]);
      return stack([normsOf(batch.weights), normsOf(directions(batch, group))]);
    });
    const [ofWeights, ofDirections] = each(overSlices(cat(norms, 1), by)) as [Tensor, Tensor];
    const trust = adam ? ofWeights.onesLike() : ratioOrOne(ofWeights, ofDirections);
    const lr = biasCorrection ? adamFactors(rateIn(group), betas, pieces).rates : rateIn(group);
    const rates = trust.mul(lr as Tensor);
    let done = 0;
    inBatches(pieces, by, (batch) => {
      const { length } = batch.pieces;
      descend(batch.weights, directions(batch, group), each(rates.narrow(0, done, length)));
      done += length;
    });
  },
};

function directions({ pieces, weights }: Batch, { eps, weightDecay }: LambGroup): Tensor[] {
  const found = normalized(stateOf(pieces, "expAvg"), stateOf(pieces, "expAvgSq"), eps);
  if (weightDecay !== 0) foreach("add_", found, weights, { alpha: weightDecay });
  return found;
}
