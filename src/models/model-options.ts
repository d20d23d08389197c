// What may be given to the constructors of models beside their configuration, and to `fromPretrained`.
import { type Check, integer, kind, nullable, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { HUB_OPTIONS, type HubOptions } from "../hub/hub-folder.js";
import { aSource } from "../hub/hub-id.js";
import { aDevice, aDType } from "../tensor/arguments.js";
import type { DeviceName, DType } from "../tensor/dtype.js";

/** How a model with random weights is made. */
export interface RandomWeights {
  /** Default 0; null leaves weights undefined, for who fills them at once. */
  readonly seed?: number | null;
  /** Default "cpu"; on "meta" it has shapes and no numbers: `to(device)`, then `loadWeights(folder)` or `initialize(seed)` give it some. */
  readonly device?: DeviceName;
}

/** Options of `fromPretrained`. */
export interface FromPretrainedOptions extends HubOptions {
  /** Default "float32", whatever the files hold: training needs the bits. */
  readonly dtype?: DType;
  /** Default "cpu"; `booster.boost` moves the model to its device. */
  readonly device?: string;
}

const RANDOM_WEIGHTS: OptionTable<RandomWeights> = {
  seed: nullable(integer({ min: 0 })),
  device: aDevice,
};
const aFloatDType: Check<DType> = kind(
  'a dtype of floating point, as "float32" or "bfloat16"',
  (value) => aDType.accepts(value) && value.includes("float"),
);
const PRETRAINED: OptionTable<FromPretrainedOptions> = {
  ...HUB_OPTIONS,
  dtype: aFloatDType,
  device: aDevice,
};

/** @param of the constructor as the user calls it: "new LlamaForCausalLM" */
export function checkRandomWeights(of: string, weights: RandomWeights): void {
  checkOptions(of, weights, RANDOM_WEIGHTS);
}

/** Checks what `fromPretrained` was given. */
export function checkPretrained(source: string, options: FromPretrainedOptions): void {
  requireValue("fromPretrained: source", source, aSource);
  checkOptions("fromPretrained", options, PRETRAINED);
}
