// What a GPT-2 is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, dropoutRate, oneOf } from "../../arguments/checks.js";
import { EVEN_HEAD_DIM, evenHeadProblem, fraction, size, TOKEN_IDS } from "../config-checks.js";
import { ConfigTable } from "../config-table.js";

/** tanh: GPT-2's own approximation of GELU ("gelu_new"); none: the exact one. */
export type GPT2Activation = "gelu_new" | "gelu";

/** Sizes and choices of a GPT-2, by the names of transformers in camel case. */
export interface GPT2Config {
  /** Tokens that have an embedding. */
  readonly vocabSize: number;
  /** Width of the residual stream. */
  readonly hiddenSize: number;
  /** Width of the MLP. */
  readonly intermediateSize: number;
  /** Number of decoder layers. */
  readonly numHiddenLayers: number;
  /** Heads of attention in each layer. */
  readonly numAttentionHeads: number;
  /** Width of one head: hiddenSize / numAttentionHeads. */
  readonly headDim: number;
  /** Longest sequence: positions have learned embeddings. */
  readonly maxPositionEmbeddings: number;
  /** Added to the variance in layer norms. */
  readonly layerNormEpsilon: number;
  /** Of the MLP. */
  readonly activation: GPT2Activation;
  /** Dropout while training: of embeddings, of attention weights, and of what each layer adds. */
  readonly embdPdrop: number;
  /** Probability of dropping an attention weight while training. */
  readonly attnPdrop: number;
  /** Probability of dropping an element of what a layer adds, while training. */
  readonly residPdrop: number;
  /** False: scores are not divided by the root of the head dim. */
  readonly scaleAttnWeights: boolean;
  /** True: scores of layer i (from 0) are divided by i + 1 too. */
  readonly scaleAttnByInverseLayerIdx: boolean;
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

/** The sizes of GPT-2 124M unless given. */
export type GPT2Options = Partial<Omit<GPT2Config, "headDim">>;

const END_OF_TEXT = 50256;

/** Of a vocabulary that is GPT-2's own, or larger. */
const endOfText = ({ vocabSize }: GPT2Config): number | null =>
  vocabSize > END_OF_TEXT ? END_OF_TEXT : null;

/** Read and written by the names and with the defaults of transformers. */
export const GPT2_CONFIG: ConfigTable<GPT2Config> = new ConfigTable({
  modelType: "gpt2",
  architecture: "GPT2LMHeadModel",
  fields: {
    vocabSize: { stored: "vocab_size", check: size, default: () => 50257 },
    hiddenSize: {
      stored: "n_embd",
      alsoStored: "hidden_size",
      check: size,
      default: () => 768,
    },
    intermediateSize: {
      stored: "n_inner",
      check: size,
      default: ({ hiddenSize }) => 4 * hiddenSize,
      mayBeNull: true,
    },
    numHiddenLayers: {
      stored: "n_layer",
      alsoStored: "num_hidden_layers",
      check: size,
      default: () => 12,
    },
    numAttentionHeads: {
      stored: "n_head",
      alsoStored: "num_attention_heads",
      check: size,
      default: () => 12,
    },
    headDim: EVEN_HEAD_DIM,
    maxPositionEmbeddings: {
      stored: "n_positions",
      alsoStored: "max_position_embeddings",
      check: size,
      default: () => 1024,
    },
    layerNormEpsilon: { stored: "layer_norm_epsilon", check: fraction, default: () => 1e-5 },
    activation: {
      stored: "activation_function",
      check: oneOf("gelu_new", "gelu"),
      default: () => "gelu_new",
      aliases: { gelu_pytorch_tanh: "gelu_new" },
    },
    embdPdrop: { stored: "embd_pdrop", check: dropoutRate, default: () => 0.1 },
    attnPdrop: { stored: "attn_pdrop", check: dropoutRate, default: () => 0.1 },
    residPdrop: { stored: "resid_pdrop", check: dropoutRate, default: () => 0.1 },
    scaleAttnWeights: { stored: "scale_attn_weights", check: boolean, default: () => true },
    scaleAttnByInverseLayerIdx: {
      stored: "scale_attn_by_inverse_layer_idx",
      check: boolean,
      default: () => false,
    },
    tieWordEmbeddings: { stored: "tie_word_embeddings", check: boolean, default: () => true },
    initializerRange: { stored: "initializer_range", check: fraction, default: () => 0.02 },
    ...TOKEN_IDS,
    bosTokenId: { ...TOKEN_IDS.bosTokenId, default: endOfText },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, default: endOfText },
  },
  others: { n_ctx: size, reorder_and_upcast_attn: boolean },
  problem: (config, name) => evenHeadProblem(config, name),
});
