// The mixture in each layer of a Mixtral.
import type { MixtureSizes } from "../experts/cost.js";
import type { MixtralConfig } from "./config.js";

export function mixtureOf(config: MixtralConfig): MixtureSizes {
  const { numLocalExperts, numExpertsPerTok, intermediateSize } = config;
  return { numExperts: numLocalExperts, numExpertsPerTok, expertSize: intermediateSize };
}
