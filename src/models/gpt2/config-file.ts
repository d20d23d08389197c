// Hugging Face's `config.json` of GPT-2, read and written.
import { boolean, nullable, number, oneOf } from "../../arguments/checks.js";
import { CheckpointError } from "../../checkpoint/checkpoint-error.js";
import { describeJson, required } from "../../files/check-fields.js";
import { BYSTANDERS, endTokens, NOT_IMPLEMENTED, size, tokenId } from "../config-checks.js";
import { type ConfigFile, checkConfig } from "../config-file.js";
import { type GPT2Activation, type GPT2Config, type GPT2Options, gpt2Config } from "./config.js";

const dropout = number({ min: 0, below: 1 });
const SCHEMA = {
  ...BYSTANDERS,
  ...NOT_IMPLEMENTED,
  model_type: required(oneOf("gpt2")),
  vocab_size: size,
  n_positions: size,
  n_ctx: size,
  n_embd: size,
  n_layer: size,
  n_head: size,
  n_inner: nullable(size),
  activation_function: oneOf("gelu_new", "gelu_pytorch_tanh", "gelu"),
  resid_pdrop: dropout,
  embd_pdrop: dropout,
  attn_pdrop: dropout,
  layer_norm_epsilon: number({ min: 0, max: 1 }),
  initializer_range: number({ min: 0, max: 1 }),
  scale_attn_weights: boolean,
  scale_attn_by_inverse_layer_idx: boolean,
  reorder_and_upcast_attn: boolean,
  tie_word_embeddings: boolean,
  bos_token_id: nullable(tokenId),
  eos_token_id: endTokens,
  pad_token_id: nullable(tokenId),
} as const;

/** Names of other models that transformers takes for GPT-2's own. */
const OTHER_NAMES = {
  hidden_size: "n_embd",
  max_position_embeddings: "n_positions",
  num_attention_heads: "n_head",
  num_hidden_layers: "n_layer",
} as const;

const FIELDS = {
  vocabSize: "vocab_size",
  hiddenSize: "n_embd",
  intermediateSize: "n_inner",
  numHiddenLayers: "n_layer",
  numAttentionHeads: "n_head",
  maxPositionEmbeddings: "n_positions",
  layerNormEpsilon: "layer_norm_epsilon",
  embdPdrop: "embd_pdrop",
  attnPdrop: "attn_pdrop",
  residPdrop: "resid_pdrop",
  scaleAttnWeights: "scale_attn_weights",
  scaleAttnByInverseLayerIdx: "scale_attn_by_inverse_layer_idx",
  tieWordEmbeddings: "tie_word_embeddings",
  initializerRange: "initializer_range",
  bosTokenId: "bos_token_id",
  eosTokenId: "eos_token_id",
  padTokenId: "pad_token_id",
} as const satisfies Partial<Record<keyof GPT2Config, keyof typeof SCHEMA>>;

/**
 * The model that a `config.json` describes, defaults being transformers'.
 * @throws CheckpointError naming the field that is wrong, contradicted by another or not implemented
 */
export function gpt2ConfigFromFile(file: ConfigFile): GPT2Config {
  const fields = checkConfig({ ...file, fields: withOwnNames(file) }, SCHEMA);
  requireWholeHeads(fields.n_embd ?? 768, fields.n_head ?? 12, file.path);
  const stated = Object.entries(FIELDS).flatMap(([name, stored]) => {
    const value = fields[stored];
    return value === undefined || (value === null && stored === "n_inner") ? [] : [[name, value]];
  });
  const activation = ACTIVATIONS[fields.activation_function ?? "gelu_new"];
  return gpt2Config({ ...(Object.fromEntries(stated) as GPT2Options), activation });
}

/** The `config.json` that transformers reads back as the same model. */
export function gpt2ConfigToJson(config: GPT2Config, dtype: string): Record<string, unknown> {
  return {
    architectures: ["GPT2LMHeadModel"],
    model_type: "gpt2",
    activation_function: config.activation,
    ...Object.fromEntries(
      Object.entries(FIELDS).map(([name, stored]) => [stored, config[name as keyof typeof FIELDS]]),
    ),
    use_cache: true,
    dtype,
    torch_dtype: dtype,
  };
}

const ACTIVATIONS = {
  gelu_new: "gelu_new",
  gelu_pytorch_tanh: "gelu_new",
  gelu: "gelu",
} as const satisfies Readonly<Record<string, GPT2Activation>>;

function requireWholeHeads(hiddenSize: number, heads: number, path: string): void {
  if (hiddenSize % heads === 0) return;
  throw new CheckpointError(
    `"n_embd" must be a multiple of "n_head", got ${hiddenSize} and ${heads}`,
    { path },
  );
}

function withOwnNames({ path, fields }: ConfigFile): ConfigFile["fields"] {
  const renamed = new Map(fields);
  for (const [other, own] of Object.entries(OTHER_NAMES)) {
    const value = fields.get(other);
    if (value === undefined) continue;
    const stated = fields.get(own) ?? value;
    if (stated !== value) {
      throw new CheckpointError(
        `"${other}" and "${own}" mean the same and contradict each other: ${describeJson(value)} and ${describeJson(stated)}`,
        { path },
      );
    }
    renamed.set(own, value);
    renamed.delete(other);
  }
  return renamed;
}
