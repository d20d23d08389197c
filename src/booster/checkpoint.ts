// A checkpoint for exact resumption is a Hugging Face model folder with more beside it: where training stood as JSON, and
// optimizer and random state as parts, a file a rank. Any number of ranks loads it.
import { join } from "node:path";
import { integer, requireValue } from "../arguments/checks.js";
import { checkpointName } from "../checkpoint/latest-checkpoint.js";
import { partsFile } from "../checkpoint/parts-file.js";
import type { PlannedFile } from "../checkpoint/planned-file.js";
import { shareOf } from "../checkpoint/tensor-part.js";
import type { Job } from "../cluster/job.js";
import type { DataLoader } from "../data/data-loader.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import { type AsyncSaving, type PendingSave, settle } from "./background.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import { groupsOf } from "./group-settings.js";
import { agreedLeftOut, type LeftOut } from "./left-out.js";
import type { LossScalerState } from "./loss-scaler.js";
import { kindOf } from "./matching-parts.js";
import { modelFiles } from "./model-folder.js";
import { type NamedOptimizer, namesWithoutState, optimizerParts } from "./optimizer-parts.js";
import { randomParts } from "./random-states.js";
import { save } from "./saving.js";
import { together } from "./together.js";
import {
  type SavedOptimizer,
  type SavedSchedule,
  stateFile,
  type TrainingState,
} from "./training-state.js";
import type { WeightTurns } from "./weight-turns.js";

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

/**
 * What a checkpoint is loaded into: the parts it was saved from; null leaves a saved state out, of an optimizer its float32
 * masters, too.
 */
export type LoadedParts = Pick<CheckpointParts, "model"> & {
  readonly [part in Exclude<keyof CheckpointParts, "model">]?: CheckpointParts[part] | null;
};

/** Options of saving a checkpoint. */
export interface CheckpointOptions extends AsyncSaving {
  /** Optimizer steps done. */
  readonly step: number;
  /**
   * How many checkpoints of earlier steps stay in the folder, the last of them; default: all. Those of later steps stay, and
   * whatever has another name than `step-N`, such as a copy of yours. The same step saved again takes the place of the older one.
   */
  readonly keep?: number;
  /**
   * Whether the frozen weights of a model with adapters are written too, default false: those that are still as the model they were
   * loaded from has them are left out, and that model is named with a digest. It is to be loaded before the checkpoint then.
   */
  readonly includeBase?: boolean;
}

/** Options of loading a checkpoint. */
export interface LoadCheckpointOptions {
  /**
   * True takes the newest whole checkpoint of the folder where the latest is damaged, and prints which was damaged and which
   * is taken. Default: a damaged one is an error.
   */
  readonly fallBack?: boolean;
}

/** Who trains. */
export interface Trainer {
  readonly job: Job;
  /** The plugin's name. */
  readonly plugin: string;
}

/** Beginning of the names of files with optimizer and random state. */
export const STATE_STEM = "state";

/** Nothing is written unless all ranks are ready, and all ranks hear of what one could not write. */
export async function saveCheckpoint(
  trainer: Trainer,
  root: string,
  parts: CheckpointParts,
  { step, keep, useAsync = false, includeBase = false }: CheckpointOptions,
): Promise<string | PendingSave> {
  const { job } = trainer;
  await settle(job);
  await together(job, () => {
    requireValue("saveCheckpoint: step", step, integer({ min: 0 }));
    requireBetweenSteps("saveCheckpoint", parts.optimizer);
  });
  const base = includeBase ? undefined : await agreedLeftOut(job, parts.model);
  const target = join(root, checkpointName(step));
  const plan = (folder: string, turns: WeightTurns) =>
    checkpointFiles(trainer, parts, { step, folder, base, turns });
  const pending = await save(job, { destination: { target, series: { keep } }, plan }, useAsync);
  return pending ?? target;
}

/**
 * Gradients are not saved, so a step that has begun would go on with a part of them; and what the optimizer remembers must be of
 * the weights that are saved.
 */
export function requireBetweenSteps(of: string, optimizer: Optimizer | undefined): void {
  if (!(optimizer instanceof BoostedOptimizer)) return;
  optimizer.requireAsBoosted(of);
  optimizer.requireWholeStep(of);
  const count = optimizer.numPendingPasses;
  if (count === 0) return;
  throw new Error(
    `${of}: gradients of ${count} backward pass${count === 1 ? "" : "es"} wait for optimizer.step(), and a checkpoint does not hold them; save after the step, or drop them with optimizer.zeroGrad()`,
  );
}

interface Checkpoint {
  readonly step: number;
  readonly folder: string;
  readonly base: LeftOut | undefined;
  readonly turns: WeightTurns;
}

/** This rank's files: of what all ranks hold a share, of random numbers its own. */
function checkpointFiles(
  trainer: Trainer,
  parts: CheckpointParts,
  { step, folder, base, turns }: Checkpoint,
): PlannedFile[] {
  const { job } = trainer;
  const { model, optimizer } = parts;
  const ranks = { rank: job.rank, numRanks: job.worldSize };
  const { shared, own: mine } =
    optimizer === undefined ? { shared: [], own: [] } : optimizerParts({ model, optimizer });
  const own = [...shareOf(shared, ranks), ...mine, ...randomParts(job)];
  return [
    ...modelFiles(model, folder, { job, options: {}, base, turns }),
    partsFile(own, { stem: STATE_STEM, index: job.rank, count: job.worldSize }),
    ...(job.rank === 0 ? [stateFile(describe(trainer, parts, step))] : []),
  ];
}

function describe({ job, plugin }: Trainer, parts: CheckpointParts, step: number): TrainingState {
  const { model, optimizer, lrScheduler, dataloader } = parts;
  return {
    step,
    worldSize: job.worldSize,
    plugin,
    dtype: model.parameters()[0]?.dtype ?? "none",
    optimizer: optimizer ? describeOptimizer({ model, optimizer }) : null,
    lossScaler: scalerStateOf(optimizer),
    lrScheduler: lrScheduler ? describeSchedule(lrScheduler) : null,
    dataloader: dataloader
      ? { ...dataloader.state(), globalBatchSize: dataloader.globalBatchSize }
      : null,
  };
}

/** Null where losses are not scaled. */
export function scalerStateOf(optimizer: Optimizer | undefined): LossScalerState | null {
  return (optimizer instanceof BoostedOptimizer && optimizer.scaler?.state()) || null;
}

/** Gives back what `scalerStateOf` gave; where losses were not scaled, the scale finds its size by itself. */
export function restoreScaler(optimizer: Optimizer, saved: LossScalerState | null): void {
  if (optimizer instanceof BoostedOptimizer && saved) optimizer.scaler?.loadState(saved);
}

export function describeOptimizer(named: NamedOptimizer): SavedOptimizer {
  const { model, optimizer } = named;
  return {
    kind: kindOf(optimizer),
    groups: groupsOf(model, optimizer),
    withoutState: namesWithoutState(named),
  };
}

export function describeSchedule(lrScheduler: LRScheduler): SavedSchedule {
  const state = lrScheduler.state();
  return {
    kind: lrScheduler.constructor.name,
    ...state,
    ratesAhead: lrScheduler.ratesAhead(state),
  };
}
