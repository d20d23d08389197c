// AdamW (Loshchilov and Hutter 2019), with our own kernel over all parameters of a group at once (native/kernels/adamw.cc):
// moments, masters and arithmetic in float32, a 16-bit parameter written in the same pass. Steps as torch.optim.AdamW.
import { listOf, number } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import { Tensor } from "../tensor/tensor.js";
import type { ParamGroup } from "./optimizer.js";
import { drawsOf } from "./random-rounding.js";
import { aDecay, aRate, type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `AdamW`, with PyTorch's names in camel case and its defaults. */
export interface AdamWOptions {
  /** Learning rate, default 1e-3. One float32 number on the parameters' device can be changed between a CUDA graph's replays. */
  readonly lr?: number | Tensor;
  /** Decay of the running means of the gradient and of its square, default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly eps?: number;
  /** Decoupled weight decay, default 0.01. */
  readonly weightDecay?: number;
}

/** A group of `AdamW`. */
export interface AdamWGroup extends ParamGroup {
  /** Decay of the running means of the gradient and of its square. */
  readonly betas: readonly [number, number];
  /** Added to the root of the second moment. */
  readonly eps: number;
  /** Decoupled weight decay. */
  readonly weightDecay: number;
}

export const ADAM_OPTIONS: OptionTable<Omit<AdamWGroup, "parameters">> = {
  lr: aRate,
  betas: listOf(number({ min: 0, below: 1 }), { length: 2 }),
  eps: number({ min: 0 }),
  weightDecay: aDecay,
};

/** AdamW (Loshchilov and Hutter 2019); steps as torch.optim.AdamW, in one pass over all parameters of a group. */
export class AdamW extends RuleOptimizer<AdamWGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<AdamWGroup>, options: AdamWOptions = {}) {
    checkOptions("new AdamW", options, ADAM_OPTIONS);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 } = options;
    const defaults = { lr, betas, eps, weightDecay };
    super({ parameters, defaults, table: ADAM_OPTIONS, rule: ADAMW });
  }
}

export const ADAMW: UpdateRule<AdamWGroup> = {
  name: "AdamW",
  sees: () => "elements",
  state: (_, shape) => likeWeight(shape, "expAvg", "expAvgSq"),
  update(pieces: readonly Piece[], group: AdamWGroup, by: Scaling): void {
    ops.notebooster.adamw_(...listsOf(pieces), numbersOf(pieces, group, by));
  },
};

/** What our kernels take first: targets, masters, gradients and both moments or their codes. */
export function listsOf(
  pieces: readonly Piece[],
): [targets: Tensor[], masters: Tensor[], grads: Tensor[], expAvgs: Tensor[], expAvgSqs: Tensor[]] {
  return [
    pieces.map(({ target }) => target),
    pieces.flatMap(({ master }) => master ?? []),
    pieces.map(({ grad }) => grad),
    stateOf(pieces, "expAvg"),
    stateOf(pieces, "expAvgSq"),
  ];
}

/** And last. */
export function numbersOf(
  pieces: readonly Piece[],
  { lr, betas, eps, weightDecay }: Omit<AdamWGroup, "parameters">,
  { gradScale, skipIf }: Scaling,
) {
  return {
    ...(lr instanceof Tensor ? { lr: 0, lr_tensor: lr } : { lr }),
    beta1: betas[0],
    beta2: betas[1],
    eps,
    weight_decay: weightDecay,
    steps: pieces.map(({ step }) => step),
    ...(gradScale && { grad_scale: gradScale }),
    ...(skipIf && { found_inf: skipIf }),
    ...drawsOf(pieces),
  };
}
