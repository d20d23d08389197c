// What the configurations of decoders with mixtures of experts have beside those of other decoders.
import { boolean, integer, number } from "../../arguments/checks.js";
import { size } from "../config-checks.js";
import type { DecoderConfig } from "../decoder/config.js";

/** Sizes and choices of a mixture of experts. */
export interface ExpertsConfig extends DecoderConfig {
  /** Experts that each token goes to. */
  readonly numExpertsPerTok: number;
  /** Whether outputs have an `auxLoss`, of which the loss has a part: how unevenly experts are used. */
  readonly outputRouterLogits: boolean;
  /** That part. */
  readonly routerAuxLossCoef: number;
}

const MOST_EXPERTS = 65536;

/** Of experts in a layer. */
export const expertCount = integer({ min: 1, max: MOST_EXPERTS });

/** With the defaults of most families. */
export const EXPERTS_FIELDS = {
  numExpertsPerTok: { stored: "num_experts_per_tok", check: size, default: () => 8 },
  outputRouterLogits: { stored: "output_router_logits", check: boolean, default: () => false },
  routerAuxLossCoef: {
    stored: "router_aux_loss_coef",
    check: number({ min: 0 }),
    default: () => 0.001,
  },
} as const;

/** What is wrong between the fields, in words. @param count the field that says how many experts there are */
export function expertsProblem<C extends ExpertsConfig>(
  config: C,
  count: keyof C & string,
  name: (field: keyof C & string) => string,
): string | undefined {
  const { numExpertsPerTok: chosen } = config;
  if (chosen <= Number(config[count])) return undefined;
  return `${name("numExpertsPerTok")} must be at most ${name(count)}, got ${chosen} and ${config[count]}`;
}
