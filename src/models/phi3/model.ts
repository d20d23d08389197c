// Phi-3 and Phi-4: every layer has the same window, if any.
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { allLayers } from "../decoder/windows.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { rotatedDims } from "../rotary/config.js";
import { RotaryEmbedding } from "../rotary/embedding.js";
import { PHI3_CONFIG, type Phi3Config, type Phi3Options } from "./config.js";
import { phi3Widths } from "./cost.js";
import { type Phi3Layer, phi3Layer } from "./layers.js";

const PHI3: DecoderFamily<Phi3Config, Phi3Layer> = {
  table: PHI3_CONFIG,
  layer: phi3Layer,
  layerTypes: (config) => allLayers(config, "sliding_attention"),
  window: ({ slidingWindow }) => slidingWindow,
  rotary: (config) => new RotaryEmbedding(config, { dims: rotatedDims(config) }),
  keptWidths: phi3Widths,
};

/** A Phi-3 or Phi-4 with a language-model head (Abdin et al. 2024), for one device. */
export class Phi3ForCausalLM extends DecoderForCausalLM<Phi3Config, Phi3Layer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: Phi3Options, weights: RandomWeights = {}) {
    super(PHI3, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<Phi3Config> = {},
  ): Promise<Phi3ForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: PHI3_CONFIG,
      build: (config) => new Phi3ForCausalLM(config, { seed: null }),
    });
  }
}
