// Adam (Kingma and Ba 2015): weight decay is added to the gradient. Steps as torch.optim.Adam, by ATen's fused kernel.
import { boolean } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import { ADAM_OPTIONS, type AdamWGroup, type AdamWOptions } from "./adamw.js";
import { type FusedKernel, fused } from "./fused.js";
import { type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `Adam`, with PyTorch's names in camel case and its defaults. */
export interface AdamOptions extends Omit<AdamWOptions, "weightDecay"> {
  /** Added to the gradient, times the weight; default 0. */
  readonly weightDecay?: number;
  /** Divides by the largest second moment seen (Reddi et al. 2018); default false. */
  readonly amsgrad?: boolean;
}

/** A group of `Adam`. */
export interface AdamGroup extends AdamWGroup {
  /** Divides by the largest second moment seen. */
  readonly amsgrad: boolean;
}

const OPTIONS: OptionTable<Omit<AdamGroup, "parameters">> = { ...ADAM_OPTIONS, amsgrad: boolean };

/** Adam (Kingma and Ba 2015); steps as torch.optim.Adam. */
export class Adam extends RuleOptimizer<AdamGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<AdamGroup>, options: AdamOptions = {}) {
    checkOptions("new Adam", options, OPTIONS);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8 } = options;
    const { weightDecay = 0, amsgrad = false } = options;
    const defaults = { lr, betas, eps, weightDecay, amsgrad };
    super({ parameters, defaults, table: OPTIONS, rule: ADAM });
  }
}

export const ADAM: UpdateRule<AdamGroup> = {
  name: "Adam",
  sees: () => "elements",
  state: ({ amsgrad }, shape) =>
    likeWeight(shape, "expAvg", "expAvgSq", ...(amsgrad ? ["maxExpAvgSq"] : [])),
  update(pieces: readonly Piece[], group: AdamGroup, by: Scaling): void {
    const { lr, betas, eps, weightDecay, amsgrad } = group;
    const kernel: FusedKernel = (some, weights, grads, scaling) =>
      ops.aten._fused_adam_(
        weights,
        grads,
        stateOf(some, "expAvg"),
        stateOf(some, "expAvgSq"),
        amsgrad ? stateOf(some, "maxExpAvgSq") : [],
        some.map(({ step }) => step),
        {
          lr: lr as number, // or a tensor: an overload of its own
          ...{ eps, amsgrad, maximize: false, weight_decay: weightDecay },
          ...{ beta1: betas[0], beta2: betas[1], ...scaling },
        },
      );
    fused(kernel, pieces, by);
  },
};
