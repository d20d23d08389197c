// What a mixture of experts keeps of each row between the passes, in place of what an MLP keeps.
import type { DecoderConfig } from "../decoder/config.js";
import { attentionWidths } from "../decoder/cost.js";

/** Sizes of a mixture. */
export interface MixtureSizes {
  readonly numExperts: number;
  readonly numExpertsPerTok: number;
  /** Width of each expert. */
  readonly expertSize: number;
}

/** Widths of a layer with a norm before each branch whose MLP is a mixture. */
export function mixtureWidths(
  config: DecoderConfig,
  { numExpertsPerTok: k, expertSize: f }: MixtureSizes,
): readonly number[] {
  const { hiddenSize: c } = config;
  const experts = [c, f, f, f, c].map((width) => width * k); // inputs, gate, up, their product, outputs
  return [...attentionWidths(config), c, c, ...experts, k]; // sum, norm, weights
}

/** Numbers of four bytes: likelihoods, choices and two permutations in eight bytes each. @param isNormalized weights are divided by their sum */
export function mixtureFloats(
  { numExperts, numExpertsPerTok: k }: MixtureSizes,
  isNormalized: boolean,
): number {
  return numExperts + 2 * 3 * k + (isNormalized ? k + 1 : 0);
}
