// Where a `config.json` says how positions are rotated: transformers 4 writes `rope_theta` and `rope_scaling`,
// transformers 5 `rope_parameters` with both. What is said twice must be said alike.
import { type Check, integer, kind, nullable, number, oneOf } from "../../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../../checkpoint/checkpoint-error.js";
import {
  checkFields,
  describeJson,
  jsonObject,
  required,
  type Schema,
} from "../../files/check-fields.js";
import type { StrictJsonObject } from "../../files/strict-json.js";
import { notImplemented } from "../config-file.js";
import type { ConfigPart } from "../config-table.js";

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

/** What rotary positions need of a configuration. */
export interface RotaryConfig {
  /** Width of one head. */
  readonly headDim: number;
  /** Base of the rotary frequencies. */
  readonly ropeTheta: number;
  /** How rotary frequencies are changed for longer sequences; null when they are not. */
  readonly ropeScaling: RopeScaling | null;
}

const ROPE_TYPES = ["default", "linear", "llama3"] as const;
type RopeType = (typeof ROPE_TYPES)[number];

const theta: Check<number> = number({ above: 0 });
const originalPositions: Check<number> = integer({ min: 1, max: 2 ** 28 });

const BASE = {
  rope_type: oneOf(...ROPE_TYPES),
  type: oneOf(...ROPE_TYPES),
  rope_theta: theta,
  partial_rotary_factor: notImplemented("rotating a part of each head", null, 1),
};
const factor = required(number({ min: 1 }));
const FIELDS: Readonly<Record<RopeType, Schema>> = {
  default: BASE,
  linear: { ...BASE, factor },
  llama3: {
    ...BASE,
    factor,
    low_freq_factor: required(number({ above: 0 })),
    high_freq_factor: required(number({ above: 0 })),
    original_max_position_embeddings: required(originalPositions),
  },
};

/** The fields of a config that speak of rotary positions. */
interface RopeFields {
  readonly rope_theta?: number;
  readonly rope_parameters?: StrictJsonObject | null;
  readonly rope_scaling?: StrictJsonObject | null;
  readonly original_max_position_embeddings?: number | null;
}

export type Rope = Pick<RotaryConfig, "ropeTheta" | "ropeScaling">;

const aRopeScaling: Check<RopeScaling> = kind(
  "{ ropeType, factor, lowFreqFactor, highFreqFactor, originalMaxPositionEmbeddings }",
  (value) => typeof value === "object" && value !== null && "ropeType" in value,
);

/** `ropeTheta` and `ropeScaling` of a configuration. */
export const ROTARY: ConfigPart<Rope> = {
  options: { ropeTheta: theta, ropeScaling: nullable(aRopeScaling) },
  defaults: { ropeTheta: 10000, ropeScaling: null },
  schema: {
    rope_theta: theta,
    rope_parameters: nullable(jsonObject),
    rope_scaling: nullable(jsonObject),
    original_max_position_embeddings: nullable(originalPositions),
  },
  read: (fields, path) => ropeFromFields(fields as RopeFields, path),
  write: ({ ropeTheta, ropeScaling }) => ({
    rope_theta: ropeTheta,
    rope_scaling: ropeScaling === null ? null : scalingToJson(ropeScaling),
  }),
};

function scalingToJson(scaling: RopeScaling): Record<string, unknown> {
  const { ropeType, factor } = scaling;
  if (ropeType !== "llama3") return { rope_type: ropeType, factor };
  return {
    rope_type: ropeType,
    factor,
    low_freq_factor: scaling.lowFreqFactor,
    high_freq_factor: scaling.highFreqFactor,
    original_max_position_embeddings: scaling.originalMaxPositionEmbeddings,
  };
}

/**
 * @param path of the file, for errors
 * @throws CheckpointError when a number is missing or out of range, or two fields contradict each other
 */
function ropeFromFields(fields: RopeFields, path: string): Rope {
  const said = (["rope_parameters", "rope_scaling"] as const).flatMap((name) => {
    const object = fields[name];
    return object == null || object.size === 0 ? [] : [readRope(object, name, { fields, path })];
  });
  const [first = { ropeTheta: undefined, ropeScaling: null }, second = first] = said;
  if (describe(first) !== describe(second)) {
    throw new CheckpointError(
      `"rope_parameters" and "rope_scaling" contradict each other: ${describeJson(fields.rope_parameters ?? null)} ` +
        `and ${describeJson(fields.rope_scaling ?? null)}; keep the one the model was trained with`,
      { path },
    );
  }
  const ropeTheta = oneTheta([fields.rope_theta, first.ropeTheta, second.ropeTheta], path);
  return { ropeTheta: ropeTheta ?? 10000, ropeScaling: first.ropeScaling };
}

interface Said {
  readonly ropeTheta: number | undefined;
  readonly ropeScaling: RopeScaling | null;
}

function describe({ ropeScaling }: Said): string {
  return JSON.stringify(ropeScaling);
}

function readRope(
  object: StrictJsonObject,
  within: string,
  { fields, path }: { readonly fields: RopeFields; readonly path: string },
): Said {
  const at = { path, problem: checkpointProblem, within };
  const ropeType = ropeTypeOf(object, at);
  const whole = withOriginalPositions(object, ropeType, { fields, path, within });
  const schema = FIELDS[ropeType];
  const unread = [...object.keys()].find((name) => !Object.hasOwn(schema, name));
  if (unread !== undefined) {
    throw new CheckpointError(
      `"${within}.${unread}" is not read for rope_type "${ropeType}"; its fields: ${Object.keys(schema).join(", ")}`,
      { path },
    );
  }
  const numbers = checkFields(whole, schema, at) as Readonly<Record<string, number | undefined>>;
  const scaling = {
    ropeType,
    factor: numbers["factor"] ?? 1,
    lowFreqFactor: numbers["low_freq_factor"] ?? 1,
    highFreqFactor: numbers["high_freq_factor"] ?? 4,
    originalMaxPositionEmbeddings: numbers["original_max_position_embeddings"] ?? 8192,
  };
  requireOrder(scaling, within, path);
  return {
    ropeTheta: numbers["rope_theta"],
    ropeScaling: ropeType === "default" ? null : scaling,
  };
}

function ropeTypeOf(
  object: StrictJsonObject,
  at: { path: string; problem: typeof checkpointProblem; within: string },
): RopeType {
  const names = { rope_type: BASE.rope_type, type: BASE.type };
  const { rope_type: newName, type: oldName } = checkFields(object, names, at);
  if (newName !== undefined && oldName !== undefined && newName !== oldName) {
    throw new CheckpointError(
      `"${at.within}.rope_type" is "${newName}" and "${at.within}.type" is "${oldName}"; keep the right one`,
      { path: at.path },
    );
  }
  return newName ?? oldName ?? "default";
}

/** Some files keep `original_max_position_embeddings` beside the scaling instead of in it. */
function withOriginalPositions(
  object: StrictJsonObject,
  ropeType: RopeType,
  { fields, path, within }: { fields: RopeFields; path: string; within: string },
): StrictJsonObject {
  const name = "original_max_position_embeddings";
  const beside = fields[name];
  if (ropeType !== "llama3" || beside == null) return object;
  const inside = object.get(name) ?? beside;
  if (inside === beside) return new Map([...object, [name, beside]]);
  throw new CheckpointError(
    `"${name}" is ${beside} and "${within}.${name}" is ${describeJson(inside)}; keep the right one`,
    { path },
  );
}

function requireOrder(scaling: RopeScaling, within: string, path: string): void {
  const { lowFreqFactor, highFreqFactor } = scaling;
  if (lowFreqFactor < highFreqFactor) return;
  throw new CheckpointError(
    `"${within}.low_freq_factor" must be below high_freq_factor, got ${lowFreqFactor} and ${highFreqFactor}`,
    { path },
  );
}

function oneTheta(said: readonly (number | undefined)[], path: string): number | undefined {
  const different = [...new Set(said.filter((one) => one !== undefined))];
  if (different.length < 2) return different[0];
  throw new CheckpointError(
    `has two different "rope_theta", ${different.join(" and ")}; keep the one the model was trained with`,
    { path },
  );
}
