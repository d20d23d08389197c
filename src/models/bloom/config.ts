// What a BLOOM is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, dropoutRate, integer, nullable } from "../../arguments/checks.js";
import { EVEN_HEAD_DIM, evenHeadProblem, fraction, size, TOKEN_IDS } from "../config-checks.js";
import { ConfigTable } from "../config-table.js";

/** Sizes and choices of a BLOOM, by the names of transformers in camel case. */
export interface BloomConfig {
  /** Tokens that have an embedding. */
  readonly vocabSize: number;
  /** Width of the residual stream; the MLP is four times as wide. */
  readonly hiddenSize: number;
  /** Number of decoder layers. */
  readonly numHiddenLayers: number;
  /** Heads of attention in each layer. */
  readonly numAttentionHeads: number;
  /** Width of one head: hiddenSize / numAttentionHeads. */
  readonly headDim: number;
  /** Added to the variance in layer norms. */
  readonly layerNormEpsilon: number;
  /** Whether what a branch gives is added to its normed input, instead of to the residual stream. */
  readonly applyResidualConnectionPostLayernorm: boolean;
  /** Dropout of what each layer adds, while training. */
  readonly hiddenDropout: number;
  /** Probability of dropping an attention weight while training. */
  readonly attentionDropout: number;
  /** Whether the head is the embedding's matrix. */
  readonly tieWordEmbeddings: boolean;
  /** Standard deviation of the normal distribution of new weights. */
  readonly initializerRange: number;
  /** Token that begins a text. */
  readonly bosTokenId: number | null;
  /** Tokens that end generation. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Token that fills up rows. */
  readonly padTokenId: number | null;
}

/** What a new BLOOM is made from; what is left out has transformers' default. */
export type BloomOptions = Partial<Omit<BloomConfig, "headDim">>;

/** Read and written by the names and with the defaults of transformers. */
export const BLOOM_CONFIG: ConfigTable<BloomConfig> = new ConfigTable({
  modelType: "bloom",
  architecture: "BloomForCausalLM",
  fields: {
    vocabSize: { stored: "vocab_size", check: size, default: () => 250880 },
    hiddenSize: { stored: "hidden_size", alsoStored: "n_embed", check: size, default: () => 64 },
    numHiddenLayers: {
      stored: "n_layer",
      alsoStored: "num_hidden_layers",
      check: size,
      default: () => 2,
    },
    numAttentionHeads: {
      stored: "n_head",
      alsoStored: "num_attention_heads",
      check: size,
      default: () => 8,
    },
    headDim: EVEN_HEAD_DIM,
    layerNormEpsilon: { stored: "layer_norm_epsilon", check: fraction, default: () => 1e-5 },
    applyResidualConnectionPostLayernorm: {
      stored: "apply_residual_connection_post_layernorm",
      check: boolean,
      default: () => false,
    },
    hiddenDropout: { stored: "hidden_dropout", check: dropoutRate, default: () => 0 },
    attentionDropout: { stored: "attention_dropout", check: dropoutRate, default: () => 0 },
    tieWordEmbeddings: { stored: "tie_word_embeddings", check: boolean, default: () => true },
    initializerRange: { stored: "initializer_range", check: fraction, default: () => 0.02 },
    ...TOKEN_IDS,
    bosTokenId: { ...TOKEN_IDS.bosTokenId, default: () => 1 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, default: () => 2 },
  },
  others: {
    pretraining_tp: nullable(integer({ min: 1 })),
    slow_but_exact: nullable(boolean), // the order of sums alone
  },
  problem: (config, name) => evenHeadProblem(config, name),
});
