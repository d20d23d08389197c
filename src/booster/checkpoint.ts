// A checkpoint for exact resumption is a Hugging Face model folder with more beside it: optimizer state by parameter
// name, learning rate schedule, data position and the random state of every rank.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  integer,
  listOf,
  nullable,
  number,
  oneOf,
  requireValue,
  text,
} from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { CheckpointInProgress, latestCheckpoint } from "../checkpoint/latest-checkpoint.js";
import { verifyManifest } from "../checkpoint/manifest.js";
import { SafetensorsFile } from "../checkpoint/safetensors.js";
import { writeSafetensors } from "../checkpoint/safetensors-writer.js";
import type { LoaderState } from "../data/batch-order.js";
import type { DataLoader } from "../data/data-loader.js";
import { checkFields, jsonObject, required } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler, LRSchedulerState } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import { tellIfCutOff } from "../report/index.js";
import { fromBytes } from "../tensor/create.js";
import { rngState, setRngState } from "../tensor/random.js";
import { scoped } from "../tensor/scope.js";
import { readModel, writeModel } from "./model-folder.js";
import { loadOptimizerState, optimizerTensors } from "./optimizer-state.js";
import type { Plugin } from "./plugin.js";

/** What a checkpoint is saved from, or loaded into. */
export interface CheckpointParts {
  /** Saved as a Hugging Face model folder; a module of no family as safetensors. */
  readonly model: Module;
  /** Its state is saved by parameter name. */
  readonly optimizer?: Optimizer;
  /** Its step and initial rates are saved. */
  readonly lrScheduler?: LRScheduler;
  /** Its epoch and position are saved, so that training goes on with the next batch. */
  readonly dataloader?: DataLoader;
}

/** Options of saving a checkpoint. */
export interface CheckpointOptions {
  /** Optimizer steps done. */
  readonly step: number;
  /** Older checkpoints to leave in the folder besides the new one; default: all. */
  readonly keep?: number;
}

interface TrainingState {
  readonly format: "notebooster-checkpoint";
  readonly version: 1;
  readonly step: number;
  readonly worldSize: number;
  readonly plugin: string;
  readonly dtype: string;
  readonly lrScheduler: LRSchedulerState | null;
  readonly dataloader: LoaderState | null;
}

const STATE_FILE = "training-state.json";
const OPTIMIZER_FILE = "optimizer.safetensors";
const RNG_FILE = "rng.safetensors";

export async function saveCheckpoint(
  plugin: Plugin,
  root: string,
  parts: CheckpointParts,
  { step, keep }: CheckpointOptions,
): Promise<string> {
  requireValue("saveCheckpoint: step", step, integer({ min: 0 }));
  const rngStates = plugin.gather(scoped(() => rngState().toBytes()));
  const name = `step-${String(step).padStart(8, "0")}`;
  if (plugin.rank === 0) {
    const checkpoint = CheckpointInProgress.begin(root, name);
    try {
      writeCheckpoint(checkpoint.folder, parts, rngStates, describe(plugin, parts, step));
    } catch (error) {
      checkpoint.abort();
      throw error;
    }
    checkpoint.commit(keep === undefined ? {} : { keep: keep + 1 });
  }
  plugin.barrier();
  return join(root, name);
}

export async function loadCheckpoint(
  plugin: Plugin,
  root: string,
  parts: CheckpointParts,
): Promise<number> {
  const folder = isThere(join(root, STATE_FILE)) ? verified(root) : latestCheckpoint(root);
  const state = readState(folder);
  requireSameLayout(state, plugin, folder);
  readModel(parts.model, folder);
  if (parts.optimizer !== undefined) {
    using file = SafetensorsFile.open(join(folder, OPTIMIZER_FILE));
    const { model, optimizer } = parts;
    tellIfCutOff("an optimizer's state was loaded in part: load the checkpoint again", () =>
      loadOptimizerState(model, optimizer, file),
    );
  }
  const { lrScheduler, dataloader } = state;
  if (lrScheduler !== null)
    restore(folder, "lrScheduler", () => parts.lrScheduler?.loadState(lrScheduler));
  if (dataloader !== null)
    restore(folder, "dataloader", () => parts.dataloader?.loadState(dataloader));
  restoreRandomState(join(folder, RNG_FILE), `rank.${plugin.rank}`);
  plugin.barrier();
  return state.step;
}

function writeCheckpoint(
  folder: string,
  { model, optimizer }: CheckpointParts,
  rngStates: readonly Uint8Array[],
  state: TrainingState,
): void {
  writeModel(model, folder);
  if (optimizer !== undefined) {
    writeSafetensors(join(folder, OPTIMIZER_FILE), optimizerTensors(model, optimizer));
  }
  writeSafetensors(
    join(folder, RNG_FILE),
    rngStates.map((bytes, rank) => ({
      name: `rank.${rank}`,
      dtype: "U8",
      shape: [bytes.length],
      bytes: () => bytes,
    })),
  );
  writeFileSync(join(folder, STATE_FILE), `${JSON.stringify(state, null, 2)}\n`);
}

function describe(plugin: Plugin, parts: CheckpointParts, step: number): TrainingState {
  return {
    format: FORMAT,
    version: 1,
    step,
    worldSize: plugin.worldSize,
    plugin: plugin.name,
    dtype: parts.model.parameters()[0]?.dtype ?? "none",
    lrScheduler: parts.lrScheduler?.state() ?? null,
    dataloader: parts.dataloader?.state() ?? null,
  };
}

function verified(folder: string): string {
  verifyManifest(folder);
  return folder;
}

const FORMAT = "notebooster-checkpoint";
const count = integer({ min: 0 });
const SCHEMA = {
  format: required(oneOf(FORMAT)),
  version: required(oneOf(1)),
  step: required(count),
  worldSize: required(integer({ min: 1 })),
  plugin: required(text),
  dtype: required(text),
  lrScheduler: required(nullable(jsonObject)),
  dataloader: required(nullable(jsonObject)),
} as const;
const LR_SCHEDULER = {
  step: required(count),
  baseLrs: required(listOf(number({ min: 0 }))),
} as const;
const DATALOADER = {
  epoch: required(count),
  position: required(count),
  seed: required(integer()),
  numRows: required(count),
} as const;

function readState(folder: string): TrainingState {
  const path = join(folder, STATE_FILE);
  const at = { path, problem: checkpointProblem };
  const { lrScheduler, dataloader, ...state } = checkFields(readJsonObject(path, at), SCHEMA, at);
  return {
    ...state,
    lrScheduler:
      lrScheduler === null
        ? null
        : checkFields(lrScheduler, LR_SCHEDULER, { ...at, within: "lrScheduler" }),
    dataloader:
      dataloader === null
        ? null
        : checkFields(dataloader, DATALOADER, { ...at, within: "dataloader" }),
  };
}

function restoreRandomState(path: string, name: string): void {
  using file = SafetensorsFile.open(path);
  using current = rngState();
  const { dtype, shape } = file.entry(name);
  if (dtype !== "U8" || shape.length !== 1 || shape[0] !== current.numel) {
    throw new CheckpointError(
      `${name} is ${dtype} [${shape.join(", ")}]; a random state is U8 [${current.numel}]`,
      { path },
    );
  }
  using state = fromBytes(file.read(name), shape, "uint8");
  setRngState(state);
}

/** What a part does not accept of the saved state is told with the file and field. */
function restore(folder: string, field: string, load: () => void): void {
  try {
    load();
  } catch (cause) {
    const path = join(folder, STATE_FILE);
    throw new CheckpointError(`"${field}": ${(cause as Error).message}`, { path, cause });
  }
}

function requireSameLayout(state: TrainingState, plugin: Plugin, folder: string): void {
  if (state.worldSize === plugin.worldSize) return;
  throw new CheckpointError(
    `was saved by ${state.worldSize} ranks and this is a job of ${plugin.worldSize}: the order of the data would differ. ` +
      `Run it with ${state.worldSize} ranks, or load its weights alone with loadModel()`,
    { path: folder },
  );
}
