// What Gemma 2's layers keep beyond others with norms before and behind each branch: where scores are bent, three matrices of them
// for each head.
import type { InputShape } from "../../nn/cost.js";
import { sandwichWidths } from "../decoder/cost.js";
import type { Gemma2Config } from "./config.js";

export function gemma2Widths(
  config: Gemma2Config,
  { sequenceLength }: InputShape,
): readonly number[] {
  if (config.attnLogitSoftcapping === null) return sandwichWidths(config);
  return [...sandwichWidths(config), 3 * config.numAttentionHeads * sequenceLength];
}
