// What a model, an optimizer and the other parts of a training script may be.
import { type Check, callback, integer, kind } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { DataLoader } from "../data/data-loader.js";
import { CausalLM } from "../models/causal-lm.js";
import { LRScheduler } from "../optim/lr-scheduler.js";
import { anOptimizer } from "../optim/optimizer.js";
import type { CheckpointOptions, CheckpointParts } from "./checkpoint.js";
import type { Parts } from "./plugin.js";

export const aModel: Check<CausalLM> = kind(
  "a model such as LlamaForCausalLM",
  (value) => value instanceof CausalLM,
);

export const CHECKPOINT_PARTS: OptionTable<CheckpointParts> = {
  model: aModel,
  optimizer: anOptimizer,
  lrScheduler: kind("a schedule", (value) => value instanceof LRScheduler),
  dataloader: kind("a DataLoader", (value) => value instanceof DataLoader),
};

export const PARTS: OptionTable<Parts<CausalLM>> = { ...CHECKPOINT_PARTS, criterion: callback };

export const CHECKPOINT_OPTIONS: OptionTable<CheckpointOptions> = {
  step: integer({ min: 0 }),
  keep: integer({ min: 0 }),
};
