// GaLore's AdamW with moments in 8 bits a number, Colossal-AI's GaLoreAdamW8bit.
import { checkOptions, type OptionTable } from "../arguments/options.js";
import type { AdamWOptions } from "./adamw.js";
import { ADAMW_8BIT_OPTIONS, is8bit } from "./adamw-8bit.js";
import {
  GALORE_OPTIONS,
  type GaLoreGroup,
  type GaLoreOptions,
  galoreDefaults,
  galoreRule,
} from "./galore.js";
import { type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";

/** Hyperparameters of `GaLoreAdamW8bit`, with Colossal-AI's names in camel case and its defaults. */
export interface GaLoreAdamW8bitOptions extends Omit<AdamWOptions, "lr">, GaLoreOptions {
  /** Learning rate, default 1e-2. */
  readonly lr?: AdamWOptions["lr"];
  /** Moments of fewer elements, after projection, stay in float32; default 4096. */
  readonly min8bitSize?: number;
}

/** A group of `GaLoreAdamW8bit`. */
export interface GaLoreAdamW8bitGroup extends GaLoreGroup {
  /** Moments of fewer elements, after projection, stay in float32. */
  readonly min8bitSize: number;
}

const OPTIONS: OptionTable<Omit<GaLoreAdamW8bitGroup, "parameters">> = {
  ...ADAMW_8BIT_OPTIONS,
  ...GALORE_OPTIONS,
};

/** `GaLoreAdamW` with block-wise quantised moments (Zhao et al. 2024, Dettmers et al. 2022); steps as Colossal-AI's GaLoreAdamW8bit. */
export class GaLoreAdamW8bit extends RuleOptimizer<GaLoreAdamW8bitGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(
    parameters: GivenParameters<GaLoreAdamW8bitGroup>,
    options: GaLoreAdamW8bitOptions = {},
  ) {
    checkOptions("new GaLoreAdamW8bit", options, OPTIONS);
    const { lr = 1e-2, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 } = options;
    const { min8bitSize = 4096 } = options;
    const defaults = { lr, betas, eps, weightDecay, min8bitSize, ...galoreDefaults(options) };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
  }
}

const RULE = galoreRule<GaLoreAdamW8bitGroup>({
  name: "GaLoreAdamW8bit",
  is8bit,
  correctsFirst: true,
  correctsBias: () => true,
});
