// Mistral: every layer has the same window.
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { allLayers } from "../decoder/windows.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { MISTRAL_CONFIG, type MistralConfig, type MistralOptions } from "./config.js";
import { type MistralLayer, mistralLayer } from "./layers.js";

const MISTRAL: DecoderFamily<MistralConfig, MistralLayer> = {
  table: MISTRAL_CONFIG,
  layer: mistralLayer,
  layerTypes: (config) => allLayers(config, "sliding_attention"),
  window: ({ slidingWindow }) => slidingWindow,
};

/** A Mistral with a language-model head (Jiang et al. 2023), for one device. */
export class MistralForCausalLM extends DecoderForCausalLM<MistralConfig, MistralLayer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: MistralOptions, weights: RandomWeights = {}) {
    super(MISTRAL, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<MistralConfig> = {},
  ): Promise<MistralForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: MISTRAL_CONFIG,
      build: (config) => new MistralForCausalLM(config, { seed: null }),
    });
  }
}
