// What an adapter may be told, by PEFT's names in camel case.
import { boolean, dropoutRate, integer, kind, listOf, number, text } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";

/** Options of a LoRA adapter. Names and defaults are those of PEFT's `LoraConfig`. */
export interface LoraOptions {
  /** Rank of the update, default 8. */
  readonly r?: number;
  /** The update is multiplied by loraAlpha / r, default 8. */
  readonly loraAlpha?: number;
  /** Probability of dropping an element of the adapter's input while training, default 0. */
  readonly loraDropout?: number;
  /** Divides by the root of r instead (rsLoRA, Kalajdzievski 2023), default false. */
  readonly useRslora?: boolean;
  /** Trains the lengths of the adapted rows apart from their direction (DoRA, Liu et al. 2024), default false. */
  readonly useDora?: boolean;
  /**
   * The linear layers that get an adapter: ends of their names, as ["q_proj", "v_proj"], or a regular expression that the whole
   * name must match. Default "all-linear": all but the head.
   */
  readonly targetModules?: "all-linear" | RegExp | readonly string[];
  /** Ends of names of modules that are trained whole and saved with the adapter, as ["lm_head"]; default none. */
  readonly modulesToSave?: readonly string[];
}

export const LORA_OPTIONS: OptionTable<LoraOptions> = {
  r: integer({ min: 1 }),
  loraAlpha: number({ above: 0 }),
  loraDropout: dropoutRate,
  useRslora: boolean,
  useDora: boolean,
  targetModules: kind(
    '"all-linear", a regular expression or a list of names',
    (value) => value === "all-linear" || value instanceof RegExp || listOf(text).accepts(value),
  ),
  modulesToSave: listOf(text),
};

/** All options of one adapter. */
export type LoraConfig = Required<LoraOptions>;

export const LORA_DEFAULTS: LoraConfig = {
  r: 8,
  loraAlpha: 8,
  loraDropout: 0,
  useRslora: false,
  useDora: false,
  targetModules: "all-linear",
  modulesToSave: [],
};

/** What a layer needs to know of its adapter. */
export interface AdapterConfig {
  readonly r: number;
  readonly scaling: number;
  readonly dropout: number;
  readonly useDora: boolean;
}

export function adapterConfig({
  r,
  loraAlpha,
  loraDropout,
  useRslora,
  useDora,
}: LoraConfig): AdapterConfig {
  const scaling = loraAlpha / (useRslora ? Math.sqrt(r) : r);
  return { r, scaling, dropout: loraDropout, useDora };
}

/** The options given, and the defaults of the others. */
export function withDefaults(options: LoraOptions): LoraConfig {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...LORA_DEFAULTS, ...Object.fromEntries(given) };
}
