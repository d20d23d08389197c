// A model's weights in a folder of safetensors: models of a family with their configuration, other modules by names alone.
import {
  loadModelWeights,
  modelTensors,
  requireModelWeights,
} from "../checkpoint/model-weights.js";
import { writeWeights } from "../checkpoint/weights-folder.js";
import { CausalLM } from "../models/causal-lm.js";
import type { Module } from "../nn/module.js";

/** @param options `maxShardBytes`: a larger model is written in several files */
export function writeModel(
  model: Module,
  folder: string,
  options: { maxShardBytes?: number } = {},
): void {
  if (model instanceof CausalLM) model.writePretrained(folder, options);
  else writeWeights(folder, modelTensors(model), options);
}

/**
 * For models of a family, whose configuration is in the folder; other modules are known by their weights' names and shapes.
 * @throws CheckpointError naming the first field of another model's configuration
 */
export function requireSameModel(model: Module, folder: string): void {
  if (model instanceof CausalLM) model.requireConfig(folder);
}

/** @throws CheckpointError listing what keeps `readModel` from filling the model */
export function requireReadable(model: Module, folder: string): void {
  if (model instanceof CausalLM) model.requireWeights(folder);
  else requireModelWeights(model, folder);
}

/** @throws CheckpointError listing what does not fit */
export function readModel(model: Module, folder: string): void {
  if (model instanceof CausalLM) model.loadWeights(folder);
  else loadModelWeights(model, folder);
}
