// Booster's enableLora and saveLoraAsPretrained.
import { aPath, text } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { ownFiles } from "../checkpoint/planned-file.js";
import type { Job } from "../cluster/job.js";
import { adapterFiles, loadAdapterFolder } from "../lora/adapter-folder.js";
import { putAdapter } from "../lora/adapters.js";
import { LORA_OPTIONS, type LoraOptions, withDefaults } from "../lora/options.js";
import type { Module } from "../nn/module.js";
import { settle } from "./background.js";
import { save } from "./saving.js";

/** Options of `enableLora`: those of a new adapter, or the folder of one that PEFT or `saveLoraAsPretrained` wrote. */
export interface EnableLoraOptions extends LoraOptions {
  /** Default "default". */
  readonly adapterName?: string;
  /** Folder of a trained adapter, which says all other options itself. */
  readonly pretrainedDir?: string;
}

/** Options of `saveLoraAsPretrained`. */
export interface SaveLoraOptions {
  /** Default "default". */
  readonly adapterName?: string;
  /** Folder or name of the model that the adapter is for, which PEFT loads below it. */
  readonly baseModel?: string;
}

export const ENABLE_LORA_OPTIONS: OptionTable<EnableLoraOptions> = {
  ...LORA_OPTIONS,
  adapterName: text,
  pretrainedDir: aPath,
};

export const SAVE_LORA_OPTIONS: OptionTable<SaveLoraOptions> = {
  adapterName: text,
  baseModel: text,
};

export function enableLora(
  model: Module,
  { adapterName: name = "default", pretrainedDir: folder, ...options }: EnableLoraOptions,
): void {
  if (folder === undefined) {
    putAdapter("enableLora", model, { name, config: withDefaults(options) });
    return;
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    loadAdapterFolder("enableLora", model, { name, folder });
    return;
  }
  throw new TypeError(
    `enableLora: pretrainedDir says what the adapter is, so ${given.map(([option]) => option).join(", ")} may not be given beside it`,
  );
}

export async function saveLora(
  job: Job,
  model: Module,
  { folder, options }: { readonly folder: string; readonly options: SaveLoraOptions },
): Promise<void> {
  await settle(job);
  const { adapterName = "default", baseModel = null } = options;
  const plan = () =>
    ownFiles(adapterFiles(model, adapterName, baseModel), {
      rank: job.rank,
      numRanks: job.worldSize,
    });
  await save(job, { destination: { target: folder }, plan }, false);
}
