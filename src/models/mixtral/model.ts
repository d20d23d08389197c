// Mixtral: every layer has experts, and the same window.
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { allLayers } from "../decoder/windows.js";
import { mixtureFloats, mixtureWidths } from "../experts/cost.js";
import { ExpertsForCausalLM } from "../experts/model.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { MIXTRAL_CONFIG, type MixtralConfig, type MixtralOptions } from "./config.js";
import { mixtureOf } from "./cost.js";
import { MixtralLayer } from "./layers.js";

const MIXTRAL: DecoderFamily<MixtralConfig, MixtralLayer> = {
  table: MIXTRAL_CONFIG,
  layer: (config, place) => new MixtralLayer(config, place),
  layerTypes: (config) => allLayers(config, "sliding_attention"),
  window: ({ slidingWindow }) => slidingWindow,
  keptWidths: (config) => mixtureWidths(config, mixtureOf(config)),
  keptFloats: (config) => mixtureFloats(mixtureOf(config), true),
};

/** A Mixtral with a language-model head (Jiang et al. 2024), for one device. */
export class MixtralForCausalLM extends ExpertsForCausalLM<MixtralConfig, MixtralLayer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: MixtralOptions, weights: RandomWeights = {}) {
    super(MIXTRAL, options, weights);
  }

  /**
   * Loads a Hugging Face folder: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    folder: string,
    options: FromPretrainedOptions & Partial<MixtralConfig> = {},
  ): Promise<MixtralForCausalLM> {
    return DecoderForCausalLM.loadFamily(folder, options, {
      table: MIXTRAL_CONFIG,
      build: (config) => new MixtralForCausalLM(config, { seed: null }),
    });
  }
}
