// What a model of the LLaMA family is made of: sizes and choices, checked.

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
