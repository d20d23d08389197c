// What Gemma's layers keep beyond LLaMA's: what norms behind the branches are given, and, where scores are bent, three matrices of
// them for each head.
import type { InputShape } from "../../nn/cost.js";
import type { DecoderConfig } from "../decoder/config.js";
import { keptWidths } from "../decoder/cost.js";
import type { Gemma2Config } from "./config.js";

/** Of a layer with a norm before and behind each branch. */
export function sandwichWidths(config: DecoderConfig): readonly number[] {
  return [...keptWidths(config), config.hiddenSize, config.hiddenSize];
}

export function gemma2Widths(
  config: Gemma2Config,
  { sequenceLength }: InputShape,
): readonly number[] {
  if (config.attnLogitSoftcapping === null) return sandwichWidths(config);
  return [...sandwichWidths(config), 3 * config.numAttentionHeads * sequenceLength];
}
