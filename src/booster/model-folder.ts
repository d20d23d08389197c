// A model's weights in a folder of safetensors: models of a family with their configuration, other modules by names alone.
import { join } from "node:path";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import {
  loadModelWeights,
  modelTensors,
  requireModelWeights,
  type SomeWeights,
} from "../checkpoint/model-weights.js";
import { ownFiles, type PlannedFile } from "../checkpoint/planned-file.js";
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import { type WriteWeightsOptions, weightFiles } from "../checkpoint/weights-writer.js";
import type { Job } from "../cluster/job.js";
import { isThere, readPlainFile } from "../files/plain-file.js";
import { describeAdapters } from "../lora/adapter-folder.js";
import { PretrainedModel } from "../models/pretrained-model.js";
import type { Module } from "../nn/module.js";
import { baseFile, type LeftOut, tensorsNamed } from "./left-out.js";
import type { WeightTurns } from "./weight-turns.js";

/** Beside the weights of a checkpoint whose model has adapters. */
const ADAPTERS = "adapters.json";
const ADAPTERS_LIMITS = { maxBytes: 4_000_000, problem: checkpointProblem };

interface Written {
  readonly job: Job;
  readonly options: WriteWeightsOptions;
  readonly turns: WeightTurns;
  /** What is left out. */
  readonly base?: LeftOut | undefined;
}

/**
 * What this rank writes of a model that all ranks have, whole or in parts: each file has one owner.
 * @param folder for errors
 */
export function modelFiles(
  model: Module,
  folder: string,
  { job, options, turns, base }: Written,
): PlannedFile[] {
  const except = base && tensorsNamed(model, base.tensors);
  const files =
    model instanceof PretrainedModel
      ? model.files(folder, { ...options, except })
      : weightFiles(modelTensors(model, except), options, folder);
  if (base !== undefined) files.push(baseFile(base));
  const adapters = describeAdapters(model);
  if (adapters !== undefined) files.push({ name: ADAPTERS, content: JSON.stringify(adapters) });
  return ownFiles(turns.of(files), { rank: job.rank, numRanks: job.worldSize });
}

/**
 * For models of a family, whose configuration is in the folder, and for adapters; other modules are known by their weights'
 * names and shapes.
 * @throws CheckpointError naming the first field of another model's configuration, or adapters that are others
 */
export function requireSameModel(model: Module, folder: string): void {
  requireSameAdapters(model, folder);
  if (model instanceof PretrainedModel) model.requireConfig(folder);
}

function requireSameAdapters(model: Module, folder: string): void {
  const path = join(folder, ADAPTERS);
  const saved = isThere(path)
    ? Buffer.from(readPlainFile(path, ADAPTERS_LIMITS)).toString()
    : undefined;
  const present = describeAdapters(model);
  if (saved === (present === undefined ? undefined : JSON.stringify(present))) return;
  const [was, is] = [saved ?? "none", present === undefined ? "none" : JSON.stringify(present)];
  throw new CheckpointError(
    `the model's adapters are not those that were saved. Saved: ${was}. Here: ${is}. Call enableLora or addAdapter with the same options, and setAdapter, before loading`,
    { path },
  );
}

/** @throws CheckpointError listing what keeps `readModel` from filling the model */
export function requireReadable(
  model: Module,
  folder: string,
  options: SomeWeights & ReadWeightsOptions = {},
): void {
  if (model instanceof PretrainedModel) model.requireWeights(folder, options);
  else requireModelWeights(model, folder, options);
}

/** @throws CheckpointError listing what does not fit */
export function readModel(
  model: Module,
  folder: string,
  options: SomeWeights & ReadWeightsOptions = {},
): void {
  if (model instanceof PretrainedModel) model.loadWeights(folder, options);
  else loadModelWeights(model, folder, options);
}
