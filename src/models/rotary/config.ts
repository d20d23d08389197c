// Where a `config.json` says how positions are rotated: transformers 4 writes `rope_theta` and `rope_scaling`,
// transformers 5 `rope_parameters` with both. What is said twice must be said alike.
import { type Check, nullable, number, oneOf } from "../../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../../checkpoint/checkpoint-error.js";
import {
  checkFields,
  describeJson,
  jsonObject,
  required,
  type Schema,
} from "../../files/check-fields.js";
import type { StrictJson, StrictJsonObject } from "../../files/strict-json.js";
import { notImplemented } from "../config-file.js";
import type { ConfigPart } from "../config-table.js";
import {
  aRopeScaling,
  misordered,
  ORIGINAL_POSITIONS,
  type RopeScaling,
  SCALING_TYPES,
  type ScalingType,
  scalingFields,
} from "./scaling.js";

/** What rotary positions need of a configuration. */
export interface RotaryConfig {
  /** Width of one head. */
  readonly headDim: number;
  /** Base of the rotary frequencies. */
  readonly ropeTheta: number;
  /** How rotary frequencies are changed for longer sequences; null when they are not. */
  readonly ropeScaling: RopeScaling | null;
  /** Longest sequence the model was made for. */
  readonly maxPositionEmbeddings: number;
}

type RopeType = ScalingType | "default";
const ROPE_TYPES: readonly RopeType[] = ["default", ...SCALING_TYPES];

const theta: Check<number> = number({ above: 0 });

const BASE = {
  rope_type: oneOf(...ROPE_TYPES),
  type: oneOf(...ROPE_TYPES),
  rope_theta: theta,
  partial_rotary_factor: notImplemented("rotating a part of each head", null, 1),
};

function schemaOf(type: RopeType): Schema {
  if (type === "default") return BASE;
  const own = scalingFields(type).map(([, { stored, check, isOptional = false }]) => [
    stored,
    isOptional ? nullable(check) : required(check),
  ]);
  return { ...BASE, ...Object.fromEntries(own) };
}

/** The fields of a config that speak of rotary positions. */
interface RopeFields {
  readonly rope_theta?: number;
  readonly rope_parameters?: StrictJsonObject | null;
  readonly rope_scaling?: StrictJsonObject | null;
  readonly original_max_position_embeddings?: number | null;
}

export type Rope = Pick<RotaryConfig, "ropeTheta" | "ropeScaling">;

/** `ropeTheta` and `ropeScaling` of a configuration. */
export const ROTARY: ConfigPart<Rope> = {
  options: { ropeTheta: theta, ropeScaling: nullable(aRopeScaling) },
  defaults: { ropeTheta: 10000, ropeScaling: null },
  schema: {
    rope_theta: theta,
    rope_parameters: nullable(jsonObject),
    rope_scaling: nullable(jsonObject),
    original_max_position_embeddings: nullable(ORIGINAL_POSITIONS.check),
  },
  read: (fields, path) => ropeFromFields(fields as RopeFields, path),
  write: ({ ropeTheta, ropeScaling }) => ({
    rope_theta: ropeTheta,
    rope_scaling: ropeScaling === null ? null : scalingToJson(ropeScaling),
  }),
};

function scalingToJson(scaling: RopeScaling): Record<string, unknown> {
  const numbers = scaling as unknown as Readonly<Record<string, unknown>>;
  const stated = scalingFields(scaling.ropeType).filter(([name]) => numbers[name] !== undefined);
  const stored = stated.map(([name, field]) => [field.stored, numbers[name]]);
  return { rope_type: scaling.ropeType, ...Object.fromEntries(stored) };
}

/** What is wrong between a scaling and the model's sizes, in words. */
export function ropeProblem({ ropeScaling, headDim }: RotaryConfig): string | undefined {
  if (ropeScaling?.ropeType === "dynamic" && headDim < 4)
    return `rope scaling "dynamic" needs heads of at least 4, got ${headDim}`;
  if (ropeScaling?.ropeType !== "longrope") return undefined;
  const [long, short] = [ropeScaling.longFactor.length, ropeScaling.shortFactor.length];
  if (long === headDim / 2 && short === headDim / 2) return undefined;
  return (
    `rope scaling "longrope" needs a factor for each pair of a head, ${headDim / 2} long and as many short ones, ` +
    `got ${long} and ${short}`
  );
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
  const schema = schemaOf(ropeType);
  const unread = [...object.keys()].find((name) => !Object.hasOwn(schema, name));
  if (unread !== undefined) {
    throw new CheckpointError(
      `"${within}.${unread}" is not read for rope_type "${ropeType}"; its fields: ${Object.keys(schema).join(", ")}`,
      { path },
    );
  }
  const stated = checkFields(whole, schema, at) as Readonly<Record<string, unknown>>;
  const ropeTheta = stated["rope_theta"] as number | undefined;
  if (ropeType === "default") return { ropeTheta, ropeScaling: null };
  return { ropeTheta, ropeScaling: scalingFrom(stated, ropeType, { path, within }) };
}

function scalingFrom(
  stated: Readonly<Record<string, unknown>>,
  ropeType: ScalingType,
  { path, within }: { readonly path: string; readonly within: string },
): RopeScaling {
  const fields = scalingFields(ropeType);
  const numbers = fields.flatMap(([name, { stored }]) =>
    stated[stored] == null ? [] : [[name, stated[stored]]],
  );
  const scaling = { ropeType, ...Object.fromEntries(numbers) } as RopeScaling;
  const wrong = misordered(scaling);
  if (wrong === undefined) return scaling;
  const [smaller, larger] = wrong.map((name) => fields.find(([each]) => each === name)?.[1].stored);
  throw new CheckpointError(
    `"${within}.${smaller}" must be below ${larger}, got ${describeJson(stated[smaller as string] as StrictJson)} and ` +
      describeJson(stated[larger as string] as StrictJson),
    { path },
  );
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
  const name = ORIGINAL_POSITIONS.stored;
  const beside = fields[name];
  if (beside == null || !Object.hasOwn(schemaOf(ropeType), name)) return object;
  const inside = object.get(name) ?? beside;
  if (inside === beside) return new Map([...object, [name, beside]]);
  throw new CheckpointError(
    `"${name}" is ${beside} and "${within}.${name}" is ${describeJson(inside)}; keep the right one`,
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
