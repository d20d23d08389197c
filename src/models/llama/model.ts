// LLaMA 1, 2 and 3.
import { DecoderForCausalLM } from "../decoder/model.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { LLAMA_CONFIG, type LlamaConfig, type LlamaOptions } from "./config.js";
import { type LlamaLayer, llamaLayer } from "./layers.js";

/** A model of the LLaMA family with a language-model head (Touvron et al. 2023), for one device. */
export class LlamaForCausalLM extends DecoderForCausalLM<LlamaConfig, LlamaLayer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: LlamaOptions, weights: RandomWeights = {}) {
    super({ table: LLAMA_CONFIG, layer: llamaLayer }, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<LlamaConfig> = {},
  ): Promise<LlamaForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: LLAMA_CONFIG,
      build: (config) => new LlamaForCausalLM(config, { seed: null }),
    });
  }
}
