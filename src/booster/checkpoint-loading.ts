// Going on from a checkpoint, whatever number of ranks saved it: all of it is checked on all ranks before any of it is used.
import { join } from "node:path";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { latestCheckpoint, newestWholeCheckpoint } from "../checkpoint/latest-checkpoint.js";
import { verifyManifest } from "../checkpoint/manifest.js";
import { PartsFolder, type StoredTensors } from "../checkpoint/parts-folder.js";
import type { Job } from "../cluster/job.js";
import { isThere } from "../files/plain-file.js";
import { settle } from "./background.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import {
  type LoadCheckpointOptions,
  type LoadedParts,
  restoreScaler,
  STATE_STEM,
  type Trainer,
} from "./checkpoint.js";
import { restoreSettings } from "./group-settings.js";
import { tensorsLeftOut } from "./left-out.js";
import { requireMatch } from "./matching-parts.js";
import { readModel, requireReadable } from "./model-folder.js";
import { loadOptimizerParts, requireOptimizerParts } from "./optimizer-parts.js";
import { requireRandomStates, restoreRandomStates } from "./random-states.js";
import { onFirst, together } from "./together.js";
import { readState, STATE_FILE, type TrainingState } from "./training-state.js";

/** Nothing is changed unless the checkpoint is whole and fits on all ranks. */
export async function loadCheckpoint(
  trainer: Trainer,
  root: string,
  parts: LoadedParts,
  options: LoadCheckpointOptions,
): Promise<number> {
  const { job } = trainer;
  await settle(job);
  const folder = await onFirst(job, () => findCheckpoint(root, options));
  const states = await together(job, () => {
    if (job.rank > 0) verifyManifest(folder);
    return checked(folder, parts, trainer);
  });
  const state = states[job.rank] as TrainingState;
  await together(job, () => restoreAll(folder, parts, { state, job }));
  return state.step;
}

/** The checkpoint that `path` is, or the latest of those in it. */
function findCheckpoint(path: string, { fallBack = false }: LoadCheckpointOptions): string {
  if (isThere(join(path, STATE_FILE))) {
    verifyManifest(path);
    return path;
  }
  if (!fallBack) return latestCheckpoint(path);
  const { folder, damage } = newestWholeCheckpoint(path);
  if (damage !== undefined)
    tell(`${damage.message}\nloadCheckpoint takes ${folder} instead (fallBack: true)`);
  return folder;
}

/** @throws CheckpointError, DataError, PlanError for what would be noticed only when some of it is loaded */
function checked(folder: string, parts: LoadedParts, trainer: Trainer): TrainingState {
  const { model, optimizer } = parts;
  if (optimizer instanceof BoostedOptimizer) optimizer.requireAsBoosted("loadCheckpoint");
  const state = readState(folder);
  requireMatch(folder, { state, parts, trainer });
  requireReadable(model, folder, { except: tensorsLeftOut(model, folder) });
  using stored = PartsFolder.open(folder, STATE_STEM);
  if (optimizer && state.optimizer)
    requireOptimizerParts({ model, optimizer }, state.optimizer, stored);
  requireRandomStates(stored, trainer.job);
  return state;
}

function restoreAll(
  folder: string,
  parts: LoadedParts,
  { state, job }: { state: TrainingState; job: Job },
): void {
  using stored = PartsFolder.open(folder, STATE_STEM);
  readModel(parts.model, folder, { except: tensorsLeftOut(parts.model, folder) });
  restoreOptimizer(parts, state, stored);
  restoreSchedule(folder, parts, state);
  // After the schedule: a rate that was set by hand since its last step is the one in use.
  if (parts.optimizer && state.optimizer) restoreSettings(parts.optimizer, state.optimizer.groups);
  restoreLoader(folder, parts, { state, job });
  for (const device of restoreRandomStates(stored, job)) tellDerived(device, state, job);
  if (parts.optimizer instanceof BoostedOptimizer && state.optimizer)
    parts.optimizer.store?.noteLoaded();
}

function restoreOptimizer(
  { model, optimizer }: LoadedParts,
  state: TrainingState,
  stored: StoredTensors,
): void {
  if (!optimizer || !state.optimizer) return;
  loadOptimizerParts({ model, optimizer }, state.optimizer, stored);
  restoreScaler(optimizer, state.lossScaler);
}

function restoreSchedule(folder: string, { lrScheduler }: LoadedParts, state: TrainingState): void {
  if (!lrScheduler || !state.lrScheduler) return;
  const { step, baseLrs } = state.lrScheduler;
  restore(folder, "lrScheduler", () => lrScheduler.loadState({ step, baseLrs }));
}

function restoreLoader(
  folder: string,
  { dataloader }: LoadedParts,
  { state, job }: { state: TrainingState; job: Job },
): void {
  if (!dataloader || !state.dataloader) return;
  const { globalBatchSize, ...saved } = state.dataloader;
  restore(folder, "dataloader", () => dataloader.loadState(saved));
  if (job.rank === 0) tellBatchSize(globalBatchSize, dataloader.globalBatchSize);
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

function tellBatchSize(saved: number, here: number): void {
  if (saved === here) return;
  tell(`a step took ${saved} rows when this checkpoint was saved and takes ${here} from here on`);
}

function tellDerived(device: string, { worldSize }: TrainingState, { rank }: Job): void {
  tell(
    `the checkpoint, of ${worldSize} rank${worldSize === 1 ? "" : "s"}, holds no random state of rank ${rank} on ${device}; it goes on with one derived from rank 0's`,
  );
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
