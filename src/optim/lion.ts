// Lion (Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms"): each weight moves by the rate, in the direction of
// the sign of a mean of gradients. One mean is all that is remembered.

import { checkOptions, type OptionTable } from "../arguments/options.js";
import type { Tensor } from "../tensor/tensor.js";
import { ADAM_OPTIONS } from "./adamw.js";
import { average, decay, descend, rateIn } from "./arithmetic.js";
import { inBatches } from "./batches.js";
import { foreach } from "./foreach.js";
import type { ParamGroup } from "./optimizer.js";
import { type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `Lion`, with the authors' names and defaults. */
export interface LionOptions {
  /** Learning rate, default 1e-4: a third to a tenth of AdamW's. */
  readonly lr?: number | Tensor;
  /** Shares of the mean in the direction of a step, and in the mean after it; default [0.9, 0.99]. */
  readonly betas?: readonly [number, number];
  /** Decoupled weight decay, default 0: three to ten times AdamW's. */
  readonly weightDecay?: number;
}

/** A group of `Lion`. */
export interface LionGroup extends ParamGroup {
  /** Shares of the mean in the direction of a step, and in the mean after it. */
  readonly betas: readonly [number, number];
  /** Decoupled weight decay. */
  readonly weightDecay: number;
}

const { lr: aRate, betas: twoBetas, weightDecay: aDecay } = ADAM_OPTIONS;
const OPTIONS: OptionTable<Omit<LionGroup, "parameters">> = {
  lr: aRate,
  betas: twoBetas,
  weightDecay: aDecay,
};

/** Lion (Chen et al. 2023); steps as lion-pytorch and bitsandbytes. */
export class Lion extends RuleOptimizer<LionGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<LionGroup>, options: LionOptions = {}) {
    checkOptions("new Lion", options, OPTIONS);
    const { lr = 1e-4, betas = [0.9, 0.99], weightDecay = 0 } = options;
    super({ parameters, defaults: { lr, betas, weightDecay }, table: OPTIONS, rule: RULE });
  }
}

const RULE: UpdateRule<LionGroup> = {
  name: "Lion",
  sees: () => "elements",
  state: (_, shape) => likeWeight(shape, "expAvg"),
  update(pieces: readonly Piece[], group: LionGroup, by: Scaling): void {
    const { betas, weightDecay } = group;
    inBatches(pieces, by, (batch) => {
      const grads = batch.grads();
      const means = stateOf(batch.pieces, "expAvg");
      const directions = foreach("lerp", means, grads, 1 - betas[0]);
      foreach("sign_", directions);
      decay(batch.weights, rateIn(group), weightDecay);
      descend(batch.weights, directions, rateIn(group));
      average(means, grads, betas[1]);
    });
  },
};
