// What a GPT-2 is made of: sizes and choices, checked.

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

/**
 * Fills in defaults and checks that the sizes fit together.
 * @throws RangeError naming the field, what it is and what it must be
 */
export function gpt2Config(options: GPT2Options): GPT2Config {
  const hiddenSize = options.hiddenSize ?? 768;
  const numAttentionHeads = options.numAttentionHeads ?? 12;
  const vocabSize = options.vocabSize ?? 50257;
  const endOfText = vocabSize > END_OF_TEXT ? END_OF_TEXT : null; // of GPT-2's own vocabulary
  const config: GPT2Config = {
    vocabSize,
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
    bosTokenId: endOfText,
    eosTokenId: endOfText,
    padTokenId: null,
    ...options,
    headDim: hiddenSize / numAttentionHeads,
  };
  checkSizes(config);
  return config;
}

function checkSizes(config: GPT2Config): void {
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
