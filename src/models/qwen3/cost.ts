// What Qwen3's layers keep beyond LLaMA's: queries and keys before their norms.
import type { DecoderConfig } from "../decoder/config.js";
import { keptWidths } from "../decoder/cost.js";

export function normedHeadsWidths(config: DecoderConfig): readonly number[] {
  return [...keptWidths(config), ...headWidths(config)];
}

/** Of queries and keys. */
export function headWidths(config: DecoderConfig): readonly [queries: number, keys: number] {
  const { numAttentionHeads, numKeyValueHeads, headDim } = config;
  return [numAttentionHeads * headDim, numKeyValueHeads * headDim];
}
