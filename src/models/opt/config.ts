// What an OPT is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, dropoutRate } from "../../arguments/checks.js";
import { ACTIVATION_ALIASES, type ActivationName, anActivation } from "../activation.js";
import {
  EVEN_HEAD_DIM,
  evenHeadProblem,
  fraction,
  padProblem,
  size,
  TOKEN_IDS,
} from "../config-checks.js";
import { notImplemented } from "../config-file.js";
import { ConfigTable } from "../config-table.js";

/** Sizes and choices of an OPT, by the names of transformers in camel case. */
export interface OPTConfig {
  /** Tokens that have an embedding. */
  readonly vocabSize: number;
  /** Width of the residual stream. */
  readonly hiddenSize: number;
  /** Number of decoder layers. */
  readonly numHiddenLayers: number;
  /** Heads of attention in each layer. */
  readonly numAttentionHeads: number;
  /** Width of one head: hiddenSize / numAttentionHeads. */
  readonly headDim: number;
  /** Width of the MLP. */
  readonly ffnDim: number;
  /** Longest sequence: positions have learned embeddings. */
  readonly maxPositionEmbeddings: number;
  /** Whether layer norms stand before attention and MLP, else after their sums with the residual stream. */
  readonly doLayerNormBefore: boolean;
  /** Whether there is no norm before the head though the others stand before their branches, as in some early fine-tuned models. */
  readonly removeFinalLayerNorm: boolean;
  /** Width of embeddings and head, which are projected where it is not hiddenSize. */
  readonly wordEmbedProjDim: number;
  /** Of what each layer adds, while training. */
  readonly dropout: number;
  /** Probability of dropping an attention weight while training. */
  readonly attentionDropout: number;
  /** Of the MLP. */
  readonly activationFunction: ActivationName;
  /** Whether the projections of layers have a bias. */
  readonly enableBias: boolean;
  /** Whether layer norms have a weight and a bias. */
  readonly layerNormElementwiseAffine: boolean;
  /** Whether the head is the embedding's matrix. */
  readonly tieWordEmbeddings: boolean;
  /** Standard deviation of the normal distribution of new weights. */
  readonly initStd: number;
  /** Token that begins a text. */
  readonly bosTokenId: number | null;
  /** Tokens that end generation. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Token that fills up rows; its vector is not trained. */
  readonly padTokenId: number | null;
}

/** The sizes of OPT 125M unless given. */
export type OPTOptions = Partial<Omit<OPTConfig, "headDim">>;

/** Read and written by the names and with the defaults of transformers. */
export const OPT_CONFIG: ConfigTable<OPTConfig> = new ConfigTable({
  modelType: "opt",
  architecture: "OPTForCausalLM",
  fields: {
    vocabSize: { stored: "vocab_size", check: size, default: () => 50272 },
    hiddenSize: { stored: "hidden_size", check: size, default: () => 768 },
    numHiddenLayers: { stored: "num_hidden_layers", check: size, default: () => 12 },
    numAttentionHeads: { stored: "num_attention_heads", check: size, default: () => 12 },
    headDim: EVEN_HEAD_DIM,
    ffnDim: {
      stored: "ffn_dim",
      check: size,
      default: ({ hiddenSize }) => 4 * hiddenSize,
      absent: 3072,
    },
    maxPositionEmbeddings: { stored: "max_position_embeddings", check: size, default: () => 2048 },
    doLayerNormBefore: { stored: "do_layer_norm_before", check: boolean, default: () => true },
    removeFinalLayerNorm: {
      stored: "_remove_final_layer_norm",
      check: boolean,
      default: () => false,
    },
    wordEmbedProjDim: {
      stored: "word_embed_proj_dim",
      check: size,
      default: ({ hiddenSize }) => hiddenSize,
      mayBeNull: true,
    },
    dropout: { stored: "dropout", check: dropoutRate, default: () => 0.1 },
    attentionDropout: { stored: "attention_dropout", check: dropoutRate, default: () => 0 },
    activationFunction: {
      stored: "activation_function",
      check: anActivation,
      default: () => "relu",
      aliases: ACTIVATION_ALIASES,
    },
    enableBias: { stored: "enable_bias", check: boolean, default: () => true },
    layerNormElementwiseAffine: {
      stored: "layer_norm_elementwise_affine",
      check: boolean,
      default: () => true,
    },
    tieWordEmbeddings: { stored: "tie_word_embeddings", check: boolean, default: () => true },
    initStd: { stored: "init_std", check: fraction, default: () => 0.02 },
    ...TOKEN_IDS,
    bosTokenId: { ...TOKEN_IDS.bosTokenId, default: () => 2 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, default: () => 2 },
    padTokenId: { ...TOKEN_IDS.padTokenId, default: () => 1 },
  },
  others: { layerdrop: notImplemented("leaving out layers while training", null, 0) },
  problem: (config, name) => evenHeadProblem(config, name) ?? padProblem(config, name),
});
