// What an adapter may be told, by PEFT's names in camel case.
import {
  anyOf,
  boolean,
  type Check,
  dropoutRate,
  integer,
  kind,
  listOf,
  number,
  oneOf,
  text,
} from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { isPlainObject } from "../arguments/plain-object.js";

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
  /** Ranks of single layers, by regular expressions that ends of their names match: { "layers.0.self_attn.q_proj": 4 }. */
  readonly rankPattern?: Readonly<Record<string, number>>;
  /** Their `loraAlpha`, likewise. */
  readonly alphaPattern?: Readonly<Record<string, number>>;
  /**
   * The layers that get an adapter: ends of their names, as ["q_proj", "embed_tokens"], or a regular expression that the whole
   * name must match. They are linear layers, or embeddings that share their weight with no other module. Default "all-linear":
   * all linear layers but the head.
   */
  readonly targetModules?: "all-linear" | RegExp | readonly string[];
  /** Those of them that get none, likewise; default none. */
  readonly excludeModules?: RegExp | readonly string[];
  /** Numbers of the layers whose modules get one, as [0, 1]; default all. Not with a regular expression as `targetModules`. */
  readonly layersToTransform?: number | readonly number[];
  /** What stands before the number in a name, as "layers", where the first number of a name is another. */
  readonly layersPattern?: string | readonly string[];
  /**
   * Biases that are trained, in place, and saved with the adapter: those of the layers with adapters ("lora_only") or all of
   * the model's ("all"). Default "none".
   */
  readonly bias?: "none" | "lora_only" | "all";
  /** Ends of names of modules that are trained whole and saved with the adapter, as ["lm_head"]; default none. */
  readonly modulesToSave?: readonly string[];
}

const layerNumber = integer({ min: 0 });
const aRank = integer({ min: 1 });
const anAlpha = number({ above: 0 });

function patternsOf(value: Check<number>): Check<Readonly<Record<string, number>>> {
  return kind(
    `an object of patterns and values, { "layers.0.self_attn.q_proj": 4 }, each ${value.expects}`,
    (given) => isPlainObject(given) && Object.values(given).every((each) => value.accepts(each)),
  );
}

export const LORA_OPTIONS: OptionTable<LoraOptions> = {
  r: aRank,
  loraAlpha: anAlpha,
  loraDropout: dropoutRate,
  useRslora: boolean,
  useDora: boolean,
  targetModules: kind(
    '"all-linear", a regular expression or a list of names',
    (value) => value === "all-linear" || value instanceof RegExp || listOf(text).accepts(value),
  ),
  modulesToSave: listOf(text),
  rankPattern: patternsOf(aRank),
  alphaPattern: patternsOf(anAlpha),
  excludeModules: kind(
    "a regular expression or a list of names",
    (value) => value instanceof RegExp || listOf(text).accepts(value),
  ),
  layersToTransform: anyOf(layerNumber, listOf(layerNumber)),
  layersPattern: anyOf(text, listOf(text)),
  bias: oneOf("none", "lora_only", "all"),
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
  rankPattern: {},
  alphaPattern: {},
  excludeModules: [],
  layersToTransform: [],
  layersPattern: [],
  bias: "none",
};

/** What a layer needs to know of its adapter. */
export interface AdapterConfig {
  readonly r: number;
  readonly scaling: number;
  readonly dropout: number;
  readonly useDora: boolean;
}

/** @param name of the layer in the model */
export function adapterConfig(
  { r, loraAlpha, rankPattern, alphaPattern, useRslora, useDora, loraDropout }: LoraConfig,
  name: string,
): AdapterConfig {
  const rank = valueFor(name, rankPattern) ?? r;
  const alpha = valueFor(name, alphaPattern) ?? loraAlpha;
  const scaling = alpha / (useRslora ? Math.sqrt(rank) : rank);
  return { r: rank, scaling, dropout: loraDropout, useDora };
}

/** Of the first pattern that matches. */
function valueFor(name: string, patterns: Readonly<Record<string, number>>): number | undefined {
  return Object.entries(patterns).find(([pattern]) => endMatches(name, pattern))?.[1];
}

/** Whether the name or an end of it that begins after a dot matches a pattern. */
export function endMatches(name: string, pattern: string): boolean {
  return new RegExp(`^(?:.*\\.)?(?:${pattern})$`, "u").test(name);
}

/** The options given, and the defaults of the others. */
export function withDefaults(options: LoraOptions): LoraConfig {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...LORA_DEFAULTS, ...Object.fromEntries(given) };
}

/** @throws RangeError when options contradict each other, or a pattern is none */
export function requireConsistent(of: string, config: LoraConfig): void {
  const problem = inconsistency(config, (option) => option);
  if (problem !== undefined) throw new RangeError(`${of}: ${problem}`);
}

/** What is wrong between options; undefined: nothing. @param called how the reader knows an option */
export function inconsistency(
  config: LoraConfig,
  called: (option: keyof LoraOptions) => string,
): string | undefined {
  const { targetModules, excludeModules, layersToTransform, layersPattern } = config;
  const hasLayers = [layersToTransform].flat().length > 0;
  if (hasLayers && targetModules instanceof RegExp)
    return `${called("layersToTransform")} goes with names as ${called("targetModules")}, not with a regular expression, which can say the layers itself`;
  if (!hasLayers && [layersPattern].flat().length > 0)
    return `${called("layersPattern")} says where the numbers of ${called("layersToTransform")} stand; give both`;
  if (excludeModules instanceof RegExp && !isPythons(excludeModules))
    return `${called("excludeModules")} has the flags "${excludeModules.flags}", which PEFT's files cannot say; write it without them`;
  return noPatternIn(config, called);
}

/** Says which pattern is no regular expression; undefined: all are. */
function noPatternIn(
  { rankPattern, alphaPattern, layersPattern }: LoraConfig,
  called: (option: keyof LoraOptions) => string,
): string | undefined {
  const patterns = {
    rankPattern: Object.keys(rankPattern),
    alphaPattern: Object.keys(alphaPattern),
    layersPattern: [layersPattern].flat(),
  };
  for (const [option, given] of Object.entries(patterns)) {
    const wrong = given.find((pattern) => !isPattern(pattern));
    if (wrong !== undefined)
      return `${called(option as keyof typeof patterns)}: ${JSON.stringify(wrong)} is no regular expression of JavaScript's`;
  }
  return undefined;
}

/** Whether Python means the same by it, which knows no flags. */
export function isPythons({ flags }: RegExp): boolean {
  return flags.replace(/[gu]/g, "") === "";
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
