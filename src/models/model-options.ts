// What may be given to the constructors of models and to `fromPretrained`; the sizes' relations are checked by each config.ts.
import {
  anyOf,
  aPath,
  boolean,
  type Check,
  integer,
  kind,
  listOf,
  nullable,
  number,
  oneOf,
  requireValue,
} from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aDevice, aDType } from "../tensor/arguments.js";
import type { DeviceName, DType } from "../tensor/dtype.js";
import type { FromPretrainedOptions } from "./causal-lm.js";
import type { GPT2Config } from "./gpt2/config.js";
import type { LlamaConfig, RopeScaling } from "./llama/config.js";

/** How a model with random weights is made. */
export interface RandomWeights {
  /** Default 0; null leaves weights undefined, for who fills them at once. */
  readonly seed?: number | null;
  /** Default "cpu"; on "meta" it has shapes and no numbers: `to(device)`, then `loadWeights(folder)` or `initialize(seed)` give it some. */
  readonly device?: DeviceName;
}

const size = integer({ min: 1 });
const tokenId = integer({ min: 0 });
const fraction = number({ min: 0, max: 1 });

const SHARED = {
  vocabSize: size,
  hiddenSize: size,
  intermediateSize: size,
  numHiddenLayers: size,
  numAttentionHeads: size,
  headDim: size,
  maxPositionEmbeddings: size,
  tieWordEmbeddings: boolean,
  initializerRange: number({ min: 0 }),
  bosTokenId: nullable(tokenId),
  eosTokenId: nullable(anyOf(tokenId, listOf(tokenId))),
  padTokenId: nullable(tokenId),
};

const aRopeScaling: Check<RopeScaling> = kind(
  "{ ropeType, factor, lowFreqFactor, highFreqFactor, originalMaxPositionEmbeddings }",
  (value) => typeof value === "object" && value !== null && "ropeType" in value,
);

export const LLAMA_OPTIONS: OptionTable<LlamaConfig> = {
  ...SHARED,
  numKeyValueHeads: size,
  rmsNormEps: number({ min: 0 }),
  ropeTheta: number({ above: 0 }),
  ropeScaling: nullable(aRopeScaling),
  attentionBias: boolean,
  mlpBias: boolean,
};

export const GPT2_OPTIONS: OptionTable<GPT2Config> = {
  ...SHARED,
  layerNormEpsilon: number({ min: 0 }),
  activation: oneOf("gelu_new", "gelu"),
  embdPdrop: fraction,
  attnPdrop: fraction,
  residPdrop: fraction,
  scaleAttnWeights: boolean,
  scaleAttnByInverseLayerIdx: boolean,
};

const RANDOM_WEIGHTS: OptionTable<RandomWeights> = {
  seed: nullable(integer({ min: 0 })),
  device: aDevice,
};
const aFloatDType: Check<DType> = kind(
  'a dtype of floating point, as "float32" or "bfloat16"',
  (value) => aDType.accepts(value) && value.includes("float"),
);
const PRETRAINED: OptionTable<FromPretrainedOptions> = { dtype: aFloatDType, device: aDevice };

/** Sizes that have no default. */
export const LLAMA_REQUIRED: readonly (keyof LlamaConfig)[] = [
  "vocabSize",
  "hiddenSize",
  "intermediateSize",
  "numHiddenLayers",
  "numAttentionHeads",
];

/**
 * Checks what a model's constructor was given.
 * @param of the constructor as the user calls it: "new LlamaForCausalLM"
 */
export function checkModelOptions<T extends object>(
  of: string,
  [options, weights]: readonly [options: Partial<T>, weights: RandomWeights],
  { table, required = [] }: { table: OptionTable<T>; required?: readonly (keyof T & string)[] },
): void {
  checkOptions(of, options, table as OptionTable<Partial<T>>);
  for (const name of required) requireValue(`${of}: ${name}`, options[name], table[name]);
  checkOptions(of, weights, RANDOM_WEIGHTS);
}

/** Checks what `fromPretrained` was given. */
export function checkPretrained(folder: string, options: FromPretrainedOptions): void {
  requireValue("fromPretrained: folder", folder, aPath);
  checkOptions("fromPretrained", options, PRETRAINED);
}
