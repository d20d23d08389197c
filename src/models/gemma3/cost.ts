// What Gemma 3's layers keep beyond LLaMA's: queries and keys before their norms, and what norms behind the branches are given.
import { sandwichWidths } from "../decoder/cost.js";
import type { Gemma3Config } from "./config.js";

export function gemma3Widths(config: Gemma3Config): readonly number[] {
  const { numAttentionHeads, numKeyValueHeads, headDim } = config;
  return [...sandwichWidths(config), numAttentionHeads * headDim, numKeyValueHeads * headDim];
}
