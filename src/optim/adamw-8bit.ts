// AdamW with moments in 8 bits a number (Dettmers et al. 2022): two bytes of state a weight instead of eight, and our own kernel over
// all parameters of a group at once (native/kernels/adamw_8bit.cc), which allocates nothing.
import { integer } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { numElements } from "../tensor/element-range.js";
import { ops } from "../tensor/ops.js";
import {
  ADAM_OPTIONS,
  ADAMW,
  type AdamWGroup,
  type AdamWOptions,
  listsOf,
  numbersOf,
} from "./adamw.js";
import { BLOCK_SIZE } from "./dynamic-quantization.js";
import { momentsLayout } from "./moments.js";
import { type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { type Piece, type Scaling, stateOf, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `AdamW8bit`, with bitsandbytes' names in camel case and its defaults. */
export interface AdamW8bitOptions extends AdamWOptions {
  /** Weights of fewer elements keep moments in float32; default 4096. */
  readonly min8bitSize?: number;
}

/** A group of `AdamW8bit`. */
export interface AdamW8bitGroup extends AdamWGroup {
  /** Weights of fewer elements keep moments in float32. */
  readonly min8bitSize: number;
}

export const ADAMW_8BIT_OPTIONS: OptionTable<Omit<AdamW8bitGroup, "parameters">> = {
  ...ADAM_OPTIONS,
  min8bitSize: integer({ min: 0 }),
};

/** AdamW with 8-bit moments (Dettmers et al. 2022); steps as bitsandbytes' AdamW8bit. */
export class AdamW8bit extends RuleOptimizer<AdamW8bitGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<AdamW8bitGroup>, options: AdamW8bitOptions = {}) {
    checkOptions("new AdamW8bit", options, ADAMW_8BIT_OPTIONS);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 } = options;
    const defaults = { lr, betas, eps, weightDecay, min8bitSize: options.min8bitSize ?? 4096 };
    super({ parameters, defaults, table: ADAMW_8BIT_OPTIONS, rule: RULE });
  }
}

const RULE: UpdateRule<AdamW8bitGroup> = {
  name: "AdamW8bit",
  blockSize: BLOCK_SIZE,
  sees: () => "elements",
  state: (group, shape) => momentsLayout(shape, is8bit(group, shape)),
  update(pieces: readonly Piece[], group: AdamW8bitGroup, by: Scaling): void {
    const inCodes = pieces.filter(hasCodes);
    const inFloat32 = pieces.filter((piece) => !hasCodes(piece));
    if (inFloat32.length > 0) ADAMW.update(inFloat32, group, by);
    if (inCodes.length === 0) return;
    ops.notebooster.adamw_8bit_(
      ...listsOf(inCodes),
      stateOf(inCodes, "expAvgAbsmax"),
      stateOf(inCodes, "expAvgSqAbsmax"),
      numbersOf(inCodes, group, by),
    );
  },
};

/** Whether the moments take 8 bits a number. */
function hasCodes({ state }: Piece): boolean {
  return state["expAvgAbsmax"] !== undefined;
}

/** Whether moments of a weight take 8 bits a number. */
export function is8bit(
  { min8bitSize }: { readonly min8bitSize: number },
  shape: readonly number[],
): boolean {
  return numElements(shape) >= min8bitSize;
}
