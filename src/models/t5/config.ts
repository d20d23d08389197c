// What a T5 is made of: sizes and choices, and Hugging Face's `config.json` of them.
import {
  boolean,
  type Check,
  dropoutRate,
  integer,
  kind,
  nullable,
  number,
} from "../../arguments/checks.js";
import { ACTIVATION_ALIASES, type ActivationName, anActivation } from "../activation.js";
import { padProblem, size, TOKEN_IDS, tokenId } from "../config-checks.js";
import { notImplemented } from "../config-file.js";
import { ConfigTable } from "../config-table.js";

/** Sizes and choices of a T5, by the names of transformers in camel case. */
export interface T5Config {
  /** Tokens that have an embedding. */
  readonly vocabSize: number;
  /** Width of the residual stream. */
  readonly dModel: number;
  /** Width of one head. */
  readonly dKv: number;
  /** Width of the MLP. */
  readonly dFf: number;
  /** Number of layers of the encoder. */
  readonly numLayers: number;
  /** Number of layers of the decoder. */
  readonly numDecoderLayers: number;
  /** Heads of attention in each layer. */
  readonly numHeads: number;
  /** How many distances between tokens have a number of their own that is added to scores. */
  readonly relativeAttentionNumBuckets: number;
  /** All larger distances share a number. */
  readonly relativeAttentionMaxDistance: number;
  /** Probability of dropping, while training, in every place. */
  readonly dropoutRate: number;
  /** Added to the mean square in norms. */
  readonly layerNormEpsilon: number;
  /** Standard deviations of new weights are multiplied by it. */
  readonly initializerFactor: number;
  /** The MLP: an activation, or "gated-" and one ("gated-gelu" is approximated by tanh). */
  readonly feedForwardProj: string;
  /** Activation of the MLP; follows from `feedForwardProj`. */
  readonly denseActFn: ActivationName;
  /** Whether the MLP has a gate; follows from `feedForwardProj`. */
  readonly isGatedAct: boolean;
  /** Whether the head is the embedding's matrix. */
  readonly tieWordEmbeddings: boolean;
  /** Whether what the head gets is multiplied by dModel^-0.5. Default: where the head is tied. */
  readonly scaleDecoderOutputs: boolean;
  /** Token that the decoder begins with. Default: `padTokenId`. */
  readonly decoderStartTokenId: number | null;
  /** Tokens that end generation. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Token that fills up rows. */
  readonly padTokenId: number | null;
}

/** The sizes of T5 small unless given. */
export type T5Options = Partial<T5Config>;

const FORMS = /^(gated-)?(relu|gelu|gelu_new|silu|swish|tanh)$/;
const aProjection: Check<string> = kind(
  '"relu", "gelu", "gelu_new", "silu" or "tanh", or one of them after "gated-"',
  (value) => typeof value === "string" && FORMS.test(value),
);

/** Read and written by the names and with the defaults of transformers. */
export const T5_CONFIG: ConfigTable<T5Config> = new ConfigTable<T5Config>({
  modelType: "t5",
  architecture: "T5ForConditionalGeneration",
  fields: {
    vocabSize: { stored: "vocab_size", check: size, default: () => 32128 },
    dModel: { stored: "d_model", alsoStored: "hidden_size", check: size, default: () => 512 },
    dKv: { stored: "d_kv", alsoStored: "head_dim", check: size, default: () => 64 },
    dFf: { stored: "d_ff", check: size, default: () => 2048 },
    numLayers: {
      stored: "num_layers",
      alsoStored: "num_hidden_layers",
      check: size,
      default: () => 6,
    },
    numDecoderLayers: {
      stored: "num_decoder_layers",
      check: size,
      default: ({ numLayers }) => numLayers,
      mayBeNull: true,
    },
    numHeads: {
      stored: "num_heads",
      alsoStored: "num_attention_heads",
      check: size,
      default: () => 8,
    },
    relativeAttentionNumBuckets: {
      stored: "relative_attention_num_buckets",
      check: integer({ min: 4, max: 2 ** 20 }),
      default: () => 32,
    },
    relativeAttentionMaxDistance: {
      stored: "relative_attention_max_distance",
      check: size,
      default: () => 128,
    },
    dropoutRate: {
      stored: "dropout_rate",
      check: dropoutRate,
      default: () => 0.1,
    },
    layerNormEpsilon: {
      stored: "layer_norm_epsilon",
      check: number({ min: 0, max: 1 }),
      default: () => 1e-6,
    },
    initializerFactor: {
      stored: "initializer_factor",
      check: number({ min: 0 }),
      default: () => 1,
    },
    feedForwardProj: { stored: "feed_forward_proj", check: aProjection, default: () => "relu" },
    denseActFn: {
      stored: "dense_act_fn",
      check: anActivation,
      default: ({ feedForwardProj }) => activationOf(feedForwardProj),
      aliases: ACTIVATION_ALIASES,
    },
    isGatedAct: {
      stored: "is_gated_act",
      check: boolean,
      default: ({ feedForwardProj }) => feedForwardProj.startsWith("gated-"),
    },
    tieWordEmbeddings: { stored: "tie_word_embeddings", check: boolean, default: () => true },
    scaleDecoderOutputs: {
      stored: "scale_decoder_outputs",
      check: boolean,
      default: ({ tieWordEmbeddings }) => tieWordEmbeddings,
    },
    padTokenId: { ...TOKEN_IDS.padTokenId, default: () => 0 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, default: () => 1 },
    decoderStartTokenId: {
      stored: "decoder_start_token_id",
      check: nullable(tokenId),
      default: ({ padTokenId }) => padTokenId,
      mayBeNull: true,
    },
  },
  others: {
    is_encoder_decoder: notImplemented("an encoder or a decoder alone", null, true),
    is_decoder: notImplemented("an encoder or a decoder alone", null, false),
    classifier_dropout: nullable(number({ min: 0 })),
  },
  constants: { is_encoder_decoder: true },
  problem: (config, name) =>
    padProblem(config, name) ?? distanceProblem(config, name("relativeAttentionMaxDistance")),
});

function activationOf(projection: string): ActivationName {
  if (projection === "gated-gelu") return "gelu_new";
  const word = projection.replace("gated-", "");
  return ACTIVATION_ALIASES[word] ?? (word as ActivationName);
}

/** Half of the distances of a direction are exact, and the others lie between them and the largest. */
function distanceProblem(
  { relativeAttentionNumBuckets: buckets, relativeAttentionMaxDistance: distance }: T5Config,
  name: string,
): string | undefined {
  const numExact = Math.floor(buckets / 2);
  if (distance > numExact) return undefined;
  return `${name} must be above half the number of buckets, ${numExact}, got ${distance}`;
}
