// The training loop as a function of the library.
import { requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import type { Booster } from "../booster/booster.js";
import { trainingLoop } from "./loop.js";
import {
  aBooster,
  TRAIN_OPTIONS,
  TRAIN_PARTS,
  type TrainOptions,
  type TrainParts,
} from "./options.js";
import type { TrainingRecord } from "./training-record.js";

/**
 * Trains what `boost` returned from the step at which the schedule stands: accumulates, measures the loss on held-out rows, has the
 * model say something, keeps the best weights and the newest checkpoint, ends early, and draws it all. The loop is one short
 * function, `src/train/loop.ts`, to be copied into a cell where it is to be another.
 *
 *     const record = await train(booster, parts, { steps: 1000, heldOut, folder: "checkpoints/chat", patience: 3 });
 *
 * An interrupt ends it after a whole step, with a checkpoint of that step: call it again to go on, in another process after
 * `await booster.loadCheckpoint(folder, parts)`. The numbers are then those of a training that was never interrupted. The model is
 * left as after the last step; `record.bestFolder` holds the best. All ranks call it.
 * @throws RangeError at a loss that is no number, CheckpointError when the folder holds a training that is further
 */
export async function train(
  booster: Booster,
  parts: TrainParts,
  options: TrainOptions,
): Promise<TrainingRecord> {
  requireValue("train: booster", booster, aBooster);
  checkOptions("train: parts", parts, TRAIN_PARTS);
  checkOptions("train", options, TRAIN_OPTIONS);
  for (const name of ["model", "optimizer", "lrScheduler", "dataloader"] as const)
    requireValue(`train: ${name}`, parts[name], TRAIN_PARTS[name]);
  for (const name of ["steps", "heldOut", "folder"] as const)
    requireValue(`train: ${name}`, options[name], TRAIN_OPTIONS[name]);
  return trainingLoop(booster, parts, options);
}
