// What a checkpoint says in JSON: where training stood, and of what its parts were.
import { join } from "node:path";
import {
  anyOf,
  boolean,
  type Check,
  integer,
  listOf,
  nullable,
  number,
  oneOf,
  text,
} from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import type { SmallFile } from "../checkpoint/planned-file.js";
import type { LoaderState } from "../data/batch-source.js";
import {
  checkFields,
  type Fields,
  type FieldsPlace,
  jsonObject,
  required,
  tableOf,
} from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import type { StrictJsonObject } from "../files/strict-json.js";
import type { LRSchedulerState } from "../optim/lr-scheduler.js";
import type { LossScalerState } from "./loss-scaler.js";

/** A hyperparameter of a group: a rate, a pair of decays, a switch. */
export type Setting = number | boolean | string | null | readonly (number | null)[];

/** Parameters by name, and the hyperparameters they share. */
export interface SavedGroup {
  readonly parameters: readonly string[];
  readonly settings: ReadonlyMap<string, Setting>;
}

/** An optimizer, its tensors apart. */
export interface SavedOptimizer {
  /** Its class. */
  readonly kind: string;
  readonly groups: readonly SavedGroup[];
  /** Parameters of which nothing was remembered. */
  readonly withoutState: readonly string[];
}

/** Where a loader stood. */
export interface SavedLoader extends LoaderState {
  /** Rows of a step on all ranks together. */
  readonly globalBatchSize: number;
}

/** A schedule with its class. */
export interface SavedSchedule extends LRSchedulerState {
  readonly kind: string;
  /** As `LRScheduler.ratesAhead` gives them. */
  readonly ratesAhead: readonly (number | null)[];
}

export interface TrainingState {
  readonly step: number;
  /** Number of ranks that saved it. */
  readonly worldSize: number;
  readonly plugin: string;
  readonly dtype: string;
  readonly optimizer: SavedOptimizer | null;
  /** Of float16. */
  readonly lossScaler: LossScalerState | null;
  readonly lrScheduler: SavedSchedule | null;
  readonly dataloader: SavedLoader | null;
}

export const STATE_FILE = "training-state.json";

const HEAD = { format: "notebooster-checkpoint", version: 4 } as const;
const aCount = integer({ min: 0 });
const aSetting: Check<Setting> = nullable(
  anyOf(number(), boolean, text, listOf(nullable(number()))),
);

/** Of an optimizer, its tensors apart. */
export const OPTIMIZER_FIELDS = {
  optimizer: required(nullable(jsonObject)),
  lossScaler: required(nullable(jsonObject)),
} as const;
const SCHEMA = {
  format: required(oneOf(HEAD.format)),
  version: required(oneOf(HEAD.version)),
  step: required(aCount),
  worldSize: required(integer({ min: 1 })),
  plugin: required(text),
  dtype: required(text),
  ...OPTIMIZER_FIELDS,
  lrScheduler: required(nullable(jsonObject)),
  dataloader: required(nullable(jsonObject)),
} as const;
const OPTIMIZER = {
  kind: required(text),
  groups: required(listOf(jsonObject)),
  withoutState: required(listOf(text)),
} as const;
const GROUP = {
  parameters: required(listOf(text)),
  settings: required(tableOf(aSetting)),
} as const;
export const LR_SCHEDULER = {
  kind: required(text),
  step: required(aCount),
  baseLrs: required(listOf(number({ min: 0 }))),
  ratesAhead: required(listOf(nullable(number()))),
} as const;
const LOSS_SCALER = {
  scale: required(number({ above: 0 })),
  growthTracker: required(aCount),
} as const;
const DATALOADER = {
  epoch: required(aCount),
  position: required(aCount),
  seed: required(integer()),
  numRows: required(aCount),
  shuffle: required(boolean),
  sequenceLength: required(aCount),
  digest: required(text),
  stream: listOf(aCount),
  globalBatchSize: required(integer({ min: 1 })),
} as const;

export function stateFile(state: TrainingState): SmallFile {
  return { name: STATE_FILE, content: `${stateJson({ ...HEAD, ...state })}\n` };
}

/** With tables as objects. */
export function stateJson(state: object): string {
  const plain = (_: string, value: unknown) =>
    value instanceof Map ? Object.fromEntries(value) : value;
  return JSON.stringify(state, plain, 2);
}

/** @throws CheckpointError naming the file and every field at fault */
export function readState(folder: string): TrainingState {
  const path = join(folder, STATE_FILE);
  const at = { path, problem: checkpointProblem };
  const object = readJsonObject(path, at);
  requireVersion(object, path);
  const fields = checkFields(object, SCHEMA, at);
  const { lrScheduler, dataloader } = fields;
  const within = (name: string) => ({ ...at, within: name });
  return {
    ...fields,
    ...optimizerFieldsIn(fields, at),
    lrScheduler: lrScheduler && checkFields(lrScheduler, LR_SCHEDULER, within("lrScheduler")),
    dataloader: dataloader && checkFields(dataloader, DATALOADER, within("dataloader")),
  };
}

/** An optimizer in a file whose fields have been checked. */
export function optimizerFieldsIn(
  { optimizer, lossScaler }: Fields<typeof OPTIMIZER_FIELDS>,
  at: FieldsPlace,
): Pick<TrainingState, "optimizer" | "lossScaler"> {
  const scalerAt = { ...at, within: "lossScaler" };
  return {
    optimizer: optimizer && optimizerIn(optimizer, { ...at, within: "optimizer" }),
    lossScaler: lossScaler && checkFields(lossScaler, LOSS_SCALER, scalerAt),
  };
}

/** Files of other versions have other fields, so nothing else is said of them. */
function requireVersion(object: StrictJsonObject, path: string): void {
  const version = object.get("version");
  if (typeof version !== "number" || version === HEAD.version) return;
  const writer = version < HEAD.version ? "an earlier" : "a later";
  throw new CheckpointError(
    `"version" is ${version}: ${writer} Notebooster wrote this checkpoint, this one reads version ${HEAD.version}; resume it with that ` +
      "one, or load its weights alone with loadModel()",
    { path },
  );
}

function optimizerIn(object: StrictJsonObject, at: FieldsPlace): SavedOptimizer {
  const { kind, groups, withoutState } = checkFields(object, OPTIMIZER, at);
  const groupIn = (group: StrictJsonObject, index: number) =>
    checkFields(group, GROUP, { ...at, within: `optimizer.groups.${index}` });
  return { kind, withoutState, groups: groups.map(groupIn) };
}
