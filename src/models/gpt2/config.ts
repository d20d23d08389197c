// The fields of a Hugging Face `config.json` that GPT-2 reads, checked.

/** tanh: GPT-2's own approximation of GELU ("gelu_new"); none: the exact one. */
export type Gpt2Activation = "gelu_new" | "gelu";

export interface Gpt2Config {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly numHiddenLayers: number;
  readonly numAttentionHeads: number;
  readonly headDim: number;
  readonly maxPositionEmbeddings: number;
  readonly layerNormEpsilon: number;
  readonly activation: Gpt2Activation;
  /** Dropout while training: of embeddings, of attention weights, and of what each layer adds. */
  readonly embdPdrop: number;
  readonly attnPdrop: number;
  readonly residPdrop: number;
  /** False: scores are not divided by the root of the head dim. */
  readonly scaleAttnWeights: boolean;
  /** True: scores of layer i (from 0) are divided by i + 1 too. */
  readonly scaleAttnByInverseLayerIdx: boolean;
  readonly tieWordEmbeddings: boolean;
  readonly initializerRange: number;
  readonly bosTokenId: number | null;
  readonly eosTokenId: number | readonly number[] | null;
  readonly padTokenId: number | null;
}

/** The sizes of GPT-2 124M unless given. */
export type Gpt2Options = Partial<Omit<Gpt2Config, "headDim">>;

type Json = Record<string, unknown>;

/**
 * Fills in defaults and checks that the sizes fit together.
 * @throws RangeError naming the field, what it is and what it must be
 */
export function gpt2Config(options: Gpt2Options): Gpt2Config {
  const hiddenSize = options.hiddenSize ?? 768;
  const numAttentionHeads = options.numAttentionHeads ?? 12;
  const config: Gpt2Config = {
    vocabSize: 50257,
    hiddenSize,
    intermediateSize: 4 * hiddenSize,
    numHiddenLayers: 12,
    numAttentionHeads,
    maxPositionEmbeddings: 1024,
    layerNormEpsilon: 1e-5,
    activation: "gelu_new",
    embdPdrop: 0.1,
    attnPdrop: 0.1,
    residPdrop: 0.1,
    scaleAttnWeights: true,
    scaleAttnByInverseLayerIdx: false,
    tieWordEmbeddings: true,
    initializerRange: 0.02,
    bosTokenId: 50256,
    eosTokenId: 50256,
    padTokenId: null,
    ...options,
    headDim: hiddenSize / numAttentionHeads,
  };
  checkSizes(config);
  return config;
}

/**
 * Reads a parsed `config.json`.
 * @throws Error when it is not a GPT-2 or asks for something this implementation does not do
 */
export function gpt2ConfigFromJson(json: Json): Gpt2Config {
  requireValue(json, "model_type", ["gpt2"]);
  requireValue(json, "add_cross_attention", [undefined, false]);
  const activation = json["activation_function"] ?? "gelu_new";
  if (typeof activation !== "string" || !(activation in ACTIVATIONS)) {
    throw new Error(
      `config.json: activation_function must be ${Object.keys(ACTIVATIONS).join(", ")}, got ${JSON.stringify(activation)}`,
    );
  }
  const given = Object.entries(FIELDS).flatMap(([field, key]) =>
    json[key] === undefined || (json[key] === null && field === "intermediateSize")
      ? []
      : [[field, json[key]]],
  );
  return gpt2Config({
    ...(Object.fromEntries(given) as Gpt2Options),
    activation: ACTIVATIONS[activation] as Gpt2Activation,
  });
}

/** The `config.json` that transformers reads back as the same model. */
export function gpt2ConfigToJson(config: Gpt2Config, dtype: string): Json {
  return {
    architectures: ["GPT2LMHeadModel"],
    model_type: "gpt2",
    activation_function: config.activation,
    ...Object.fromEntries(
      Object.entries(FIELDS).map(([field, key]) => [key, config[field as keyof Gpt2Config]]),
    ),
    use_cache: true,
    dtype,
    torch_dtype: dtype,
  };
}

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
} as const satisfies Partial<Record<keyof Gpt2Config, string>>;

const ACTIVATIONS: Readonly<Record<string, Gpt2Activation>> = {
  gelu_new: "gelu_new",
  gelu_pytorch_tanh: "gelu_new",
  gelu: "gelu",
};

function requireValue(json: Json, key: string, allowed: readonly unknown[]): void {
  if (allowed.includes(json[key])) return;
  throw new Error(
    `config.json: ${key} must be ${JSON.stringify(allowed.at(-1))}, got ${JSON.stringify(json[key])}`,
  );
}

function checkSizes(config: Gpt2Config): void {
  const sizes = [
    "vocabSize",
    "hiddenSize",
    "intermediateSize",
    "numHiddenLayers",
    "numAttentionHeads",
    "maxPositionEmbeddings",
  ] as const;
  for (const field of sizes) {
    if (!(Number.isInteger(config[field]) && config[field] > 0)) {
      throw new RangeError(`${field} must be a whole number of at least 1, got ${config[field]}`);
    }
  }
  if (!Number.isInteger(config.headDim)) {
    throw new RangeError(
      `hiddenSize must be a multiple of numAttentionHeads, got ${config.hiddenSize} and ${config.numAttentionHeads}`,
    );
  }
  for (const field of ["embdPdrop", "attnPdrop", "residPdrop"] as const) {
    if (!(config[field] >= 0 && config[field] < 1)) {
      throw new RangeError(`${field} must be at least 0 and below 1, got ${config[field]}`);
    }
  }
}
