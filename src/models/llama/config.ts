// What a model of the LLaMA family is made of: sizes and choices, checked.

/** Long-context scaling of rotary frequencies, as transformers' `rope_scaling`/`rope_parameters`. */
export interface RopeScaling {
  /** As `rope_type` of transformers. */
  readonly ropeType: "default" | "linear" | "llama3";
  /** Positions are divided by it. */
  readonly factor: number;
  /** llama3: wavelengths longer than originalMaxPositionEmbeddings / this are scaled in full. */
  readonly lowFreqFactor: number;
  /** llama3: wavelengths shorter than originalMaxPositionEmbeddings / this are left as they are. */
  readonly highFreqFactor: number;
  /** llama3: longest sequence before scaling. */
  readonly originalMaxPositionEmbeddings: number;
}

/** Sizes and choices of a model of the LLaMA family, by the names of transformers in camel case. */
export interface LlamaConfig {
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
  /** Width of one head. */
  readonly headDim: number;
  /** Longest sequence the model was made for. */
  readonly maxPositionEmbeddings: number;
  /** Added to the mean square in RMS norms. */
  readonly rmsNormEps: number;
  /** Base of the rotary frequencies. */
  readonly ropeTheta: number;
  /** How rotary frequencies are changed for longer sequences; null when they are not. */
  readonly ropeScaling: RopeScaling | null;
  /** Whether the head is the embedding's matrix. */
  readonly tieWordEmbeddings: boolean;
  /** Whether the projections of attention have a bias. */
  readonly attentionBias: boolean;
  /** Whether the projections of the MLP have a bias. */
  readonly mlpBias: boolean;
  /** Standard deviation of the normal distribution of new weights. */
  readonly initializerRange: number;
  /** Token that begins a text. */
  readonly bosTokenId: number | null;
  /** Tokens that end generation. */
  readonly eosTokenId: number | readonly number[] | null;
  /** Token that fills up rows. */
  readonly padTokenId: number | null;
}

/** What a new LLaMA is made from; what is left out has a default. */
export type LlamaOptions = Partial<LlamaConfig> &
  Pick<
    LlamaConfig,
    "vocabSize" | "hiddenSize" | "intermediateSize" | "numHiddenLayers" | "numAttentionHeads"
  >;

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

function checkSizes(config: LlamaConfig): void {
  const positive = [
    "vocabSize",
    "hiddenSize",
    "intermediateSize",
    "numHiddenLayers",
    "numAttentionHeads",
    "numKeyValueHeads",
    "maxPositionEmbeddings",
  ] as const;
  for (const field of positive) {
    if (!Number.isInteger(config[field]) || config[field] <= 0) {
      throw new RangeError(`${field} must be a positive integer, got ${config[field]}`);
    }
  }
  if (!Number.isInteger(config.headDim) || config.headDim <= 0) {
    throw new RangeError(
      `hiddenSize must be a multiple of numAttentionHeads unless headDim is given, got ${config.hiddenSize} and ${config.numAttentionHeads}`,
    );
  }
  if (config.numAttentionHeads % config.numKeyValueHeads !== 0) {
    throw new RangeError(
      `numAttentionHeads (${config.numAttentionHeads}) must be a multiple of numKeyValueHeads (${config.numKeyValueHeads})`,
    );
  }
  if (config.headDim % 2 !== 0)
    throw new RangeError(`headDim must be even for rotary embeddings, got ${config.headDim}`);
}
