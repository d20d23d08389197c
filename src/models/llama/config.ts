// What a model of the LLaMA family is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, integer, nullable, oneOf } from "../../arguments/checks.js";
import { fraction, headProblem, padProblem, size, TOKEN_IDS } from "../config-checks.js";
import { notImplemented } from "../config-file.js";
import { ConfigTable } from "../config-table.js";
import { ROTARY, type Rope, type RotaryConfig, ropeProblem } from "../rotary/config.js";

/** Sizes and choices of a model of the LLaMA family, by the names of transformers in camel case. */
export interface LlamaConfig extends RotaryConfig {
  /** Tokens that have an embedding. */
  readonly vocabSize: number;
  /** Width of the residual stream. */
  readonly hiddenSize: number;
  /** Width of the MLP. */
  readonly intermediateSize: number;
  /** Number of decoder layers. */
  readonly numHiddenLayers: number;
  /** Heads of queries in each layer. */
  readonly numAttentionHeads: number;
  /** Heads of keys and values in each layer; each serves equally many query heads. */
  readonly numKeyValueHeads: number;
  /** Added to the mean square in RMS norms. */
  readonly rmsNormEps: number;
  /** Whether the head is the embedding's matrix. */
  readonly tieWordEmbeddings: boolean;
  /** Whether the projections of attention have a bias. */
  readonly attentionBias: boolean;
  /** Whether the projections of the MLP have a bias. */
  readonly mlpBias: boolean;
  /** Standard deviation of the normal distribution of new weights. */
  readonly initializerRange: number;
  /** Token that begins a text. */
  readonly bosTokenId: number | null;
  /** Tokens that end generation. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Token that fills up rows. */
  readonly padTokenId: number | null;
}

/** What a new LLaMA is made from; what is left out has a default. */
export type LlamaOptions = Partial<LlamaConfig> &
  Pick<
    LlamaConfig,
    "vocabSize" | "hiddenSize" | "intermediateSize" | "numHiddenLayers" | "numAttentionHeads"
  >;

/** Read and written by the names and with the defaults of transformers. */
export const LLAMA_CONFIG: ConfigTable<LlamaConfig, Rope> = new ConfigTable<LlamaConfig, Rope>({
  modelType: "llama",
  architecture: "LlamaForCausalLM",
  fields: {
    vocabSize: { stored: "vocab_size", check: size },
    hiddenSize: { stored: "hidden_size", check: size },
    intermediateSize: { stored: "intermediate_size", check: size },
    numHiddenLayers: { stored: "num_hidden_layers", check: size },
    numAttentionHeads: { stored: "num_attention_heads", check: size },
    numKeyValueHeads: {
      stored: "num_key_value_heads",
      check: size,
      default: ({ numAttentionHeads }) => numAttentionHeads,
      mayBeNull: true,
    },
    headDim: {
      stored: "head_dim",
      check: size,
      default: ({ hiddenSize, numAttentionHeads }) => hiddenSize / numAttentionHeads,
      mayBeNull: true,
    },
    maxPositionEmbeddings: {
      stored: "max_position_embeddings",
      check: size,
      default: () => 2048,
    },
    rmsNormEps: { stored: "rms_norm_eps", check: fraction, default: () => 1e-6 },
    tieWordEmbeddings: { stored: "tie_word_embeddings", check: boolean, default: () => false },
    attentionBias: { stored: "attention_bias", check: boolean, default: () => false },
    mlpBias: { stored: "mlp_bias", check: boolean, default: () => false },
    initializerRange: { stored: "initializer_range", check: fraction, default: () => 0.02 },
    ...TOKEN_IDS,
    bosTokenId: { ...TOKEN_IDS.bosTokenId, absent: 1 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, absent: 2 },
  },
  part: ROTARY,
  others: {
    hidden_act: oneOf("silu", "swish"),
    attention_dropout: notImplemented("dropout of attention weights", null, 0),
    pretraining_tp: nullable(integer({ min: 1 })),
  },
  constants: { hidden_act: "silu", attention_dropout: 0, pretraining_tp: 1 },
  problem: (config, name) =>
    headProblem(config, name) ?? padProblem(config, name) ?? ropeProblem(config),
});
