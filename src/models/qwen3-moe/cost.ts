// What Qwen3's layers with and without experts keep.
import { type MixtureSizes, mixtureFloats, mixtureWidths } from "../experts/cost.js";
import { headWidths, normedHeadsWidths } from "../qwen3/cost.js";
import { hasExperts, type Qwen3MoeConfig } from "./config.js";

function mixtureOf(config: Qwen3MoeConfig): MixtureSizes {
  const { numExperts, numExpertsPerTok, moeIntermediateSize } = config;
  return { numExperts, numExpertsPerTok, expertSize: moeIntermediateSize };
}

export function layerWidths(config: Qwen3MoeConfig, index: number): readonly number[] {
  if (!hasExperts(config, index)) return normedHeadsWidths(config);
  return [...mixtureWidths(config, mixtureOf(config)), ...headWidths(config)];
}

export function layerFloats(config: Qwen3MoeConfig, index: number): number {
  return hasExperts(config, index) ? mixtureFloats(mixtureOf(config), config.normTopkProb) : 0;
}
