// What a model of the LLaMA family is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, integer, nullable } from "../../arguments/checks.js";
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
import { ROTARY, type Rope } from "../rotary/config.js";

/** Sizes and choices of a model of the LLaMA family, by the names of transformers in camel case. */
export interface LlamaConfig extends DecoderConfig {
  /** Whether the projections of attention have a bias. */
  readonly attentionBias: boolean;
  /** Whether the projections of the MLP have a bias. */
  readonly mlpBias: boolean;
}

/** What a new LLaMA is made from; what is left out has a default. */
export type LlamaOptions = DecoderOptions<LlamaConfig>;

/** Read and written by the names and with the defaults of transformers. */
export const LLAMA_CONFIG: ConfigTable<LlamaConfig, Rope> = new ConfigTable<LlamaConfig, Rope>({
  modelType: "llama",
  architecture: "LlamaForCausalLM",
  fields: {
    ...DECODER_FIELDS,
    attentionBias: { stored: "attention_bias", check: boolean, default: () => false },
    mlpBias: { stored: "mlp_bias", check: boolean, default: () => false },
    bosTokenId: { ...TOKEN_IDS.bosTokenId, absent: 1 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, absent: 2 },
  },
  part: ROTARY,
  others: { ...DECODER_OTHERS, pretraining_tp: nullable(integer({ min: 1 })) },
  constants: { ...DECODER_CONSTANTS, pretraining_tp: 1 },
  problem: (config, name) => decoderProblem(config, name),
});
