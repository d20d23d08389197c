// The scalings of rotary frequencies for longer sequences that transformers knows: what each is made of, by its names here and in
// `config.json`. What they compute stands in frequencies.ts.
import { boolean, type Check, integer, listOf, number } from "../../arguments/checks.js";

/** Positions are divided by `factor` (Chen et al. 2023). */
export interface LinearScaling {
  /** Tells this scaling from the others. */
  readonly ropeType: "linear";
  /** How many times longer sequences become. */
  readonly factor: number;
}

/** The base grows with a sequence that is longer than `maxPositionEmbeddings` (dynamic NTK). */
export interface DynamicScaling {
  /** Tells this scaling from the others. */
  readonly ropeType: "dynamic";
  /** How many times longer sequences may become. */
  readonly factor: number;
}

/** Llama 3.1: long waves are stretched, short ones stay, those between are blended. */
export interface Llama3Scaling {
  /** Tells this scaling from the others. */
  readonly ropeType: "llama3";
  /** By which long waves are stretched. */
  readonly factor: number;
  /** Wavelengths longer than originalMaxPositionEmbeddings / this are stretched in full. */
  readonly lowFreqFactor: number;
  /** Wavelengths shorter than originalMaxPositionEmbeddings / this are left as they are. */
  readonly highFreqFactor: number;
  /** Longest sequence before scaling. */
  readonly originalMaxPositionEmbeddings: number;
}

/** YaRN (Peng et al. 2023): as llama3 between two numbers of rotations, and attention is sharpened. */
export interface YarnScaling {
  /** Tells this scaling from the others. */
  readonly ropeType: "yarn";
  /** By which long waves are stretched. */
  readonly factor: number;
  /** Longest sequence before scaling. */
  readonly originalMaxPositionEmbeddings: number;
  /** Cosines and sines are multiplied by it. Default: 0.1 ln(factor) + 1, or by `mscale` and `mscaleAllDim`. */
  readonly attentionFactor?: number;
  /** Waves that turn more often over the original length stay as they are. Default 32. */
  readonly betaFast?: number;
  /** Waves that turn less often are stretched in full. Default 1. */
  readonly betaSlow?: number;
  /** With `mscaleAllDim`: the two together make the attention factor (DeepSeek-V2). */
  readonly mscale?: number;
  /** See `mscale`. */
  readonly mscaleAllDim?: number;
  /** Whether the bounds between the waves are whole dims. Default true. */
  readonly truncate?: boolean;
}

/** LongRoPE (Ding et al. 2024): every wave is stretched by a number of its own, long sequences by others than short ones. */
export interface LongRopeScaling {
  /** Tells this scaling from the others. */
  readonly ropeType: "longrope";
  /** (headDim / 2) for sequences longer than `originalMaxPositionEmbeddings` */
  readonly longFactor: readonly number[];
  /** (headDim / 2) for the others */
  readonly shortFactor: readonly number[];
  /** Longest sequence before scaling. */
  readonly originalMaxPositionEmbeddings: number;
  /** How much longer sequences became. Default: maxPositionEmbeddings / originalMaxPositionEmbeddings. */
  readonly factor?: number;
  /** Cosines and sines are multiplied by it. Default: sqrt(1 + ln(factor) / ln(originalMaxPositionEmbeddings)). */
  readonly attentionFactor?: number;
}

/** Long-context scaling of rotary frequencies, as transformers' `rope_scaling`/`rope_parameters`. */
export type RopeScaling =
  | LinearScaling
  | DynamicScaling
  | Llama3Scaling
  | YarnScaling
  | LongRopeScaling;

export type ScalingType = RopeScaling["ropeType"];

/** One number of a scaling. */
export interface ScalingField {
  /** Its name in `config.json`. */
  readonly stored: string;
  readonly check: Check;
  readonly isOptional?: true;
}

type FieldsOf<S> = { readonly [K in Exclude<keyof S, "ropeType">]-?: ScalingField };

const factor = { stored: "factor", check: number({ min: 1 }) };
const positive = number({ above: 0 });
/** Longest sequence before scaling; some files keep it beside the scaling instead of in it. */
export const ORIGINAL_POSITIONS = {
  stored: "original_max_position_embeddings",
  check: integer({ min: 1, max: 2 ** 28 }),
} as const;
const optional = (stored: string, check: Check): ScalingField => ({
  stored,
  check,
  isOptional: true,
});
const attentionFactor = optional("attention_factor", positive);

const SCALINGS: {
  readonly [T in ScalingType]: FieldsOf<Extract<RopeScaling, { ropeType: T }>>;
} = {
  linear: { factor },
  dynamic: { factor },
  llama3: {
    factor,
    lowFreqFactor: { stored: "low_freq_factor", check: positive },
    highFreqFactor: { stored: "high_freq_factor", check: positive },
    originalMaxPositionEmbeddings: ORIGINAL_POSITIONS,
  },
  yarn: {
    factor,
    originalMaxPositionEmbeddings: ORIGINAL_POSITIONS,
    attentionFactor,
    betaFast: optional("beta_fast", positive),
    betaSlow: optional("beta_slow", positive),
    mscale: optional("mscale", positive),
    mscaleAllDim: optional("mscale_all_dim", positive),
    truncate: optional("truncate", boolean),
  },
  longrope: {
    longFactor: { stored: "long_factor", check: listOf(positive) },
    shortFactor: { stored: "short_factor", check: listOf(positive) },
    originalMaxPositionEmbeddings: ORIGINAL_POSITIONS,
    factor: optional("factor", number({ min: 1 })),
    attentionFactor,
  },
};

export const SCALING_TYPES = Object.keys(SCALINGS) as ScalingType[];

/** The fields of a scaling, by their names here. */
export function scalingFields(type: ScalingType): readonly [name: string, ScalingField][] {
  return Object.entries(SCALINGS[type]);
}

/** The numbers of a scaling that must be smaller than others of it, as pairs of names. */
export function misordered(
  scaling: RopeScaling,
): readonly [smaller: string, larger: string] | undefined {
  if (scaling.ropeType === "llama3" && scaling.lowFreqFactor >= scaling.highFreqFactor)
    return ["lowFreqFactor", "highFreqFactor"];
  if (scaling.ropeType === "yarn" && (scaling.betaSlow ?? 1) >= (scaling.betaFast ?? 32))
    return ["betaSlow", "betaFast"];
  return undefined;
}

/** A scaling as an option of a model. */
export const aRopeScaling: Check<RopeScaling> = {
  expects: SCALING_TYPES.map(formOf).join(", or "),
  isKind: (value) => typeof value === "object" && value !== null && typeOf(value) !== undefined,
  accepts: (value): value is RopeScaling =>
    typeof value === "object" && value !== null && fits(value as Record<string, unknown>),
};

function formOf(type: ScalingType): string {
  const names = scalingFields(type).map(([name, { isOptional }]) => name + (isOptional ? "?" : ""));
  return `{ ropeType: "${type}", ${names.join(", ")} }`;
}

function typeOf(value: object): ScalingType | undefined {
  return SCALING_TYPES.find((type) => type === (value as { ropeType?: unknown }).ropeType);
}

function fits(value: Record<string, unknown>): boolean {
  const type = typeOf(value);
  if (type === undefined) return false;
  const fields = scalingFields(type);
  const known = ["ropeType", ...fields.map(([name]) => name)];
  return (
    Object.keys(value).every((name) => known.includes(name)) &&
    fields.every(([name, { check, isOptional = false }]) =>
      value[name] === undefined ? isOptional : check.accepts(value[name]),
    ) &&
    misordered(value as unknown as RopeScaling) === undefined
  );
}
