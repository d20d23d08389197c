// What a BERT is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, dropoutRate, integer, kind, nullable } from "../../arguments/checks.js";
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
import { LABELS, type Labels, labelProblem } from "../labels.js";

/** Sizes and choices of a BERT, by the names of transformers in camel case. */
export interface BertConfig extends Labels {
  /** Tokens that have an embedding. */
  readonly vocabSize: number;
  /** Width of the layers. */
  readonly hiddenSize: number;
  /** Number of layers. */
  readonly numHiddenLayers: number;
  /** Heads of attention in each layer. */
  readonly numAttentionHeads: number;
  /** Width of one head: hiddenSize / numAttentionHeads. */
  readonly headDim: number;
  /** Width of the MLP. */
  readonly intermediateSize: number;
  /** Of the MLP. */
  readonly hiddenAct: ActivationName;
  /** Dropout while training, of embeddings and of what each layer adds. */
  readonly hiddenDropoutProb: number;
  /** Probability of dropping an attention weight while training. */
  readonly attentionProbsDropoutProb: number;
  /** Dropout before a head for classes; null: `hiddenDropoutProb`. */
  readonly classifierDropout: number | null;
  /** Longest sequence: positions have learned embeddings. */
  readonly maxPositionEmbeddings: number;
  /** Kinds of tokens that have an embedding, as of first and second sentence. */
  readonly typeVocabSize: number;
  /** Standard deviation of the normal distribution of new weights. */
  readonly initializerRange: number;
  /** Added to the variance in layer norms. */
  readonly layerNormEps: number;
  /** Whether the decoder of masked tokens is the embedding's matrix. */
  readonly tieWordEmbeddings: boolean;
  /** Token that begins a text. */
  readonly bosTokenId: number | null;
  /** Token that ends a text. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Token that fills up rows; its vector is not trained. */
  readonly padTokenId: number | null;
}

/** The sizes of BERT base unless given. */
export type BertOptions = Partial<Omit<BertConfig, "headDim">>;

const nothingPruned = kind(
  "null or {} (pruned heads are not implemented)",
  (value) => value === null || (value instanceof Map && value.size === 0),
);

/** Read and written by the names and with the defaults of transformers. */
export const BERT_CONFIG: ConfigTable<BertConfig, Labels> = new ConfigTable<BertConfig, Labels>({
  modelType: "bert",
  architecture: "BertModel",
  fields: {
    vocabSize: { stored: "vocab_size", check: size, default: () => 30522 },
    hiddenSize: { stored: "hidden_size", check: size, default: () => 768 },
    numHiddenLayers: { stored: "num_hidden_layers", check: size, default: () => 12 },
    numAttentionHeads: { stored: "num_attention_heads", check: size, default: () => 12 },
    headDim: EVEN_HEAD_DIM,
    intermediateSize: { stored: "intermediate_size", check: size, default: () => 3072 },
    hiddenAct: {
      stored: "hidden_act",
      check: anActivation,
      default: () => "gelu",
      aliases: ACTIVATION_ALIASES,
    },
    hiddenDropoutProb: { stored: "hidden_dropout_prob", check: dropoutRate, default: () => 0.1 },
    attentionProbsDropoutProb: {
      stored: "attention_probs_dropout_prob",
      check: dropoutRate,
      default: () => 0.1,
    },
    classifierDropout: {
      stored: "classifier_dropout",
      check: nullable(dropoutRate),
      default: () => null,
    },
    maxPositionEmbeddings: { stored: "max_position_embeddings", check: size, default: () => 512 },
    typeVocabSize: { stored: "type_vocab_size", check: size, default: () => 2 },
    initializerRange: { stored: "initializer_range", check: fraction, default: () => 0.02 },
    layerNormEps: { stored: "layer_norm_eps", check: fraction, default: () => 1e-12 },
    tieWordEmbeddings: { stored: "tie_word_embeddings", check: boolean, default: () => true },
    ...TOKEN_IDS,
    padTokenId: { ...TOKEN_IDS.padTokenId, default: () => 0 },
  },
  part: LABELS,
  others: {
    is_decoder: notImplemented("a BERT that generates", null, false),
    position_embedding_type: notImplemented("relative positions", null, "absolute"),
    pruned_heads: nothingPruned,
    chunk_size_feed_forward: nullable(integer({ min: 0 })),
  },
  problem: (config, name) =>
    evenHeadProblem(config, name) ?? padProblem(config, name) ?? labelProblem(config),
});
