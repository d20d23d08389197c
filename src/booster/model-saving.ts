// Booster's saveModel and loadModel.
import { requireStorable } from "../checkpoint/model-weights.js";
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import type { WriteWeightsOptions } from "../checkpoint/weights-writer.js";
import type { Job } from "../cluster/job.js";
import type { Module } from "../nn/module.js";
import { requireWholeStep } from "../tensor/gradient-owner.js";
import { type AsyncSaving, type PendingSave, settle } from "./background.js";
import { cardFiles, type ModelCard } from "./model-card.js";
import { modelFiles, readModel, requireReadable } from "./model-folder.js";
import { save } from "./saving.js";
import { together } from "./together.js";
import type { WeightTurns } from "./weight-turns.js";

/** Options of saving a model or an optimizer. */
export interface SaveOptions extends WriteWeightsOptions, AsyncSaving {}

/** Options of `saveModel`. */
export interface SaveModelOptions extends SaveOptions {
  /** What a README.md in the form of the Hugging Face Hub says besides what the model knows; none is written without. */
  readonly card?: ModelCard;
}

export async function saveModel(
  job: Job,
  model: Module,
  { folder, options }: { readonly folder: string; readonly options: SaveModelOptions },
): Promise<PendingSave | undefined> {
  requireStorable(model);
  requireWholeStep("saveModel", model.parameters());
  const { useAsync = false, card, ...writing } = options;
  await settle(job);
  const plan = (inside: string, turns: WeightTurns) => [
    ...modelFiles(model, inside, { job, options: writing, turns }),
    ...cardFiles(folder, card, { job, model }),
  ];
  return save(job, { destination: { target: folder }, plan }, useAsync);
}

export async function loadModel(
  job: Job,
  model: Module,
  { folder, options }: { readonly folder: string; readonly options: ReadWeightsOptions },
): Promise<void> {
  requireStorable(model);
  await settle(job);
  await together(job, () => requireReadable(model, folder, options)); // or none has changed
  await together(job, () => readModel(model, folder, options));
}
