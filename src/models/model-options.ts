// What may be given to the constructors of models beside their configuration, and to `fromPretrained`.
import { boolean, type Check, integer, kind, nullable, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable, requireOptions } from "../arguments/options.js";
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
  /** Default "float32", whatever the files hold: training needs the bits. "auto": as they are stored. */
  readonly dtype?: DType | "auto";
  /** Default "cpu"; `booster.boost` moves the model to its device. */
  readonly device?: string;
  /** Whether weights of other shapes than the folder's begin anew, as a head of other classes; default false: they are refused. */
  readonly ignoreMismatchedSizes?: boolean;
}

/** Fields of `config.json` in camel case that are to be other than the folder says; each family checks its own. */
export type ConfigFields = Readonly<Record<string, unknown>>;

const RANDOM_WEIGHTS: OptionTable<RandomWeights> = {
  seed: nullable(integer({ min: 0 })),
  device: aDevice,
};
const aFloatDType: Check<DType | "auto"> = kind(
  'a dtype of floating point, as "float32" or "bfloat16", or "auto"',
  (value) => value === "auto" || (aDType.accepts(value) && value.includes("float")),
);
const PRETRAINED: OptionTable<FromPretrainedOptions> = {
  ...HUB_OPTIONS,
  dtype: aFloatDType,
  device: aDevice,
  ignoreMismatchedSizes: boolean,
};

/** @param of the constructor as the user calls it: "new LlamaForCausalLM" */
export function checkRandomWeights(of: string, weights: RandomWeights): void {
  checkOptions(of, weights, RANDOM_WEIGHTS);
}

/** Checks what `fromPretrained` was given. @param fields of the family's configuration */
export function checkPretrained<C extends object>(
  source: string,
  options: FromPretrainedOptions & Partial<C>,
  fields: OptionTable<C>,
): void {
  requireValue("fromPretrained: source", source, aSource);
  const table: OptionTable = { ...PRETRAINED, ...fields };
  checkOptions<object>("fromPretrained", options, table);
}

/** The same where the family is not known yet, whose fields are left to it. */
export function checkLoading(source: string, options: FromPretrainedOptions): void {
  requireOptions("fromPretrained", options, PRETRAINED);
  const loading = Object.entries(options).filter(([name]) => Object.hasOwn(PRETRAINED, name));
  checkPretrained(source, Object.fromEntries(loading), {});
}

/** The fields of a configuration among the options. */
export function configFields<C extends object>(
  options: FromPretrainedOptions & Partial<C>,
): Partial<C> {
  const others = Object.entries(options).filter(([name]) => !Object.hasOwn(PRETRAINED, name));
  return Object.fromEntries(others) as Partial<C>;
}
