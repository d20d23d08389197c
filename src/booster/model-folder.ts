// A model's weights in a folder of safetensors: models of a family with their configuration, other modules by names alone.
import {
  loadModelWeights,
  modelTensors,
  requireModelWeights,
} from "../checkpoint/model-weights.js";
import { ownFiles, type PlannedFile } from "../checkpoint/planned-file.js";
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import { type WriteWeightsOptions, weightFiles } from "../checkpoint/weights-writer.js";
import type { Job } from "../cluster/job.js";
import { PretrainedModel } from "../models/pretrained-model.js";
import type { Module } from "../nn/module.js";

/**
 * What this rank writes of a model that all ranks hold: each file has one owner.
 * @param folder for errors
 */
export function modelFiles(
  model: Module,
  folder: string,
  { job, options }: { readonly job: Job; readonly options: WriteWeightsOptions },
): PlannedFile[] {
  const files =
    model instanceof PretrainedModel
      ? model.files(folder, options)
      : weightFiles(modelTensors(model), options, folder);
  return ownFiles(files, { rank: job.rank, numRanks: job.worldSize });
}

/**
 * For models of a family, whose configuration is in the folder; other modules are known by their weights' names and shapes.
 * @throws CheckpointError naming the first field of another model's configuration
 */
export function requireSameModel(model: Module, folder: string): void {
  if (model instanceof PretrainedModel) model.requireConfig(folder);
}

/** @throws CheckpointError listing what keeps `readModel` from filling the model */
export function requireReadable(
  model: Module,
  folder: string,
  options: ReadWeightsOptions = {},
): void {
  if (model instanceof PretrainedModel) model.requireWeights(folder, options);
  else requireModelWeights(model, folder, options);
}

/** @throws CheckpointError listing what does not fit */
export function readModel(model: Module, folder: string, options: ReadWeightsOptions = {}): void {
  if (model instanceof PretrainedModel) model.loadWeights(folder, options);
  else loadModelWeights(model, folder, options);
}
