// Gemma 3's language model: most layers have a window, and turn tokens by angles of their own; embeddings are scaled.

import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { GEMMA } from "../gemma2/model.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import type { RotaryConfig } from "../rotary/config.js";
import { RotaryEmbedding } from "../rotary/embedding.js";
import { GEMMA3_CONFIG, type Gemma3Config, type Gemma3Options } from "./config.js";
import { gemma3Widths } from "./cost.js";
import { type Gemma3Layer, gemma3Layer } from "./layers.js";

const GEMMA3: DecoderFamily<Gemma3Config, Gemma3Layer> = {
  ...GEMMA,
  table: GEMMA3_CONFIG,
  layer: gemma3Layer,
  rotary: (config, type) => new RotaryEmbedding(type === "full_attention" ? config : local(config)),
  keptWidths: gemma3Widths,
};

/** How sliding layers turn tokens. */
function local(config: Gemma3Config): RotaryConfig {
  return { ...config, ropeTheta: config.ropeLocalBaseFreq, ropeScaling: null };
}

/** A Gemma 3 with a language-model head (Gemma Team 2025), for one device. */
export class Gemma3ForCausalLM extends DecoderForCausalLM<Gemma3Config, Gemma3Layer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: Gemma3Options, weights: RandomWeights = {}) {
    super(GEMMA3, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<Gemma3Config> = {},
  ): Promise<Gemma3ForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: GEMMA3_CONFIG,
      build: (config) => new Gemma3ForCausalLM(config, { seed: null }),
    });
  }
}
