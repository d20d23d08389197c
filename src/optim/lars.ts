// LARS (You et al. 2017, "Large Batch Training of Convolutional Networks"): momentum SGD, each tensor's rate in proportion to the
// norm of its weights over that of its gradient.

import { boolean, number } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { cat, stack } from "../tensor/functional.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import { descend, each, normsOf, overSlices, rateIn } from "./arithmetic.js";
import { inBatches, look } from "./batches.js";
import { foreach } from "./foreach.js";
import type { ParamGroup } from "./optimizer.js";
import { aDecay, aRate, type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `Lars`, with Colossal-AI's names in camel case and its defaults. */
export interface LarsOptions {
  /** Learning rate, default 1e-3. */
  readonly lr?: number | Tensor;
  /** Share of the update before that is made again; default 0. */
  readonly momentum?: number;
  /** The trust coefficient, default 1e-3. */
  readonly eeta?: number;
  /** Added to the gradient, times the weight; default 0. */
  readonly weightDecay?: number;
  /** Added to the norm of the gradient, default 0. */
  readonly epsilon?: number;
  /** False: the rate is the same for all tensors, as the paper has it for biases and norms; default true. */
  readonly lars?: boolean;
}

/** A group of `Lars`. */
export interface LarsGroup extends ParamGroup {
  /** Share of the update before that is made again. */
  readonly momentum: number;
  /** The trust coefficient. */
  readonly eeta: number;
  /** Added to the gradient, times the weight. */
  readonly weightDecay: number;
  /** Added to the norm of the gradient. */
  readonly epsilon: number;
  /** False: the rate is the same for all tensors. */
  readonly lars: boolean;
}

const OPTIONS: OptionTable<Omit<LarsGroup, "parameters">> = {
  lr: aRate,
  momentum: number({ min: 0 }),
  eeta: number({ above: 0, max: 1 }),
  weightDecay: aDecay,
  epsilon: number({ min: 0 }),
  lars: boolean,
};
const MAX_TRUST = 50;
const MAX_GRADIENT = 10;

/**
 * LARS (You et al. 2017); steps as Colossal-AI's Lars, which keeps the trust ratio below 50 and each decayed gradient within 10.
 * Colossal-AI leaves decay out where `lars` is false; here it is as given.
 */
export class Lars extends RuleOptimizer<LarsGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<LarsGroup>, options: LarsOptions = {}) {
    checkOptions("new Lars", options, OPTIONS);
    const { lr = 1e-3, momentum = 0, eeta = 1e-3, weightDecay = 0 } = options;
    const { epsilon = 0, lars = true } = options;
    const defaults = { lr, momentum, eeta, weightDecay, epsilon, lars };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
  }
}

const RULE: UpdateRule<LarsGroup> = {
  name: "Lars",
  sees: ({ lars }) => (lars ? "tensors" : "elements"),
  state: ({ momentum }, shape) => likeWeight(shape, ...(momentum === 0 ? [] : ["momentumBuffer"])),
  update(pieces: readonly Piece[], group: LarsGroup, by: Scaling): void {
    const { momentum, weightDecay, lars } = group;
    const rates = lars ? trust(pieces, group, by).mul(rateIn(group) as Tensor) : undefined;
    let done = 0;
    inBatches(pieces, by, ({ pieces: some, weights, grads }) => {
      const decayed = foreach("mul", weights, weightDecay);
      foreach("add_", decayed, grads());
      foreach("clamp_min_", decayed, -MAX_GRADIENT);
      foreach("clamp_max_", decayed, MAX_GRADIENT);
      const rate = rates === undefined ? rateIn(group) : each(rates.narrow(0, done, some.length));
      descend(weights, withMomentum(some, decayed, momentum), rate);
      done += some.length;
    });
  },
};

/** (numPieces) float32: eeta |w| / (|g| + weightDecay |w| + epsilon), and 1 where a norm is 0. */
function trust(pieces: readonly Piece[], group: LarsGroup, by: Scaling): Tensor {
  const { eeta, weightDecay, epsilon } = group;
  const norms = look(pieces, by, ({ weights, grads }) => stack([weights, grads()].map(normsOf)));
  const [w, g] = each(overSlices(cat(norms, 1), by)) as [Tensor, Tensor];
  const ratio = w
    .mul(eeta)
    .div(g.add(w.mul(weightDecay)).add(epsilon))
    .clamp(null, MAX_TRUST);
  return ops.aten.where(w.gt(0).logicalAnd(g.gt(0)), ratio, w.onesLike());
}

/** What is to be subtracted, times the rate: apart from the buffer, which stays as it is. */
function withMomentum(
  pieces: readonly Piece[],
  grads: readonly Tensor[],
  momentum: number,
): readonly Tensor[] {
  if (momentum === 0) return grads;
  const buffers = stateOf(pieces, "momentumBuffer");
  foreach("mul_", buffers, momentum);
  foreach("add_", buffers, grads);
  foreach("copy_", grads, buffers);
  return grads;
}
