// Options that all plugins have, and the refusal of those that Colossal-AI's have and ours do not.
import { camelCase } from "../arguments/cases.js";
import { boolean, kind, number } from "../arguments/checks.js";
import { checkOptions, type OptionTable, requireOptions } from "../arguments/options.js";
import { aDevice } from "../tensor/arguments.js";
import { LOSS_SCALER_OPTIONS, type LossScalerOptions } from "./loss-scaler.js";
import { PlanError } from "./plan.js";

/** Options that all plugins have. */
export interface PluginOptions {
  /** Clip the global gradient norm to this before each step; default: no clipping. */
  readonly maxNorm?: number;
  /**
   * Whether it is meant that a loss does not depend on some parameters. They are found in any case and stay as they are; false,
   * the default, tells them once.
   */
  readonly findUnusedParameters?: boolean;
  /** Numbers of the loss scaling of float16; default those of torch.amp.GradScaler. */
  readonly lossScaler?: LossScalerOptions;
  /** Default: this rank's GPU, or "cpu" where there is none. */
  readonly device?: string;
}

export const PLUGIN_OPTIONS: OptionTable<PluginOptions> = {
  maxNorm: number({ above: 0 }),
  findUnusedParameters: boolean,
  lossScaler: kind(
    "an object of numbers, as { initialScale: 1024 }",
    (value) => Object(value) === value,
  ),
  device: aDevice,
};

/** Why an option of Colossal-AI's plugin is none here, and what to do instead. */
export type Refusals = Readonly<Record<string, readonly [because: string, remedy: string]>>;

const SCALER = "give lossScaler: { initialScale, growthFactor, backoffFactor, growthInterval }";
/** Those that Colossal-AI's plugins for ZeRO and for Gemini have alike. */
export const SHARED_REFUSALS: Refusals = {
  precision: ["it is the booster's", 'give new Booster({ plugin, mixedPrecision: "bf16" })'],
  initialScale: ["it is a number of the loss scaler", SCALER],
  growthFactor: ["it is a number of the loss scaler", SCALER],
  backoffFactor: ["it is a number of the loss scaler", SCALER],
  growthInterval: ["it is a number of the loss scaler", SCALER],
  minScale: ["the scale has no bounds, as in torch.amp.GradScaler", "leave it out"],
  maxScale: ["the scale has no bounds, as in torch.amp.GradScaler", "leave it out"],
  hysteresis: [
    "every overflow makes the scale smaller, as in torch.amp.GradScaler",
    "leave it out",
  ],
  normType: ["the norm is L2", "leave it out"],
  masterWeights: [
    "it is the booster's",
    'give new Booster({ plugin, mixedPrecision: "bf16", masterWeights: false })',
  ],
  verbose: ["there is nothing that it would tell", "leave it out"],
  useFp8: ["layers do not compute in 8 bits", "leave it out"],
};

/** @throws RangeError naming the option that is out of range, PlanError one that is refused */
export function requirePluginOptions<T extends PluginOptions>(
  plugin: string,
  options: T,
  { table, refused }: { readonly table: OptionTable<T>; readonly refused: Refusals },
): void {
  const of = `new ${plugin}`;
  requireOptions(of, options, table);
  const name = Object.keys(options)
    .map(camelCase) // Python's names mean the same
    .find((each) => Object.hasOwn(refused, each));
  if (name !== undefined)
    throw new PlanError(`${plugin}: ${name}`, ...(refused[name] as Refusals[string]));
  checkOptions(of, options, table);
  checkOptions("lossScaler", options.lossScaler ?? {}, LOSS_SCALER_OPTIONS);
}
