// Gemma 2: layers with a window and without in turns, embeddings that are scaled, and logits that are bent.

import type { DecoderFamily } from "../decoder/family.js";
import { DecoderForCausalLM } from "../decoder/model.js";
import { UnitOffsetRMSNorm } from "../decoder/unit-offset-norm.js";
import type { FromPretrainedOptions, RandomWeights } from "../model-options.js";
import {
  GEMMA2_CONFIG,
  type Gemma2Config,
  type Gemma2Options,
  type GemmaConfig,
} from "./config.js";
import { gemma2Widths } from "./cost.js";
import { type Gemma2Layer, gemma2Layer } from "./layers.js";

/** What all Gemmas have beyond other decoders. */
export const GEMMA = {
  layerTypes: ({ layerTypes }) => layerTypes,
  window: ({ slidingWindow }) => slidingWindow,
  finalNorm: ({ hiddenSize, rmsNormEps }) => new UnitOffsetRMSNorm(hiddenSize, rmsNormEps),
  firstNormWeight: 0,
  embeddingScale: ({ hiddenSize }) => Math.sqrt(hiddenSize),
  logitSoftCap: ({ finalLogitSoftcapping }) => finalLogitSoftcapping,
} satisfies Partial<DecoderFamily<GemmaConfig>>;

const GEMMA2: DecoderFamily<Gemma2Config, Gemma2Layer> = {
  ...GEMMA,
  table: GEMMA2_CONFIG,
  layer: gemma2Layer,
  keptWidths: gemma2Widths,
  scoreSoftCap: ({ attnLogitSoftcapping }) => attnLogitSoftcapping,
};

/** A Gemma 2 with a language-model head (Gemma Team 2024), for one device. */
export class Gemma2ForCausalLM extends DecoderForCausalLM<Gemma2Config, Gemma2Layer> {
  /** A model with random weights drawn from `seed`; null leaves them undefined, for who fills them at once. */
  constructor(options: Gemma2Options, weights: RandomWeights = {}) {
    super(GEMMA2, options, weights);
  }

  /**
   * Loads a Hugging Face folder, or a model of the Hub by its name: config.json and safetensors, sharded or not.
   * @throws CheckpointError naming the file or tensor that is missing or wrong
   */
  static async fromPretrained(
    source: string,
    options: FromPretrainedOptions & Partial<Gemma2Config> = {},
  ): Promise<Gemma2ForCausalLM> {
    return DecoderForCausalLM.loadFamily(source, options, {
      table: GEMMA2_CONFIG,
      build: (config) => new Gemma2ForCausalLM(config, { seed: null }),
    });
  }
}
