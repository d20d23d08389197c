// What Qwen3's layers keep beyond LLaMA's: queries and keys before their norms.
import type { DecoderConfig } from "../decoder/config.js";
import { keptWidths } from "../decoder/cost.js";

export function normedHeadsWidths(config: DecoderConfig): readonly number[] {
  const { numAttentionHeads, numKeyValueHeads, headDim } = config;
  return [...keptWidths(config), numAttentionHeads * headDim, numKeyValueHeads * headDim];
}
