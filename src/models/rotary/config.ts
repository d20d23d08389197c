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

/** Rotary positions that turn a part of each head. */
export interface PartialRotaryConfig extends RotaryConfig {
  /** Of the numbers of a head, from the first on, this part is turned. */
  readonly partialRotaryFactor: number;
}

/** Numbers of a head that are turned, rounded as transformers rounds. */
export function rotatedDims({ headDim, partialRotaryFactor }: PartialRotaryConfig): number {
  return Math.trunc(headDim * partialRotaryFactor);
}

type RopeType = ScalingType | "default";
const ROPE_TYPES: readonly RopeType[] = ["default", ...SCALING_TYPES];

const theta: Check<number> = number({ above: 0 });

const part: Check<number> = number({ above: 0, max: 1 });
const wholeHeads = notImplemented("rotating a part of each head", null, 1);

const BASE = {
  rope_type: oneOf(...ROPE_TYPES),
  type: oneOf(...ROPE_TYPES),
  rope_theta: theta,
};

/** @param partialFactor what `partial_rotary_factor` may be */
function schemaOf(type: RopeType, partialFactor: Check): Schema {
  const base = { ...BASE, partial_rotary_factor: partialFactor };
  if (type === "default") return base;
  const own = scalingFields(type).map(([, { stored, check, isOptional = false }]) => [
    stored,
    isOptional ? nullable(check) : required(check),
  ]);
  return { ...base, ...Object.fromEntries(own) };
}

/** The fields of a config that speak of rotary positions. */
interface RopeFields {
  readonly rope_theta?: number;
  readonly rope_parameters?: StrictJsonObject | null;
  readonly rope_scaling?: StrictJsonObject | null;
  readonly original_max_position_embeddings?: number | null;
  readonly partial_rotary_factor?: number;
}

export type Rope = Pick<RotaryConfig, "ropeTheta" | "ropeScaling">;
export type PartialRope = Pick<PartialRotaryConfig, keyof Rope | "partialRotaryFactor">;

/** `ropeTheta` and `ropeScaling` of a configuration. @param ropeTheta where nothing is said */
export function rotary(ropeTheta = 10000): ConfigPart<Rope> {
  const defaults = { ropeTheta, ropeScaling: null };
  return {
    options: { ropeTheta: theta, ropeScaling: nullable(aRopeScaling) },
    defaults,
    schema: {
      rope_theta: theta,
      rope_parameters: nullable(jsonObject),
      rope_scaling: nullable(jsonObject),
      original_max_position_embeddings: nullable(ORIGINAL_POSITIONS.check),
    },
    read: (fields, path) => ({
      ...defaults,
      ...ropeFromFields(fields as RopeFields, path, wholeHeads).rope,
    }),
    write: ({ ropeTheta, ropeScaling }) => ({
      rope_theta: ropeTheta,
      rope_scaling: ropeScaling === null ? null : scalingToJson(ropeScaling),
      ...(ropeScaling?.ropeType === "longrope" && {
        // version 4 of transformers reads LongRoPE's here alone
        [ORIGINAL_POSITIONS.stored]: ropeScaling.originalMaxPositionEmbeddings,
      }),
    }),
  };
}

/** With the base that most families have. */
export const ROTARY: ConfigPart<Rope> = rotary();

/** The same for families that turn a part of each head. @param partialRotaryFactor where nothing is said */
export function partialRotary(partialRotaryFactor: number): ConfigPart<PartialRope> {
  const defaults = { ...ROTARY.defaults, partialRotaryFactor };
  return {
    options: { ...ROTARY.options, partialRotaryFactor: part },
    defaults,
    schema: { ...ROTARY.schema, partial_rotary_factor: part },
    read: (fields, path) => {
      const { rope, partialFactor } = ropeFromFields(fields as RopeFields, path, part);
      const stated = partialFactor !== undefined && { partialRotaryFactor: partialFactor };
      return { ...defaults, ...rope, ...stated };
    },
    write: (config) => ({
      ...ROTARY.write(config),
      partial_rotary_factor: config.partialRotaryFactor,
    }),
  };
}

function scalingToJson(scaling: RopeScaling): Record<string, unknown> {
  const numbers = scaling as unknown as Readonly<Record<string, unknown>>;
  const stated = scalingFields(scaling.ropeType).filter(([name]) => numbers[name] !== undefined);
  const stored = stated.map(([name, field]) => [field.stored, numbers[name]]);
  return { rope_type: scaling.ropeType, ...Object.fromEntries(stored) };
}

/** What is wrong between a scaling and the numbers of a head that are turned, in words. */
export function ropeProblem({ ropeScaling }: RotaryConfig, dims: number): string | undefined {
  if (dims < 2 || dims % 2 !== 0)
    return `the part of each head that is turned must be of whole pairs, got ${dims} numbers`;
  if (ropeScaling?.ropeType === "dynamic" && dims < 4)
    return `rope scaling "dynamic" needs heads of at least 4, got ${dims}`;
  if (ropeScaling?.ropeType !== "longrope") return undefined;
  const [long, short] = [ropeScaling.longFactor.length, ropeScaling.shortFactor.length];
  if (long === dims / 2 && short === dims / 2) return undefined;
  return (
    `rope scaling "longrope" needs a factor for each pair of a head, ${dims / 2} long and as many short ones, ` +
    `got ${long} and ${short}`
  );
}

/**
 * What a file says.
 * @param path of the file, for errors
 * @throws CheckpointError when a number is missing or out of range, or two fields contradict each other
 */
function ropeFromFields(
  fields: RopeFields,
  path: string,
  partialFactor: Check,
): { readonly rope: Partial<Rope>; readonly partialFactor: number | undefined } {
  const said = (["rope_parameters", "rope_scaling"] as const).flatMap((name) => {
    const object = fields[name];
    const where = { fields, path, within: name, partialFactor };
    return object == null || object.size === 0 ? [] : [readRope(object, where)];
  });
  const [first = NOTHING, second = first] = said;
  if (describe(first) !== describe(second)) {
    throw new CheckpointError(
      `"rope_parameters" and "rope_scaling" contradict each other: ${describeJson(fields.rope_parameters ?? null)} ` +
        `and ${describeJson(fields.rope_scaling ?? null)}; keep the one the model was trained with`,
      { path },
    );
  }
  const all = [fields, first, second];
  const ropeTheta = sameOf("rope_theta", all, path);
  const rope = { ropeScaling: first.ropeScaling, ...(ropeTheta !== undefined && { ropeTheta }) };
  return { rope, partialFactor: sameOf("partial_rotary_factor", all, path) };
}

interface Numbers {
  readonly rope_theta?: number;
  readonly partial_rotary_factor?: number;
}
interface Said extends Numbers {
  readonly ropeScaling: RopeScaling | null;
}
const NOTHING: Said = { ropeScaling: null };

function describe({ ropeScaling }: Said): string {
  return JSON.stringify(ropeScaling);
}

interface Where {
  readonly fields: RopeFields;
  readonly path: string;
  /** The field that is read. */
  readonly within: string;
  readonly partialFactor: Check;
}

function readRope(object: StrictJsonObject, where: Where): Said {
  const { path, within, partialFactor } = where;
  const at = { path, problem: checkpointProblem, within };
  const ropeType = ropeTypeOf(object, at);
  const schema = schemaOf(ropeType, partialFactor);
  const whole = withOriginalPositions(object, schema, where);
  const unread = [...object.keys()].find((name) => !Object.hasOwn(schema, name));
  if (unread !== undefined) {
    throw new CheckpointError(
      `"${within}.${unread}" is not read for rope_type "${ropeType}"; its fields: ${Object.keys(schema).join(", ")}`,
      { path },
    );
  }
  const stated = checkFields(whole, schema, at) as Readonly<Record<string, unknown>>;
  const isScaled = ropeType !== "default";
  return {
    ...(stated as Numbers),
    ropeScaling: isScaled ? scalingFrom(stated, ropeType, { path, within }) : null,
  };
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
  schema: Schema,
  { fields, path, within }: Where,
): StrictJsonObject {
  const name = ORIGINAL_POSITIONS.stored;
  const beside = fields[name];
  if (beside == null || !Object.hasOwn(schema, name)) return object;
  const inside = object.get(name) ?? beside;
  if (inside === beside) return new Map([...object, [name, beside]]);
  throw new CheckpointError(
    `"${name}" is ${beside} and "${within}.${name}" is ${describeJson(inside)}; keep the right one`,
    { path },
  );
}

/** The number of that name, which all that say it must say alike. */
function sameOf(name: keyof Numbers, said: readonly Numbers[], path: string): number | undefined {
  const different = [...new Set(said.flatMap((one) => one[name] ?? []))];
  if (different.length < 2) return different[0];
  throw new CheckpointError(
    `has two different "${name}", ${different.join(" and ")}; keep the one the model was trained with`,
    { path },
  );
}
