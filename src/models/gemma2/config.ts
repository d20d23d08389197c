// What a Gemma 2 is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, nullable, number, oneOf, text } from "../../arguments/checks.js";
import { TOKEN_IDS } from "../config-checks.js";
import { notImplemented } from "../config-file.js";
import { ConfigTable } from "../config-table.js";
import {
  DECODER_FIELDS,
  DECODER_OTHERS,
  type DecoderConfig,
  type DecoderOptions,
  decoderProblem,
} from "../decoder/config.js";
import {
  aWindow,
  layerTypesField,
  layerTypesProblem,
  type TypedLayers,
} from "../decoder/windows.js";
import { ROTARY, type Rope } from "../rotary/config.js";

/** What all Gemmas have beyond other decoders. */
export interface GemmaConfig extends DecoderConfig, TypedLayers {
  /** Whether the projections of attention have a bias. */
  readonly attentionBias: boolean;
  /** Scores are divided by its root. */
  readonly queryPreAttnScalar: number;
  /** Logits are bent so that they stay below it; null: they are not. */
  readonly finalLogitSoftcapping: number | null;
}

/** Sizes and choices of a Gemma 2, by the names of transformers in camel case. */
export interface Gemma2Config extends GemmaConfig {
  /** Scores of attention are bent so that they stay below it; null: they are not. */
  readonly attnLogitSoftcapping: number | null;
}

/** What a new Gemma 2 is made from; what is left out has a default. */
export type Gemma2Options = DecoderOptions<Gemma2Config>;

const positive = number({ above: 0 });

/** Fields of all Gemmas but the types of layers, with the defaults of transformers. */
export const GEMMA_FIELDS = {
  ...DECODER_FIELDS,
  headDim: { ...DECODER_FIELDS.headDim, default: () => 256 },
  tieWordEmbeddings: { ...DECODER_FIELDS.tieWordEmbeddings, default: () => true },
  attentionBias: { stored: "attention_bias", check: boolean, default: () => false },
  queryPreAttnScalar: { stored: "query_pre_attn_scalar", check: positive, default: () => 256 },
  slidingWindow: { stored: "sliding_window", check: aWindow, default: () => 4096 },
  bosTokenId: { ...TOKEN_IDS.bosTokenId, absent: 2 },
  eosTokenId: { ...TOKEN_IDS.eosTokenId, absent: 1 },
  padTokenId: { ...TOKEN_IDS.padTokenId, absent: 0 },
} as const;

/** A soft cap as a field. */
export const softCap = (stored: string, cap: number | null) =>
  ({ stored, check: nullable(positive), default: () => cap }) as const;

/** Fields of a file that say what no Gemma here does. transformers looks at `hidden_activation` alone. */
export const GEMMA_OTHERS = {
  ...DECODER_OTHERS,
  hidden_act: nullable(text),
  hidden_activation: oneOf("gelu_pytorch_tanh"),
  use_bidirectional_attention: notImplemented("attention to later tokens", null, false),
} as const;

/** Written as they are. */
export const GEMMA_CONSTANTS = {
  hidden_activation: "gelu_pytorch_tanh",
  attention_dropout: 0,
} as const;

/** Read and written by the names and with the defaults of transformers. */
export const GEMMA2_CONFIG = new ConfigTable<Gemma2Config, Rope>({
  modelType: "gemma2",
  architecture: "Gemma2ForCausalLM",
  fields: {
    ...GEMMA_FIELDS,
    maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 8192 },
    numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 4 },
    layerTypes: layerTypesField<Gemma2Config>((_, index) =>
      index % 2 === 0 ? "sliding_attention" : "full_attention",
    ),
    finalLogitSoftcapping: softCap("final_logit_softcapping", 30),
    attnLogitSoftcapping: softCap("attn_logit_softcapping", 50),
  },
  part: ROTARY,
  others: GEMMA_OTHERS,
  constants: GEMMA_CONSTANTS,
  problem: (config, name) =>
    decoderProblem(config, name) ?? layerTypesProblem(config, config.slidingWindow, name),
});
