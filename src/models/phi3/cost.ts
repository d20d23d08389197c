// What Phi-3's layers keep beyond LLaMA's: values are a part of the matrix of all projections, which stays as a whole.
import { keptWidths } from "../decoder/cost.js";
import type { Phi3Config } from "./config.js";

export function phi3Widths(config: Phi3Config): readonly number[] {
  const { numAttentionHeads, numKeyValueHeads, headDim } = config;
  return [...keptWidths(config), numAttentionHeads * headDim, numKeyValueHeads * headDim];
}
