// What a Mixtral is made of: sizes and choices, and Hugging Face's `config.json` of them.

import { TOKEN_IDS } from "../config-checks.js";
import { notImplemented } from "../config-file.js";
import { ConfigTable } from "../config-table.js";
import {
  DECODER_CONSTANTS,
  DECODER_FIELDS,
  DECODER_OTHERS,
  type DecoderOptions,
  decoderProblem,
} from "../decoder/config.js";
import { aWindow } from "../decoder/windows.js";
import {
  EXPERTS_FIELDS,
  type ExpertsConfig,
  expertCount,
  expertsProblem,
} from "../experts/config.js";
import { type Rope, rotary } from "../rotary/config.js";

/** Sizes and choices of a Mixtral, by the names of transformers in camel case. */
export interface MixtralConfig extends ExpertsConfig {
  /** Experts in each layer. */
  readonly numLocalExperts: number;
  /** Tokens that a token sees in each layer, itself included; null: all earlier ones. */
  readonly slidingWindow: number | null;
}

/** What a new Mixtral is made from; what is left out has a default. */
export type MixtralOptions = DecoderOptions<MixtralConfig>;

/** Read and written by the names and with the defaults of transformers. */
export const MIXTRAL_CONFIG = new ConfigTable<MixtralConfig, Rope>({
  modelType: "mixtral",
  architecture: "MixtralForCausalLM",
  fields: {
    ...DECODER_FIELDS,
    numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 8 },
    maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 131072 },
    rmsNormEps: { ...DECODER_FIELDS.rmsNormEps, default: () => 1e-5 },
    slidingWindow: { stored: "sliding_window", check: aWindow, default: () => null },
    ...EXPERTS_FIELDS,
    numLocalExperts: {
      stored: "num_local_experts",
      alsoStored: "num_experts",
      check: expertCount,
      default: () => 8,
    },
    numExpertsPerTok: { ...EXPERTS_FIELDS.numExpertsPerTok, default: () => 2 },
    bosTokenId: { ...TOKEN_IDS.bosTokenId, absent: 1 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, absent: 2 },
  },
  part: rotary(1e6),
  others: {
    ...DECODER_OTHERS,
    router_jitter_noise: notImplemented("noise of what the router sees", null, 0),
  },
  constants: DECODER_CONSTANTS,
  problem: (config, name) =>
    decoderProblem(config, name) ?? expertsProblem(config, "numLocalExperts", name),
});
