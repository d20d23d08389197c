// A checkpoint for exact resumption is a Hugging Face model folder with more beside it: optimizer state by parameter
// name, learning rate schedule, data position and the random state of every rank.
import { join } from "node:path";
import { integer, requireValue } from "../arguments/checks.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { CheckpointInProgress, latestCheckpoint } from "../checkpoint/latest-checkpoint.js";
import { verifyManifest } from "../checkpoint/manifest.js";
import { SafetensorsFile } from "../checkpoint/safetensors.js";
import { writeSafetensors } from "../checkpoint/safetensors-writer.js";
import type { DataLoader } from "../data/data-loader.js";
import { isThere } from "../files/plain-file.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import { tellIfCutOff } from "../report/index.js";
import { fromBytes } from "../tensor/create.js";
import { rngState, setRngState } from "../tensor/random.js";
import { scoped } from "../tensor/scope.js";
import { groupsOf, restoreSettings } from "./group-settings.js";
import { kindOf, requireMatch } from "./matching-parts.js";
import { readModel, writeModel } from "./model-folder.js";
import { loadOptimizerState, optimizerTensors } from "./optimizer-state.js";
import type { Plugin } from "./plugin.js";
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
  /** Older checkpoints to leave in the folder besides the new one; default: all. */
  readonly keep?: number;
}

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
  parts: LoadedParts,
): Promise<number> {
  const folder = isThere(join(root, STATE_FILE)) ? verified(root) : latestCheckpoint(root);
  const state = readState(folder);
  requireMatch(folder, { state, parts, plugin });
  readModel(parts.model, folder);
  const { model, optimizer, lrScheduler, dataloader } = parts;
  if (optimizer && state.optimizer) {
    const { groups } = state.optimizer;
    using file = SafetensorsFile.open(join(folder, OPTIMIZER_FILE));
    tellIfCutOff("an optimizer's state was loaded in part: load the checkpoint again", () => {
      loadOptimizerState(model, optimizer, file);
      restoreSettings(optimizer, groups);
    });
  }
  if (lrScheduler && state.lrScheduler) {
    const { kind: _, ...saved } = state.lrScheduler;
    restore(folder, "lrScheduler", () => lrScheduler.loadState(saved));
  }
  if (dataloader && state.dataloader) {
    const saved = state.dataloader;
    restore(folder, "dataloader", () => dataloader.loadState(saved));
  }
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
  writeState(folder, state);
}

function describe(plugin: Plugin, parts: CheckpointParts, step: number): TrainingState {
  const { model, optimizer, lrScheduler, dataloader } = parts;
  return {
    step,
    worldSize: plugin.worldSize,
    plugin: plugin.name,
    dtype: model.parameters()[0]?.dtype ?? "none",
    optimizer: optimizer ? { kind: kindOf(optimizer), groups: groupsOf(model, optimizer) } : null,
    lrScheduler: lrScheduler
      ? { kind: lrScheduler.constructor.name, ...lrScheduler.state() }
      : null,
    dataloader: dataloader?.state() ?? null,
  };
}

function verified(folder: string): string {
  verifyManifest(folder);
  return folder;
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
