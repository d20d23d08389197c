// What a model, an optimizer and the other parts of a training script may be.
import { boolean, type Check, callback, integer, kind, nullable } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { aPrefix } from "../checkpoint/sharded-index.js";
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import { WRITE_OPTIONS } from "../checkpoint/weights-writer.js";
import { DataLoader } from "../data/data-loader.js";
import { Module } from "../nn/module.js";
import { LRScheduler } from "../optim/lr-scheduler.js";
import { anOptimizer } from "../optim/optimizer.js";
import type {
  CheckpointOptions,
  CheckpointParts,
  LoadCheckpointOptions,
  LoadedParts,
} from "./checkpoint.js";
import { aCard } from "./model-card.js";
import type { SaveModelOptions, SaveOptions } from "./model-saving.js";
import type { Parts } from "./plugin.js";

export const aModel: Check<Module> = kind(
  "a module, such as LlamaForCausalLM or a class of yours that extends Module",
  (value) => value instanceof Module,
);

export const CHECKPOINT_PARTS: OptionTable<CheckpointParts> = {
  model: aModel,
  optimizer: anOptimizer,
  lrScheduler: kind("a schedule", (value) => value instanceof LRScheduler),
  dataloader: kind("a DataLoader", (value) => value instanceof DataLoader),
};

/** As they are saved; null leaves a saved state out. */
export const LOADED_PARTS: OptionTable<LoadedParts> = {
  model: CHECKPOINT_PARTS.model,
  optimizer: nullable(CHECKPOINT_PARTS.optimizer),
  lrScheduler: nullable(CHECKPOINT_PARTS.lrScheduler),
  dataloader: nullable(CHECKPOINT_PARTS.dataloader),
};

export const PARTS: OptionTable<Parts<Module>> = { ...CHECKPOINT_PARTS, criterion: callback };

export const CHECKPOINT_OPTIONS: OptionTable<CheckpointOptions> = {
  step: integer({ min: 0 }),
  keep: integer({ min: 0 }),
  useAsync: boolean,
  includeBase: boolean,
};

/** Of `saveModel` and `saveOptimizer`. */
export const SAVE_OPTIONS: OptionTable<SaveOptions> = { ...WRITE_OPTIONS, useAsync: boolean };

export const SAVE_MODEL_OPTIONS: OptionTable<SaveModelOptions> = { ...SAVE_OPTIONS, card: aCard };

export const LOAD_OPTIONS: OptionTable<LoadCheckpointOptions> = { fallBack: boolean };

export const READ_OPTIONS: OptionTable<ReadWeightsOptions> = { prefix: aPrefix };
