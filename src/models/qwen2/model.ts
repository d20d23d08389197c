// Qwen2 and Qwen2.5: later layers may have a window.
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { switchedWindow } from "../decoder/windows.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { QWEN2_CONFIG, type Qwen2Config, type Qwen2Options } from "./config.js";
import { type Qwen2Layer, qwen2Layer } from "./layers.js";

const QWEN2: DecoderFamily<Qwen2Config, Qwen2Layer> = {
  table: QWEN2_CONFIG,
  layer: qwen2Layer,
  layerTypes: ({ layerTypes }) => layerTypes,
  window: switchedWindow,
};

/** A Qwen2 or Qwen2.5 with a language-model head (Yang et al. 2024), for one device. */
export class Qwen2ForCausalLM extends DecoderForCausalLM<Qwen2Config, Qwen2Layer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: Qwen2Options, weights: RandomWeights = {}) {
    super(QWEN2, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<Qwen2Config> = {},
  ): Promise<Qwen2ForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: QWEN2_CONFIG,
      build: (config) => new Qwen2ForCausalLM(config, { seed: null }),
    });
  }
}
