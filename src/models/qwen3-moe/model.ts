// Qwen3 with experts: all layers have one window, or none.
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { allLayers } from "../decoder/windows.js";
import { ExpertsForCausalLM } from "../experts/model.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { QWEN3_MOE_CONFIG, type Qwen3MoeConfig, type Qwen3MoeOptions } from "./config.js";
import { layerFloats, layerWidths } from "./cost.js";
import { type Qwen3MoeLayer, qwen3MoeLayer } from "./layers.js";

const QWEN3_MOE: DecoderFamily<Qwen3MoeConfig, Qwen3MoeLayer> = {
  table: QWEN3_MOE_CONFIG,
  layer: qwen3MoeLayer,
  layerTypes: (config) => allLayers(config, "sliding_attention"),
  window: ({ useSlidingWindow, slidingWindow }) => (useSlidingWindow ? slidingWindow : null),
  keptWidths: (config, _, index) => layerWidths(config, index),
  keptFloats: layerFloats,
};

/** A Qwen3 with experts and a language-model head (Yang et al. 2025), for one device. */
export class Qwen3MoeForCausalLM extends ExpertsForCausalLM<Qwen3MoeConfig, Qwen3MoeLayer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: Qwen3MoeOptions, weights: RandomWeights = {}) {
    super(QWEN3_MOE, options, weights);
  }

  /**
   * Loads a Hugging Face folder: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    folder: string,
    options: FromPretrainedOptions & Partial<Qwen3MoeConfig> = {},
  ): Promise<Qwen3MoeForCausalLM> {
    return DecoderForCausalLM.loadFamily(folder, options, {
      table: QWEN3_MOE_CONFIG,
      build: (config) => new Qwen3MoeForCausalLM(config, { seed: null }),
    });
  }
}
