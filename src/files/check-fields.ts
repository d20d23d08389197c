// A schema says what each field of a file may be, with the checks that options of functions have too
// (src/arguments). A file that breaks it gives one error which lists every field at fault.
//
//   const SCHEMA = { vocab_size: required(integer({ min: 1 })), tie_word_embeddings: boolean };
//   const { vocab_size } = checkFields(readJsonObject(path, { problem }), SCHEMA, { path, problem });
import { type Check, kind } from "../arguments/checks.js";
import type { FileProblem } from "./file-error.js";
import type { StrictJson, StrictJsonObject } from "./strict-json.js";

/** A field that must be there. */
export interface Required<T> {
  readonly required: Check<T>;
}

/** What each field may be; fields that are not `required` may be left out. */
export type Schema = { readonly [field: string]: Check | Required<unknown> };

/** The fields of a schema with the types of their checks. */
export type Fields<S extends Schema> = {
  readonly [name in keyof S as S[name] extends Required<unknown>
    ? name
    : never]: S[name] extends Required<infer T> ? T : never;
} & {
  readonly [name in keyof S as S[name] extends Required<unknown>
    ? never
    : name]?: S[name] extends Check<infer T> ? T : never;
};

export function required<T>(check: Check<T>): Required<T> {
  return { required: check };
}

/** A JSON object, whatever its fields. */
export const jsonObject: Check<StrictJsonObject> = kind(
  "an object { }",
  (value) => value instanceof Map,
);

/** A check of all values of an object. */
interface TableCheck<T> extends Check<ReadonlyMap<string, T>> {
  readonly each: string;
  readonly entry: Check<T>;
}

/** A JSON object whose values all are what `check` accepts: a table from names to such. */
export function tableOf<T>(check: Check<T>): TableCheck<T> {
  const expects = `an object { } whose values are each ${check.expects}`;
  const accepts = (value: unknown): value is ReadonlyMap<string, T> =>
    value instanceof Map && [...value.values()].every((one) => check.accepts(one));
  return { expects, each: expects, entry: check, isKind: accepts, accepts };
}

export interface FieldsPlace {
  /** The file, for the error. */
  readonly path: string;
  readonly problem: FileProblem;
  /** Where in the file the object stands: "rope_parameters". */
  readonly within?: string;
}

/**
 * The fields of `object` that `schema` names; others are left out.
 * @throws what `problem` makes, listing the fields that are absent or not as they must be
 */
export function checkFields<S extends Schema>(
  object: StrictJsonObject,
  schema: S,
  { path, problem, within }: FieldsPlace,
): Fields<S> {
  const fields: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, field] of Object.entries(schema)) {
    const where = within === undefined ? name : `${within}.${name}`;
    const fault = faultOf(where, object.get(name), field);
    if (fault !== undefined) faults.push(fault);
    else if (object.has(name)) fields[name] = object.get(name);
  }
  if (faults.length > 0) throw problem(faults.join("; "), { path });
  return fields as Fields<S>;
}

/** A JSON value in a few words, as it stands in the file; never longer than a line. */
export function describeJson(value: StrictJson): string {
  const text = JSON.stringify(beginning(value));
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

const LONGEST = 80;

/** As much of a value as a line can show. */
function beginning(value: StrictJson): unknown {
  if (typeof value === "string") return value.slice(0, LONGEST);
  if (Array.isArray(value)) return value.slice(0, LONGEST).map(beginning);
  if (!(value instanceof Map)) return value;
  const entries = [...value].slice(0, LONGEST);
  return Object.fromEntries(entries.map(([name, one]) => [name, beginning(one)]));
}

function faultOf(
  name: string,
  value: StrictJson | undefined,
  field: Check | Required<unknown>,
): string | undefined {
  const check = "required" in field ? field.required : field;
  if (value === undefined)
    return "required" in field ? `has no "${name}", which must be ${check.expects}` : undefined;
  if (value instanceof Map && "entry" in check)
    return entryFault(name, value, check.entry as Check);
  if (check.accepts(value)) return undefined;
  return `"${name}" must be ${check.expects}, got ${describeJson(value)}${quotesHint(value, check)}`;
}

/** The first value of a table that is not as it must be. */
function entryFault(name: string, table: StrictJsonObject, check: Check): string | undefined {
  const [key, value] = [...table].find(([, one]) => !check.accepts(one)) ?? [];
  return key === undefined ? undefined : faultOf(`${name}.${key}`, value, check);
}

/** Numbers and booleans that were written as text. */
function quotesHint(value: StrictJson, check: Check): string {
  if (typeof value !== "string" || value.length > LONGEST) return "";
  try {
    return check.accepts(JSON.parse(value)) ? "; write it without quotes" : "";
  } catch {
    return "";
  }
}
