// HybridAdam, Colossal-AI's optimizer: Adam or AdamW, with or without the correction of its means' bias. "Hybrid" says that
// weights and states may lie on the GPU or the host; here that is the plan's business, and the rule is the same.
import { boolean } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { tensor } from "../tensor/create.js";
import { ADAM } from "./adam.js";
import { ADAM_OPTIONS, ADAMW, type AdamWGroup, type AdamWOptions } from "./adamw.js";
import { type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import type { Piece, Scaling, UpdateRule } from "./update-rule.js";

/** Hyperparameters of `HybridAdam`, with Colossal-AI's names in camel case and its defaults. */
export interface HybridAdamOptions extends Omit<AdamWOptions, "weightDecay"> {
  /** Whether the running means are divided by what they fall short of at the beginning, default true. */
  readonly biasCorrection?: boolean;
  /** Default 0. */
  readonly weightDecay?: number;
  /** True: decay is decoupled, as AdamW's; false: it is added to the gradient, as Adam's. Default true. */
  readonly adamwMode?: boolean;
}

/** A group of `HybridAdam`. */
export interface HybridAdamGroup extends AdamWGroup {
  /** Whether the running means are divided by what they fall short of at the beginning. */
  readonly biasCorrection: boolean;
  /** Whether decay is decoupled. */
  readonly adamwMode: boolean;
}

const OPTIONS: OptionTable<Omit<HybridAdamGroup, "parameters">> = {
  ...ADAM_OPTIONS,
  biasCorrection: boolean,
  adamwMode: boolean,
};

/** Adam or AdamW (Kingma and Ba 2015, Loshchilov and Hutter 2019) as Colossal-AI's HybridAdam steps. */
export class HybridAdam extends RuleOptimizer<HybridAdamGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<HybridAdamGroup>, options: HybridAdamOptions = {}) {
    checkOptions("new HybridAdam", options, OPTIONS);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
    const { biasCorrection = true, adamwMode = true } = options;
    const defaults = { lr, betas, eps, weightDecay, biasCorrection, adamwMode };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
  }
}

const RULE: UpdateRule<HybridAdamGroup> = {
  name: "HybridAdam",
  sees: () => "elements",
  state: ADAMW.state,
  update(pieces: readonly Piece[], group: HybridAdamGroup, by: Scaling): void {
    const counted = group.biasCorrection ? pieces : withoutBias(pieces);
    if (group.adamwMode) ADAMW.update(counted, group, by);
    else ADAM.update(counted, { ...group, amsgrad: false }, by);
  },
};

/** After infinitely many updates a mean has no bias left. */
function withoutBias(pieces: readonly Piece[]): readonly Piece[] {
  const device = pieces[0]?.target.device ?? "cpu";
  const step = tensor(Number.POSITIVE_INFINITY, { dtype: "float32", device });
  return pieces.map((piece) => ({ ...piece, step }));
}
