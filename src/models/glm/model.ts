// GLM-4 as `glm`: neighbouring numbers of each head's first half are turned.
import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import { GLM_CONFIG, type GlmConfig, type GlmOptions } from "./config.js";
import { type GlmLayer, glmLayer, glmRotary } from "./layers.js";

const GLM: DecoderFamily<GlmConfig, GlmLayer> = {
  table: GLM_CONFIG,
  layer: glmLayer,
  rotary: glmRotary,
};

/** A GLM-4 (`glm`) with a language-model head (GLM Team 2024), for one device. */
export class GlmForCausalLM extends DecoderForCausalLM<GlmConfig, GlmLayer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: GlmOptions, weights: RandomWeights = {}) {
    super(GLM, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<GlmConfig> = {},
  ): Promise<GlmForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: GLM_CONFIG,
      build: (config) => new GlmForCausalLM(config, { seed: null }),
    });
  }
}
