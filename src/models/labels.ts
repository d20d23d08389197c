// The classes that a head tells apart, in a configuration and in `config.json`.
import { integer, listOf, nullable, oneOf, text } from "../arguments/checks.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { jsonObject, type Schema, tableOf } from "../files/check-fields.js";
import type { StrictJsonObject } from "../files/strict-json.js";
import type { ConfigPart } from "./config-table.js";

const PROBLEM_TYPES = [
  "regression",
  "single_label_classification",
  "multi_label_classification",
] as const;

/** What a head for whole sequences is to learn: numbers, one class of several, or any number of classes. */
export type ProblemType = (typeof PROBLEM_TYPES)[number];

/** Of a model with a head for classes. */
export interface Labels {
  /** How many classes, or numbers, the head gives. */
  readonly numLabels: number;
  /** Names of the classes; null: LABEL_0, LABEL_1, ... */
  readonly id2label: readonly string[] | null;
  /** Null: regression for one label, classes of int64 labels, several classes at once for others. */
  readonly problemType: ProblemType | null;
}

const numLabels = integer({ min: 1, max: 2 ** 20 });
const problemType = nullable(oneOf(...PROBLEM_TYPES));

interface LabelFields {
  readonly num_labels?: number | null;
  readonly id2label?: ReadonlyMap<string, string> | null;
  readonly problem_type?: ProblemType | null;
}

const SCHEMA: Schema = {
  num_labels: nullable(numLabels),
  id2label: nullable(tableOf(text)),
  label2id: nullable(jsonObject),
  problem_type: problemType,
};

/** `numLabels`, `id2label` and `problemType` of a configuration. */
export const LABELS: ConfigPart<Labels> = {
  options: { numLabels, id2label: nullable(listOf(text)), problemType },
  defaults: { numLabels: 2, id2label: null, problemType: null },
  schema: SCHEMA,
  read: (fields, path) => labelsFrom(fields as LabelFields, path),
  replaced: ({ numLabels, id2label, problemType }, others) => {
    const count = others.numLabels ?? others.id2label?.length ?? numLabels;
    const names = count === numLabels ? id2label : null; // those of other classes
    return { numLabels: count, id2label: names, problemType, ...others };
  },
  write: ({ numLabels, id2label, problemType }) => {
    const names = id2label ?? Array.from({ length: numLabels }, (_, i) => `LABEL_${i}`);
    return {
      id2label: Object.fromEntries(names.map((name, i) => [i, name])),
      label2id: Object.fromEntries(names.map((name, i) => [name, i])),
      problem_type: problemType,
    };
  },
};

/** What is wrong between the fields, in words. */
export function labelProblem({ numLabels, id2label }: Labels): string | undefined {
  if (id2label === null || id2label.length === numLabels) return undefined;
  return `id2label must name each of the ${numLabels} labels (numLabels), got ${id2label.length}`;
}

function labelsFrom(fields: LabelFields, path: string): Labels {
  const { num_labels: count, id2label, problem_type: type = null } = fields;
  if (id2label == null) return { numLabels: count ?? 2, id2label: null, problemType: type };
  const names = Array.from({ length: id2label.size }, (_, i) => id2label.get(String(i)));
  if (names.includes(undefined) || names.length !== (count ?? names.length)) {
    throw new CheckpointError(
      `"id2label" must have the names of the labels 0 to ${(count ?? names.length) - 1}, got ${keysOf(id2label)}`,
      { path },
    );
  }
  const areDefault = names.every((name, i) => name === `LABEL_${i}`);
  return {
    numLabels: names.length,
    id2label: areDefault ? null : (names as string[]),
    problemType: type,
  };
}

function keysOf(table: StrictJsonObject | ReadonlyMap<string, string>): string {
  return [...table.keys()].slice(0, 10).join(", ");
}
