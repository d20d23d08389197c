// What a training is made of, and what may be said of it.
import { aPath, boolean, callback, integer, kind, oneOf, text } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { BoostedOptimizer } from "../booster/boosted-optimizer.js";
import { Booster } from "../booster/booster.js";
import { aModel, CHECKPOINT_PARTS } from "../booster/parts.js";
import { type Batch, DataLoader } from "../data/data-loader.js";
import type { Sample } from "../generate/sample.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Tensor } from "../tensor/tensor.js";

/** A model that says its loss on a batch and of how many tokens it is the mean, as all language models here do. */
export type LossModel = Module & {
  forward(batch: Batch): { readonly loss: Tensor; readonly numTokens: Tensor };
};

/** What `booster.boost` returned. */
export interface TrainParts {
  /** Whose loss is to fall. */
  readonly model: LossModel;
  /** What changes its weights. */
  readonly optimizer: BoostedOptimizer;
  /** It also counts the steps; `getScheduler("constant", optimizer)` leaves the rate as it is. */
  readonly lrScheduler: LRScheduler;
  /** Rows to train on, this rank's. */
  readonly dataloader: DataLoader;
}

/** Options of `train`. */
export interface TrainOptions {
  /** Optimizer steps at which training ends, those done before included. */
  readonly steps: number;
  /** Rows that are not trained on: `booster.prepareDataloader({ dataset, batchSize, dropLast: false })`. */
  readonly heldOut: DataLoader;
  /** Where everything is kept: the newest checkpoint, `best` and `evaluations.json`. */
  readonly folder: string;
  /** Shown above the plot. Default "training". */
  readonly title?: string;
  /** Micro-batches that make one step. Default 1. */
  readonly accumulation?: number;
  /** Steps from one evaluation, and checkpoint, to the next. Default 100. */
  readonly evalEvery?: number;
  /** Evaluations without a lower loss after which training ends. Default: it goes on to its last step. */
  readonly patience?: number;
  /** What the model says at every evaluation: `() => sample(model, tokenizer, prompts)`. */
  readonly samples?: () => readonly Sample[];
  /** A loss or gradient that is no number ends the training with the weights as before that step, or the step is left out. Default "stop". */
  readonly whenNotFinite?: "stop" | "skip";
  /**
   * Writes the best weights into a folder. Default: `(to) => booster.saveModel(model, to)`, or of a model with an adapter
   * `(to) => booster.saveLoraAsPretrained(model, to)`.
   */
  readonly saveBest?: (to: string) => Promise<unknown>;
  /** Whether a training that begins may take the place of another one's in the folder. Default false. */
  readonly overwrite?: boolean;
}

export const aBooster = kind<Booster>("a Booster", (value) => value instanceof Booster);
export const aDataLoader = kind<DataLoader>(
  "a DataLoader, as booster.prepareDataloader({ dataset, batchSize, dropLast: false })",
  (value) => value instanceof DataLoader,
);

export const TRAIN_PARTS: OptionTable<TrainParts> = {
  model: aModel,
  optimizer: kind(
    "the optimizer that boost() returned",
    (value) => value instanceof BoostedOptimizer,
  ),
  lrScheduler: CHECKPOINT_PARTS.lrScheduler,
  dataloader: CHECKPOINT_PARTS.dataloader,
};

export const TRAIN_OPTIONS: OptionTable<TrainOptions> = {
  steps: integer({ min: 1 }),
  heldOut: aDataLoader,
  folder: aPath,
  title: text,
  accumulation: integer({ min: 1 }),
  evalEvery: integer({ min: 1 }),
  patience: integer({ min: 1 }),
  samples: callback,
  whenNotFinite: oneOf("stop", "skip"),
  saveBest: callback,
  overwrite: boolean,
};
