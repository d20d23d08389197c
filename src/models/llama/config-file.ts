// Hugging Face's `config.json` of the LLaMA family, read and written.
import { boolean, integer, nullable, number, oneOf } from "../../arguments/checks.js";
import { CheckpointError } from "../../checkpoint/checkpoint-error.js";
import { jsonObject, required } from "../../files/check-fields.js";
import { BYSTANDERS, endTokens, NOT_IMPLEMENTED, size, tokenId } from "../config-checks.js";
import { type ConfigFile, checkConfig, notImplemented } from "../config-file.js";
import { type LlamaConfig, llamaConfig } from "./config.js";
import { originalPositions, ropeFromFields, theta } from "./rope-config.js";

const SCHEMA = {
  ...BYSTANDERS,
  ...NOT_IMPLEMENTED,
  model_type: required(oneOf("llama")),
  vocab_size: required(size),
  hidden_size: required(size),
  intermediate_size: required(size),
  num_hidden_layers: required(size),
  num_attention_heads: required(size),
  num_key_value_heads: nullable(size),
  head_dim: nullable(size),
  hidden_act: oneOf("silu", "swish"),
  max_position_embeddings: size,
  rms_norm_eps: number({ min: 0, max: 1 }),
  tie_word_embeddings: boolean,
  attention_bias: boolean,
  mlp_bias: boolean,
  attention_dropout: notImplemented("dropout of attention weights", null, 0),
  initializer_range: number({ min: 0, max: 1 }),
  pretraining_tp: nullable(integer({ min: 1 })),
  bos_token_id: nullable(tokenId),
  eos_token_id: endTokens,
  pad_token_id: nullable(tokenId),
  rope_theta: theta,
  rope_parameters: nullable(jsonObject),
  rope_scaling: nullable(jsonObject),
  original_max_position_embeddings: nullable(originalPositions),
} as const;

/**
 * The model that a `config.json` describes, defaults being transformers'.
 * @throws CheckpointError naming the field that is absent, wrong, contradicted by another or not implemented
 */
export function llamaConfigFromFile(file: ConfigFile): LlamaConfig {
  const fields = checkConfig(file, SCHEMA);
  const heads = fields.num_attention_heads;
  requireWholeHeads(fields, file.path);
  return llamaConfig({
    vocabSize: fields.vocab_size,
    hiddenSize: fields.hidden_size,
    intermediateSize: fields.intermediate_size,
    numHiddenLayers: fields.num_hidden_layers,
    numAttentionHeads: heads,
    numKeyValueHeads: fields.num_key_value_heads ?? heads,
    headDim: fields.head_dim ?? fields.hidden_size / heads,
    maxPositionEmbeddings: fields.max_position_embeddings ?? 2048,
    rmsNormEps: fields.rms_norm_eps ?? 1e-6,
    tieWordEmbeddings: fields.tie_word_embeddings ?? false,
    attentionBias: fields.attention_bias ?? false,
    mlpBias: fields.mlp_bias ?? false,
    initializerRange: fields.initializer_range ?? 0.02,
    bosTokenId: fields.bos_token_id === undefined ? 1 : fields.bos_token_id,
    eosTokenId: fields.eos_token_id === undefined ? 2 : fields.eos_token_id,
    padTokenId: fields.pad_token_id ?? null,
    ...ropeFromFields(fields, file.path),
  });
}

/** The `config.json` that transformers reads back as the same model. */
export function llamaConfigToJson(config: LlamaConfig, dtype: string): Record<string, unknown> {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    hidden_act: "silu",
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.numHiddenLayers,
    num_attention_heads: config.numAttentionHeads,
    num_key_value_heads: config.numKeyValueHeads,
    head_dim: config.headDim,
    max_position_embeddings: config.maxPositionEmbeddings,
    rms_norm_eps: config.rmsNormEps,
    tie_word_embeddings: config.tieWordEmbeddings,
    attention_bias: config.attentionBias,
    mlp_bias: config.mlpBias,
    initializer_range: config.initializerRange,
    bos_token_id: config.bosTokenId,
    eos_token_id: config.eosTokenId,
    pad_token_id: config.padTokenId,
    rope_theta: config.ropeTheta,
    rope_scaling: ropeScalingToJson(config),
    attention_dropout: 0,
    pretraining_tp: 1,
    use_cache: true,
    dtype,
    torch_dtype: dtype,
  };
}

function ropeScalingToJson({ ropeScaling: scaling }: LlamaConfig): Record<string, unknown> | null {
  if (scaling === null) return null;
  const { ropeType, factor } = scaling;
  if (ropeType !== "llama3") return { rope_type: ropeType, factor };
  return {
    rope_type: ropeType,
    factor,
    low_freq_factor: scaling.lowFreqFactor,
    high_freq_factor: scaling.highFreqFactor,
    original_max_position_embeddings: scaling.originalMaxPositionEmbeddings,
  };
}

interface Sizes {
  readonly vocab_size: number;
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads?: number | null;
  readonly head_dim?: number | null;
  readonly pad_token_id?: number | null;
}

/** What must hold between fields. */
function requireWholeHeads(fields: Sizes, path: string): void {
  const fail = (problem: string): never => {
    throw new CheckpointError(problem, { path });
  };
  const { hidden_size: hidden, num_attention_heads: heads } = fields;
  const headDim = fields.head_dim ?? hidden / heads;
  if (!Number.isInteger(headDim))
    fail(`"hidden_size" must be a multiple of "num_attention_heads", got ${hidden} and ${heads}`);
  if (headDim % 2 !== 0)
    fail(
      fields.head_dim == null
        ? `"hidden_size" / "num_attention_heads" must be even to be rotated in pairs, got ${hidden} / ${heads} = ${headDim}`
        : `"head_dim" must be even to be rotated in pairs, got ${headDim}`,
    );
  const keyValueHeads = fields.num_key_value_heads ?? heads;
  if (heads % keyValueHeads !== 0)
    fail(
      `"num_attention_heads" must be a multiple of "num_key_value_heads", got ${heads} and ${keyValueHeads}`,
    );
  if (heads * headDim > 2 ** 28)
    fail(`"num_attention_heads" times head dim must be at most ${2 ** 28}, got ${heads * headDim}`);
  const { pad_token_id: pad, vocab_size: vocabulary } = fields;
  if (pad != null && pad >= vocabulary)
    fail(`"pad_token_id" must be below "vocab_size", got ${pad} and ${vocabulary}`);
}
