// Stochastic gradient descent with momentum (Sutskever et al. 2013). Steps as torch.optim.SGD, by ATen's fused kernel.
import { boolean, number } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import { type FusedKernel, fused } from "./fused.js";
import { groupBy } from "./group-by.js";
import { isUpdate } from "./known-steps.js";
import type { ParamGroup } from "./optimizer.js";
import { aDecay, aRate, type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `SGD`, with PyTorch's names in camel case and its defaults. */
export interface SGDOptions {
  /** Learning rate, default 1e-3. */
  readonly lr?: number | Tensor;
  /** Share of the update before that is made again; default 0. */
  readonly momentum?: number;
  /** Share of the gradient that the momentum leaves out; default 0. */
  readonly dampening?: number;
  /** Added to the gradient, times the weight; default 0. */
  readonly weightDecay?: number;
  /** Looks ahead by the momentum; default false. */
  readonly nesterov?: boolean;
}

/** A group of `SGD`. */
export interface SGDGroup extends ParamGroup {
  /** Share of the update before that is made again. */
  readonly momentum: number;
  /** Share of the gradient that the momentum leaves out. */
  readonly dampening: number;
  /** Added to the gradient, times the weight. */
  readonly weightDecay: number;
  /** Looks ahead by the momentum. */
  readonly nesterov: boolean;
}

const OPTIONS: OptionTable<Omit<SGDGroup, "parameters">> = {
  lr: aRate,
  momentum: number({ min: 0 }),
  dampening: number(),
  weightDecay: aDecay,
  nesterov: boolean,
};

/** Stochastic gradient descent with momentum; steps as torch.optim.SGD. */
export class SGD extends RuleOptimizer<SGDGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<SGDGroup>, options: SGDOptions = {}) {
    checkOptions("new SGD", options, OPTIONS);
    const { lr = 1e-3, momentum = 0, dampening = 0, weightDecay = 0, nesterov = false } = options;
    const defaults = { lr, momentum, dampening, weightDecay, nesterov };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
    for (const group of this.paramGroups) requireMomentum(group);
  }
}

const RULE: UpdateRule<SGDGroup> = {
  name: "SGD",
  sees: () => "elements",
  state: ({ momentum }, shape) => likeWeight(shape, ...(momentum === 0 ? [] : ["momentumBuffer"])),
  update(pieces: readonly Piece[], group: SGDGroup, by: Scaling): void {
    for (const [isFirst, alike] of byFirst(pieces, group, by)) {
      const { lr, momentum, dampening, weightDecay, nesterov } = group;
      const kernel: FusedKernel = (some, weights, grads, scaling) =>
        ops.aten._fused_sgd_(
          weights,
          grads,
          momentum === 0 ? [] : stateOf(some, "momentumBuffer"),
          {
            lr: lr as number, // or a tensor: an overload of its own
            ...{ momentum, dampening, nesterov, maximize: false },
            ...{ weight_decay: weightDecay, is_first_step: isFirst, ...scaling },
          },
        );
      fused(kernel, alike, by);
    }
  },
};

/** The first gradient is not dampened. Without dampening a buffer of zeros gives the same, and nothing needs to be read. */
function byFirst(
  pieces: readonly Piece[],
  { dampening, momentum }: SGDGroup,
  by: Scaling,
): Iterable<[isFirst: boolean, pieces: readonly Piece[]]> {
  if (dampening === 0 || momentum === 0) return [[false, pieces]];
  return groupBy(pieces, ({ step }) => isUpdate(step, by, (count) => count <= 1));
}

function requireMomentum({ nesterov, momentum, dampening }: SGDGroup): void {
  if (!nesterov || (momentum > 0 && dampening === 0)) return;
  throw new RangeError(
    `new SGD: nesterov needs a momentum above 0 and a dampening of 0, got momentum ${momentum}, dampening ${dampening}`,
  );
}
