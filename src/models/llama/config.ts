// The fields of a Hugging Face `config.json` that the LLaMA family reads, checked.

/** Long-context scaling of rotary frequencies, as transformers' `rope_scaling`/`rope_parameters`. */
export interface RopeScaling {
  readonly ropeType: "default" | "linear" | "llama3";
  readonly factor: number;
  readonly lowFreqFactor: number;
  readonly highFreqFactor: number;
  readonly originalMaxPositionEmbeddings: number;
}

export interface LlamaConfig {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numHiddenLayers: number;
  readonly numAttentionHeads: number;
  readonly numKeyValueHeads: number;
  readonly headDim: number;
  readonly maxPositionEmbeddings: number;
  readonly rmsNormEps: number;
  readonly ropeTheta: number;
  readonly ropeScaling: RopeScaling | null;
  readonly tieWordEmbeddings: boolean;
  readonly attentionBias: boolean;
  readonly mlpBias: boolean;
  readonly initializerRange: number;
  readonly bosTokenId: number | null;
  readonly eosTokenId: number | readonly number[] | null;
  readonly padTokenId: number | null;
}

export type LlamaOptions = Partial<LlamaConfig> &
  Pick<
    LlamaConfig,
    "vocabSize" | "hiddenSize" | "intermediateSize" | "numHiddenLayers" | "numAttentionHeads"
  >;

type Json = Record<string, unknown>;

/**
 * Fills in defaults and checks that the sizes fit together.
 * @throws RangeError naming the field, what it is and what it must be
 */
export function llamaConfig(options: LlamaOptions): LlamaConfig {
  const config: LlamaConfig = {
    numKeyValueHeads: options.numAttentionHeads,
    headDim: options.hiddenSize / options.numAttentionHeads,
    maxPositionEmbeddings: 2048,
    rmsNormEps: 1e-6,
    ropeTheta: 10000,
    ropeScaling: null,
    tieWordEmbeddings: false,
    attentionBias: false,
    mlpBias: false,
    initializerRange: 0.02,
    bosTokenId: null,
    eosTokenId: null,
    padTokenId: null,
    ...options,
  };
  checkSizes(config);
  return config;
}

/**
 * Reads a parsed `config.json`.
 * @throws Error when it is not a LLaMA or asks for something this implementation does not do
 */
export function llamaConfigFromJson(json: Json): LlamaConfig {
  const required = (key: string): number => {
    const value = json[key];
    if (typeof value !== "number")
      throw new Error(`config.json: "${key}" must be a number, got ${JSON.stringify(value)}`);
    return value;
  };
  if (json["model_type"] !== "llama") {
    throw new Error(
      `config.json: model_type must be "llama", got ${JSON.stringify(json["model_type"])}`,
    );
  }
  if (json["hidden_act"] !== undefined && json["hidden_act"] !== "silu") {
    throw new Error(
      `config.json: hidden_act must be "silu", got ${JSON.stringify(json["hidden_act"])}`,
    );
  }
  const optional = Object.entries(OPTIONAL_FIELDS).flatMap(([field, key]) =>
    json[key] === undefined || json[key] === null ? [] : [[field, json[key]]],
  );
  return llamaConfig({
    ...(Object.fromEntries(optional) as Partial<LlamaConfig>),
    vocabSize: required("vocab_size"),
    hiddenSize: required("hidden_size"),
    intermediateSize: required("intermediate_size"),
    numHiddenLayers: required("num_hidden_layers"),
    numAttentionHeads: required("num_attention_heads"),
    ...ropeFromJson(json),
  });
}

/** The `config.json` that transformers reads back as the same model. */
export function llamaConfigToJson(config: LlamaConfig, dtype: string): Json {
  const scaling = config.ropeScaling;
  const rope = scaling && {
    rope_type: scaling.ropeType,
    factor: scaling.factor,
    ...(scaling.ropeType === "llama3" && {
      low_freq_factor: scaling.lowFreqFactor,
      high_freq_factor: scaling.highFreqFactor,
      original_max_position_embeddings: scaling.originalMaxPositionEmbeddings,
    }),
  };
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    hidden_act: "silu",
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    num_hidden_layers: config.numHiddenLayers,
    num_attention_heads: config.numAttentionHeads,
    ...Object.fromEntries(
      Object.entries(OPTIONAL_FIELDS).map(([field, key]) => [
        key,
        config[field as keyof LlamaConfig],
      ]),
    ),
    rope_theta: config.ropeTheta,
    rope_scaling: rope,
    attention_dropout: 0,
    pretraining_tp: 1,
    use_cache: true,
    dtype,
    torch_dtype: dtype,
  };
}

const OPTIONAL_FIELDS = {
  numKeyValueHeads: "num_key_value_heads",
  headDim: "head_dim",
  maxPositionEmbeddings: "max_position_embeddings",
  rmsNormEps: "rms_norm_eps",
  tieWordEmbeddings: "tie_word_embeddings",
  attentionBias: "attention_bias",
  mlpBias: "mlp_bias",
  initializerRange: "initializer_range",
  bosTokenId: "bos_token_id",
  eosTokenId: "eos_token_id",
  padTokenId: "pad_token_id",
} as const satisfies Partial<Record<keyof LlamaConfig, string>>;

/** transformers 4 writes `rope_theta` and `rope_scaling`, transformers 5 `rope_parameters` with both. */
function ropeFromJson(json: Json): Pick<LlamaConfig, "ropeTheta" | "ropeScaling"> {
  const parameters = (json["rope_parameters"] ?? json["rope_scaling"] ?? {}) as Json;
  const theta = parameters["rope_theta"] ?? json["rope_theta"];
  const ropeType = parameters["rope_type"] ?? parameters["type"] ?? "default";
  if (ropeType !== "default" && ropeType !== "linear" && ropeType !== "llama3") {
    throw new Error(
      `config.json: rope_type must be default, linear or llama3, got ${JSON.stringify(ropeType)}`,
    );
  }
  const number = (key: string, fallback: number): number =>
    typeof parameters[key] === "number" ? parameters[key] : fallback;
  return {
    ropeTheta: typeof theta === "number" ? theta : 10000,
    ropeScaling:
      ropeType === "default"
        ? null
        : {
            ropeType,
            factor: number("factor", 1),
            lowFreqFactor: number("low_freq_factor", 1),
            highFreqFactor: number("high_freq_factor", 4),
            originalMaxPositionEmbeddings: number("original_max_position_embeddings", 8192),
          },
  };
}

function checkSizes(config: LlamaConfig): void {
  const positive = [
    "vocabSize",
    "hiddenSize",
    "intermediateSize",
    "numHiddenLayers",
    "numAttentionHeads",
    "numKeyValueHeads",
    "headDim",
    "maxPositionEmbeddings",
  ] as const;
  for (const field of positive) {
    if (!Number.isInteger(config[field]) || config[field] <= 0) {
      throw new RangeError(`${field} must be a positive integer, got ${config[field]}`);
    }
  }
  if (config.numAttentionHeads % config.numKeyValueHeads !== 0) {
    throw new RangeError(
      `numAttentionHeads (${config.numAttentionHeads}) must be a multiple of numKeyValueHeads (${config.numKeyValueHeads})`,
    );
  }
  if (config.headDim % 2 !== 0)
    throw new RangeError(`headDim must be even for rotary embeddings, got ${config.headDim}`);
}
