// What fields of a `config.json` may be that all families share, and those that none implements.
import {
  anyOf,
  boolean,
  type Check,
  integer,
  kind,
  listOf,
  nullable,
  number,
  text,
} from "../arguments/checks.js";
import { notImplemented } from "./config-file.js";

const LARGEST = 2 ** 28;

/** A number of rows, heads, positions; bounded so that no product of two overflows. */
export const size: Check<number> = integer({ min: 1, max: LARGEST });

export const tokenId: Check<number> = integer({ min: 0 });

/** Ends of a text: one id, several, or null for none. */
export const endTokens: Check<number | readonly number[] | null> = nullable(
  anyOf(tokenId, listOf(tokenId)),
);

/** Of epsilons and standard deviations. */
export const fraction: Check<number> = number({ min: 0, max: 1 });

/** The special tokens of a language model, as fields of a config; null: it has none. */
export const TOKEN_IDS = {
  bosTokenId: { stored: "bos_token_id", check: nullable(tokenId), default: () => null },
  eosTokenId: { stored: "eos_token_id", check: endTokens, default: () => null },
  padTokenId: { stored: "pad_token_id", check: nullable(tokenId), default: () => null },
} as const;

/** Fields without an effect on the numbers, of the right type all the same. */
export const BYSTANDERS = {
  architectures: nullable(listOf(text)),
  dtype: nullable(text),
  torch_dtype: nullable(text),
  transformers_version: nullable(text),
  use_cache: nullable(boolean),
} as const;

/**
 * Fields by which other members of these families change the computation. Reading a model without what they ask for
 * would give other numbers without a word.
 */
export const NOT_IMPLEMENTED = {
  quantization_config: notImplemented("loading quantized weights", null),
  compression_config: notImplemented("loading compressed weights", null),
  sliding_window: notImplemented("attention within a window", null),
  attention_chunk_size: notImplemented("attention within a chunk", null),
  layer_types: kind(
    'null or a list of "full_attention" (other kinds of layers are not implemented)',
    (value) =>
      value === null || (Array.isArray(value) && value.every((one) => one === "full_attention")),
  ),
  no_rope_layers: notImplemented("layers without rotary positions", null),
  partial_rotary_factor: notImplemented("rotating a part of each head", null, 1),
  rotary_pct: notImplemented("rotating a part of each head", null, 1),
  rope_interleaved: notImplemented("rotating neighbouring pairs", null, false),
  alibi: notImplemented("ALiBi", null, false),
  attn_logit_softcapping: notImplemented("a soft cap on attention scores", null),
  final_logit_softcapping: notImplemented("a soft cap on logits", null),
  clip_qkv: notImplemented("clipping of queries, keys and values", null),
  use_qk_norm: notImplemented("a norm of queries and keys", null, false),
  qk_layernorm: notImplemented("a norm of queries and keys", null, false),
  query_pre_attn_scalar: notImplemented("another scale of attention scores", null),
  attention_multiplier: notImplemented("another scale of attention scores", null),
  embedding_multiplier: notImplemented("a scale of embeddings", null, 1),
  scale_emb: notImplemented("a scale of embeddings", null, 1),
  scale_embedding: notImplemented("a scale of embeddings", null, false),
  residual_multiplier: notImplemented("a scale of residuals", null, 1),
  scale_depth: notImplemented("a scale of residuals", null),
  dim_model_base: notImplemented("a scale of logits", null),
  logits_scaling: notImplemented("a scale of logits", null, 1),
  logit_scale: notImplemented("a scale of logits", null, 1),
  lm_head_multiplier: notImplemented("a scale of logits", null, 1),
  mup_width_multiplier: notImplemented("muP scales", null, 1),
  mup_embeddings_scale: notImplemented("muP scales", null, 1),
  mup_output_alpha: notImplemented("muP scales", null, 1),
  mup_scale_qk_dot_by_d: notImplemented("muP scales", null, false),
  num_experts: notImplemented("a mixture of experts", null, 0, 1),
  num_local_experts: notImplemented("a mixture of experts", null, 0, 1),
  n_routed_experts: notImplemented("a mixture of experts", null, 0),
  is_encoder_decoder: notImplemented("an encoder", null, false),
  add_cross_attention: notImplemented("attention to an encoder", null, false),
  per_layer_config: notImplemented("another configuration for each layer", null),
  text_config: notImplemented("a model of several parts", null),
  vision_config: notImplemented("a model of several parts", null),
} as const;

/** The field of the width of one head where heads share the hidden width evenly; no file says it. */
export const EVEN_HEAD_DIM = {
  stored: null,
  check: size,
  default: ({ hiddenSize, numAttentionHeads }: Pick<Heads, "hiddenSize" | "numAttentionHeads">) =>
    hiddenSize / numAttentionHeads,
} as const;

interface Heads {
  readonly hiddenSize: number;
  readonly numAttentionHeads: number;
  readonly numKeyValueHeads: number;
  readonly headDim: number;
}

/** What is wrong with the heads of rotary attention, in words; `name` gives a field's name as the user wrote it. */
export function headProblem(
  { hiddenSize, numAttentionHeads: heads, numKeyValueHeads, headDim }: Heads,
  name: (field: keyof Heads) => string,
): string | undefined {
  const ofHidden = `got ${hiddenSize} and ${heads}`;
  if (!Number.isInteger(headDim))
    return `${name("hiddenSize")} must be a multiple of ${name("numAttentionHeads")} unless ${name("headDim")} is given, ${ofHidden}`;
  if (headDim % 2 !== 0)
    return `${name("headDim")} must be even to be rotated in pairs, got ${headDim} (${name("hiddenSize")} and ${name("numAttentionHeads")}: ${hiddenSize}, ${heads})`;
  if (heads % numKeyValueHeads !== 0)
    return `${name("numAttentionHeads")} must be a multiple of ${name("numKeyValueHeads")}, got ${heads} and ${numKeyValueHeads}`;
  if (heads * headDim > LARGEST)
    return `${name("numAttentionHeads")} times ${name("headDim")} must be at most ${LARGEST}, got ${heads * headDim}`;
  return undefined;
}

/** What is wrong with heads that share the hidden size evenly, in words. */
export function evenHeadProblem(
  {
    hiddenSize,
    numAttentionHeads,
    headDim,
  }: Pick<Heads, "hiddenSize" | "numAttentionHeads" | "headDim">,
  name: (field: "hiddenSize" | "numAttentionHeads") => string,
): string | undefined {
  if (headDim * numAttentionHeads === hiddenSize && Number.isInteger(headDim)) return undefined;
  return `${name("hiddenSize")} must be a multiple of ${name("numAttentionHeads")}, got ${hiddenSize} and ${numAttentionHeads}`;
}

interface Padding {
  readonly padTokenId: number | null;
  readonly vocabSize: number;
}

/** What is wrong with the token that fills up rows, in words. */
export function padProblem(
  { padTokenId, vocabSize }: Padding,
  name: (field: keyof Padding) => string,
): string | undefined {
  if (padTokenId === null || padTokenId < vocabSize) return undefined;
  return `${name("padTokenId")} must be below ${name("vocabSize")}, got ${padTokenId} and ${vocabSize}`;
}
