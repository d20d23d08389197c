// What the language model of a Gemma 3 is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { size } from "../config-checks.js";
import { ConfigTable } from "../config-table.js";
import { DECODER_FIELDS, type DecoderOptions, decoderProblem } from "../decoder/config.js";
import { layerTypesField, layerTypesProblem } from "../decoder/windows.js";
import {
  GEMMA_CONSTANTS,
  GEMMA_FIELDS,
  GEMMA_OTHERS,
  type GemmaConfig,
  softCap,
} from "../gemma2/config.js";
import { GEMMA3_ROTARY, type Gemma3Rope } from "./rope.js";

/** Sizes and choices of a Gemma 3, by the names of transformers in camel case. */
export interface Gemma3Config extends GemmaConfig, Gemma3Rope {
  /** Where `layerTypes` does not say it, one layer of so many sees all earlier tokens. */
  readonly slidingWindowPattern: number;
}

/** What a new Gemma 3 is made from; what is left out has a default. */
export type Gemma3Options = DecoderOptions<Gemma3Config>;

/** Read and written by the names and with the defaults of transformers. */
export const GEMMA3_CONFIG = new ConfigTable<Gemma3Config, Gemma3Rope>({
  modelType: "gemma3_text",
  architecture: "Gemma3ForCausalLM",
  fields: {
    ...GEMMA_FIELDS,
    maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 131072 },
    numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 4 },
    slidingWindowPattern: {
      stored: "sliding_window_pattern",
      alsoStored: "_sliding_window_pattern",
      check: size,
      default: () => 6,
    },
    layerTypes: layerTypesField<Gemma3Config>(({ slidingWindowPattern: pattern }, index) =>
      (index + 1) % pattern === 0 ? "full_attention" : "sliding_attention",
    ),
    finalLogitSoftcapping: softCap("final_logit_softcapping", null),
  },
  part: GEMMA3_ROTARY,
  others: GEMMA_OTHERS,
  constants: GEMMA_CONSTANTS,
  problem: (config, name) =>
    decoderProblem(config, name) ?? layerTypesProblem(config, config.slidingWindow, name),
});
