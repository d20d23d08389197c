// Qwen3: later layers may have a window.
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { switchedWindow } from "../decoder/windows.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { QWEN3_CONFIG, type Qwen3Config, type Qwen3Options } from "./config.js";
import { normedHeadsWidths } from "./cost.js";
import { type Qwen3Layer, qwen3Layer } from "./layers.js";

const QWEN3: DecoderFamily<Qwen3Config, Qwen3Layer> = {
  table: QWEN3_CONFIG,
  layer: qwen3Layer,
  layerTypes: ({ layerTypes }) => layerTypes,
  window: switchedWindow,
  keptWidths: normedHeadsWidths,
};

/** A Qwen3 with a language-model head (Yang et al. 2025), for one device. */
export class Qwen3ForCausalLM extends DecoderForCausalLM<Qwen3Config, Qwen3Layer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: Qwen3Options, weights: RandomWeights = {}) {
    super(QWEN3, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<Qwen3Config> = {},
  ): Promise<Qwen3ForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: QWEN3_CONFIG,
      build: (config) => new Qwen3ForCausalLM(config, { seed: null }),
    });
  }
}
