// A checkpoint for exact resumption is a Hugging Face model folder with more beside it: optimizer state by parameter
// name, learning rate schedule, data position and the random state of every rank.
import { join } from "node:path";
import { integer, requireValue } from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import {
  CheckpointInProgress,
  latestCheckpoint,
  newestWholeCheckpoint,
} from "../checkpoint/latest-checkpoint.js";
import { verifyManifest } from "../checkpoint/manifest.js";
import { SafetensorsFile } from "../checkpoint/safetensors.js";
import { writeSafetensors } from "../checkpoint/safetensors-writer.js";
import type { Job } from "../cluster/job.js";
import type { DataLoader } from "../data/data-loader.js";
import { isThere } from "../files/plain-file.js";
import { explained } from "../files/write-problem.js";
import { tellIfCutOff } from "../host/index.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import { groupsOf, restoreSettings } from "./group-settings.js";
import { kindOf, requireMatch } from "./matching-parts.js";
import { readModel, requireReadable, writeModel } from "./model-folder.js";
import { loadOptimizerState, optimizerTensors, requireOptimizerState } from "./optimizer-state.js";
import {
  type RandomStates,
  randomStates,
  restoreRandomStates,
  writeRandomStates,
} from "./random-states.js";
import { onFirst, together } from "./together.js";
import { readState, STATE_FILE, type TrainingState, writeState } from "./training-state.js";

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

/** What a checkpoint is loaded into: the parts it was saved from; null leaves a saved state out. */
export type LoadedParts = Pick<CheckpointParts, "model"> & {
  readonly [part in Exclude<keyof CheckpointParts, "model">]?: CheckpointParts[part] | null;
};

/** Options of saving a checkpoint. */
export interface CheckpointOptions {
  /** Optimizer steps done. */
  readonly step: number;
  /**
   * How many checkpoints stay in the folder besides this one, those written last; default: all. The same step saved again
   * takes the place of the older one and does not count.
   */
  readonly keep?: number;
}

/** Options of loading a checkpoint. */
export interface LoadCheckpointOptions {
  /**
   * True takes the newest whole checkpoint of the folder where the latest is damaged, and prints which was damaged and which
   * is taken. Default: a damaged one is an error.
   */
  readonly fallBack?: boolean;
}

const OPTIMIZER_FILE = "optimizer.safetensors";
const RNG_FILE = "rng.safetensors";

/** Who trains. */
export interface Trainer {
  readonly job: Job;
  /** The plugin's name. */
  readonly plugin: string;
}

/** Nothing is written unless all ranks are ready, and all ranks hear of what rank 0 could not write. */
export async function saveCheckpoint(
  trainer: Trainer,
  root: string,
  parts: CheckpointParts,
  { step, keep }: CheckpointOptions,
): Promise<string> {
  const { job } = trainer;
  const rngStates = await together(job, () => {
    requireValue("saveCheckpoint: step", step, integer({ min: 0 }));
    requireNothingPending(parts.optimizer);
    return randomStates(job);
  });
  const name = `step-${String(step).padStart(8, "0")}`;
  await onFirst(job, () => {
    const checkpoint = CheckpointInProgress.begin(root, name);
    try {
      explained(join(root, name), checkpointProblem, () =>
        writeCheckpoint(checkpoint.folder, parts, rngStates, describe(trainer, parts, step)),
      );
    } catch (error) {
      checkpoint.abort();
      throw error;
    }
    checkpoint.commit(keep === undefined ? {} : { keep });
  });
  return join(root, name);
}

/** Gradients are not saved, so a step that has begun would go on with a part of them. */
function requireNothingPending(optimizer: Optimizer | undefined): void {
  const count = optimizer instanceof BoostedOptimizer ? optimizer.numPendingPasses : 0;
  if (count === 0) return;
  throw new Error(
    `saveCheckpoint: gradients of ${count} backward pass${count === 1 ? "" : "es"} wait for optimizer.step(), and a checkpoint does not hold them; save after the step, or drop them with optimizer.zeroGrad()`,
  );
}

/** Nothing is changed unless the checkpoint is whole and fits on all ranks. */
export async function loadCheckpoint(
  trainer: Trainer,
  root: string,
  parts: LoadedParts,
  options: LoadCheckpointOptions,
): Promise<number> {
  const { job } = trainer;
  const folder = await onFirst(job, () => findCheckpoint(root, options));
  const states = await together(job, () => {
    if (job.rank > 0) verifyManifest(folder);
    const state = readState(folder);
    requireMatch(folder, { state, parts, trainer });
    requireLoadable(folder, parts, state);
    return state;
  });
  const state = states[job.rank] as TrainingState;
  await together(job, () => restoreAll(folder, parts, { state, job }));
  return state.step;
}

/** What would be noticed only when some of it is loaded. */
function requireLoadable(
  folder: string,
  { model, optimizer }: LoadedParts,
  state: TrainingState,
): void {
  requireReadable(model, folder);
  if (!optimizer || !state.optimizer) return;
  using file = SafetensorsFile.open(join(folder, OPTIMIZER_FILE));
  requireOptimizerState(model, file);
}

function restoreAll(
  folder: string,
  { model, optimizer, lrScheduler, dataloader }: LoadedParts,
  { state, job }: { state: TrainingState; job: Job },
): void {
  readModel(model, folder);
  if (optimizer && state.optimizer) {
    using file = SafetensorsFile.open(join(folder, OPTIMIZER_FILE));
    optimizer.zeroGrad(); // nothing was pending when it was saved
    tellIfCutOff("an optimizer's state was loaded in part: load the checkpoint again", () => {
      loadOptimizerState(model, optimizer, file);
    });
    if (optimizer instanceof BoostedOptimizer && state.lossScaler)
      optimizer.scaler?.loadState(state.lossScaler);
  }
  if (lrScheduler && state.lrScheduler) {
    const { step, baseLrs } = state.lrScheduler;
    restore(folder, "lrScheduler", () => lrScheduler.loadState({ step, baseLrs }));
  }
  // After the schedule: a rate that was set by hand since its last step is the one in use.
  if (optimizer && state.optimizer) restoreSettings(optimizer, state.optimizer.groups);
  if (dataloader && state.dataloader) {
    const saved = state.dataloader;
    restore(folder, "dataloader", () => dataloader.loadState(saved));
  }
  restoreRandomStates(join(folder, RNG_FILE), job);
}

function writeCheckpoint(
  folder: string,
  { model, optimizer }: CheckpointParts,
  rngStates: readonly RandomStates[],
  state: TrainingState,
): void {
  writeModel(model, folder);
  if (optimizer !== undefined) {
    writeSafetensors(join(folder, OPTIMIZER_FILE), optimizerTensors(model, optimizer));
  }
  writeRandomStates(join(folder, RNG_FILE), rngStates);
  writeState(folder, state);
}

function describe({ job, plugin }: Trainer, parts: CheckpointParts, step: number): TrainingState {
  const { model, optimizer, lrScheduler, dataloader } = parts;
  return {
    step,
    worldSize: job.worldSize,
    plugin,
    dtype: model.parameters()[0]?.dtype ?? "none",
    optimizer: optimizer ? { kind: kindOf(optimizer), groups: groupsOf(model, optimizer) } : null,
    lossScaler: (optimizer instanceof BoostedOptimizer && optimizer.scaler?.state()) || null,
    lrScheduler: lrScheduler
      ? {
          kind: lrScheduler.constructor.name,
          ...lrScheduler.state(),
          ratesAhead: lrScheduler.ratesAhead(lrScheduler.state()),
        }
      : null,
    dataloader: dataloader?.state() ?? null,
  };
}

/** The checkpoint that `path` is, or the latest of those in it. */
function findCheckpoint(path: string, { fallBack = false }: LoadCheckpointOptions): string {
  if (isThere(join(path, STATE_FILE))) {
    verifyManifest(path);
    return path;
  }
  if (!fallBack) return latestCheckpoint(path);
  const { folder, damage } = newestWholeCheckpoint(path);
  if (damage !== undefined) {
    const taken = `loadCheckpoint takes ${folder} instead (fallBack: true)`;
    process.stderr.write(`${damage.message}\n${taken}\n`);
  }
  return folder;
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
