// What a Mistral is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { TOKEN_IDS } from "../config-checks.js";
import { ConfigTable } from "../config-table.js";
import {
  DECODER_CONSTANTS,
  DECODER_FIELDS,
  DECODER_OTHERS,
  type DecoderConfig,
  type DecoderOptions,
  decoderProblem,
} from "../decoder/config.js";
import { aWindow } from "../decoder/windows.js";
import { ROTARY, type Rope } from "../rotary/config.js";

/** Sizes and choices of a Mistral, by the names of transformers in camel case. */
export interface MistralConfig extends DecoderConfig {
  /** Tokens that a token sees in each layer, itself included; null: all earlier ones. */
  readonly slidingWindow: number | null;
}

/** What a new Mistral is made from; what is left out has a default. */
export type MistralOptions = DecoderOptions<MistralConfig>;

/** Read and written by the names and with the defaults of transformers. */
export const MISTRAL_CONFIG = new ConfigTable<MistralConfig, Rope>({
  modelType: "mistral",
  architecture: "MistralForCausalLM",
  fields: {
    ...DECODER_FIELDS,
    numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 8 },
    maxPositionEmbeddings: {
      ...DECODER_FIELDS.maxPositionEmbeddings,
      default: () => 131072,
    },
    slidingWindow: { stored: "sliding_window", check: aWindow, default: () => 4096 },
    bosTokenId: { ...TOKEN_IDS.bosTokenId, absent: 1 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, absent: 2 },
  },
  part: ROTARY,
  others: DECODER_OTHERS,
  constants: DECODER_CONSTANTS,
  problem: (config, name) => decoderProblem(config, name),
});
