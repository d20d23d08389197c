// GLM-4-0414 and GLM-Z1 as `glm4`: neighbouring numbers of each head's first half are turned.

import { sandwichWidths } from "../decoder/cost.js";
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { GLM4_CONFIG, type GlmConfig, type GlmOptions } from "../glm/config.js";
import { glmRotary } from "../glm/layers.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { type Glm4Layer, glm4Layer } from "./layers.js";

const GLM4: DecoderFamily<GlmConfig, Glm4Layer> = {
  table: GLM4_CONFIG,
  layer: glm4Layer,
  keptWidths: sandwichWidths,
  rotary: glmRotary,
};

/** A GLM-4-0414 (`glm4`) with a language-model head (GLM Team 2024), for one device. */
export class Glm4ForCausalLM extends DecoderForCausalLM<GlmConfig, Glm4Layer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: GlmOptions, weights: RandomWeights = {}) {
    super(GLM4, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<GlmConfig> = {},
  ): Promise<Glm4ForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: GLM4_CONFIG,
      build: (config) => new Glm4ForCausalLM(config, { seed: null }),
    });
  }
}
