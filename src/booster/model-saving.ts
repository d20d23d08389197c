// Booster's saveModel and loadModel.
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import type { WriteWeightsOptions } from "../checkpoint/weights-writer.js";
import type { Job } from "../cluster/job.js";
import type { Module } from "../nn/module.js";
import { modelFiles, readModel, requireReadable } from "./model-folder.js";
import { saveFiles } from "./saving.js";
import { together } from "./together.js";

export async function saveModel(
  job: Job,
  model: Module,
  { folder, options }: { readonly folder: string; readonly options: WriteWeightsOptions },
): Promise<void> {
  await saveFiles(job, { target: folder }, (inside) => modelFiles(model, inside, { job, options }));
}

export async function loadModel(
  job: Job,
  model: Module,
  { folder, options }: { readonly folder: string; readonly options: ReadWeightsOptions },
): Promise<void> {
  await together(job, () => requireReadable(model, folder, options)); // or none has changed
  await together(job, () => readModel(model, folder, options));
}
