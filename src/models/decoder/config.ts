// What the configurations of all decoders with rotary positions have: each family's table begins with these fields.
import { boolean, type Check, integer, oneOf } from "../../arguments/checks.js";
import { fraction, headProblem, padProblem, size, TOKEN_IDS } from "../config-checks.js";
import { notImplemented } from "../config-file.js";
import type { ConfigTable } from "../config-table.js";
import { type RotaryConfig, ropeProblem } from "../rotary/config.js";

/** Sizes and choices of a decoder with rotary positions, by the names of transformers in camel case. */
export interface DecoderConfig extends RotaryConfig {
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
  /** Standard deviation of the normal distribution of new weights. */
  readonly initializerRange: number;
  /** Token that begins a text. */
  readonly bosTokenId: number | null;
  /** Tokens that end generation. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Token that fills up rows. */
  readonly padTokenId: number | null;
}

/** What a new model of a family is made from; what is left out has a default. */
export type DecoderOptions<C extends DecoderConfig> = Partial<C> &
  Pick<
    C,
    "vocabSize" | "hiddenSize" | "intermediateSize" | "numHiddenLayers" | "numAttentionHeads"
  >;

/** Reads and writes a family's configurations. */
export type DecoderConfigTable<C extends DecoderConfig> = Pick<
  ConfigTable<C>,
  "fromOptions" | "fromFile" | "options" | "replaced" | "toJson"
>;

/** Bounded, because a list of as many types may be made before the weights are looked at. */
const aLayerCount: Check<number> = integer({ min: 1, max: 65536 });

/** With the defaults of most families; a family spreads them and changes those that differ. */
export const DECODER_FIELDS = {
  vocabSize: { stored: "vocab_size", check: size },
  hiddenSize: { stored: "hidden_size", check: size },
  intermediateSize: { stored: "intermediate_size", check: size },
  numHiddenLayers: { stored: "num_hidden_layers", check: aLayerCount },
  numAttentionHeads: { stored: "num_attention_heads", check: size },
  numKeyValueHeads: {
    stored: "num_key_value_heads",
    check: size,
    default: ({ numAttentionHeads }: DecoderConfig) => numAttentionHeads,
    mayBeNull: true,
  },
  headDim: {
    stored: "head_dim",
    check: size,
    default: ({ hiddenSize, numAttentionHeads }: DecoderConfig) => hiddenSize / numAttentionHeads,
    mayBeNull: true,
  },
  maxPositionEmbeddings: { stored: "max_position_embeddings", check: size, default: () => 2048 },
  rmsNormEps: { stored: "rms_norm_eps", check: fraction, default: () => 1e-6 },
  tieWordEmbeddings: { stored: "tie_word_embeddings", check: boolean, default: () => false },
  initializerRange: { stored: "initializer_range", check: fraction, default: () => 0.02 },
  ...TOKEN_IDS,
} as const;

/** Fields of a file that say what no family here does. */
export const DECODER_OTHERS = {
  hidden_act: oneOf("silu", "swish"),
  attention_dropout: notImplemented("dropout of attention weights", null, 0),
} as const;

/** Written as they are. */
export const DECODER_CONSTANTS = { hidden_act: "silu", attention_dropout: 0 } as const;

/** What is wrong between the fields, in words. @param rotated numbers of a head that are turned */
export function decoderProblem(
  config: DecoderConfig,
  name: (field: keyof DecoderConfig) => string,
  rotated = config.headDim,
): string | undefined {
  return headProblem(config, name) ?? padProblem(config, name) ?? ropeProblem(config, rotated);
}
