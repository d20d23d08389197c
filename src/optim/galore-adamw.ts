// GaLore's AdamW with moments in float32.
import { boolean } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { ADAM_OPTIONS, type AdamWOptions } from "./adamw.js";
import {
  GALORE_OPTIONS,
  type GaLoreGroup,
  type GaLoreOptions,
  galoreDefaults,
  galoreRule,
} from "./galore.js";
import { type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";

/** Hyperparameters of `GaLoreAdamW`, with the authors' names in camel case and their defaults. */
export interface GaLoreAdamWOptions
  extends Omit<AdamWOptions, "eps" | "weightDecay">,
    GaLoreOptions {
  /** Added to the root of the second moment before its correction; default 1e-6. */
  readonly eps?: number;
  /** Decoupled weight decay, after the step; default 0. */
  readonly weightDecay?: number;
  /** Whether the running means are divided by what they fall short of at the beginning, default true. */
  readonly correctBias?: boolean;
}

/** A group of `GaLoreAdamW`, with moments in float32. */
export interface GaLoreAdamWGroup extends GaLoreGroup {
  /** Whether the running means are divided by what they fall short of at the beginning. */
  readonly correctBias: boolean;
}

const OPTIONS: OptionTable<Omit<GaLoreAdamWGroup, "parameters">> = {
  ...ADAM_OPTIONS,
  correctBias: boolean,
  ...GALORE_OPTIONS,
};

/**
 * AdamW whose moments of matrices are those of projected gradients (Zhao et al. 2024); steps as the authors' GaLoreAdamW, and on
 * parameters that are no matrices as AdamW.
 */
export class GaLoreAdamW extends RuleOptimizer<GaLoreAdamWGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<GaLoreAdamWGroup>, options: GaLoreAdamWOptions = {}) {
    checkOptions("new GaLoreAdamW", options, OPTIONS);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-6, weightDecay = 0 } = options;
    const { correctBias = true } = options;
    const defaults = { lr, betas, eps, weightDecay, correctBias, ...galoreDefaults(options) };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
  }
}

const RULE = galoreRule<GaLoreAdamWGroup>({
  name: "GaLoreAdamW",
  is8bit: () => false,
  correctsFirst: false,
  correctsBias: ({ correctBias }) => correctBias,
});
