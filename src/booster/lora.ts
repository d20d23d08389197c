// Booster's enableLora and saveLoraAsPretrained.
import { aPath, boolean, oneOf, text } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { ownFiles } from "../checkpoint/planned-file.js";
import type { Job } from "../cluster/job.js";
import { adapterFiles, describeAdapter, loadAdapterFolder } from "../lora/adapter-folder.js";
import { type NewAdapter, putNewAdapter } from "../lora/adapters.js";
import { LORA_OPTIONS, type LoraOptions } from "../lora/options.js";
import { quantizeBase, requireWideLayers } from "../lora/quantized.js";
import { PretrainedModel } from "../models/pretrained-model.js";
import type { Module } from "../nn/module.js";
import { requireWholeStep } from "../tensor/gradient-owner.js";
import { settle } from "./background.js";
import { aCard, cardFiles, type ModelCard } from "./model-card.js";
import { save } from "./saving.js";

/** Options of `enableLora`: those of a new adapter, or the folder of one that PEFT or `saveLoraAsPretrained` wrote. */
export interface EnableLoraOptions extends LoraOptions {
  /** Default "default". */
  readonly adapterName?: string;
  /** Folder of a trained adapter, which says all options of an adapter itself. */
  readonly pretrainedDir?: string;
  /**
   * "nf4" rounds the frozen weights of all linear layers but the head to four bits (QLoRA, Dettmers et al. 2023) and frees them. They are
   * widened to the dtype of what they multiply, again in the backward pass. Default: they stay as they are.
   */
  readonly quantize?: "nf4";
  /** With `quantize`, the magnitudes of blocks are rounded too: 4.13 bits a weight instead of 4.5. Default true. */
  readonly doubleQuant?: boolean;
}

/** Options of `saveLoraAsPretrained`. */
export interface SaveLoraOptions {
  /** Default "default". */
  readonly adapterName?: string;
  /**
   * Folder or name of the model that the adapter is for, which PEFT loads below it. Default: what `card` says, else what the model was
   * loaded from.
   */
  readonly baseModel?: string;
  /** What a README.md in the form of the Hugging Face Hub says besides what the adapter knows; none is written without. */
  readonly card?: ModelCard;
}

export const ENABLE_LORA_OPTIONS: OptionTable<EnableLoraOptions> = {
  ...LORA_OPTIONS,
  adapterName: text,
  pretrainedDir: aPath,
  quantize: oneOf("nf4"),
  doubleQuant: boolean,
};

export const SAVE_LORA_OPTIONS: OptionTable<SaveLoraOptions> = {
  adapterName: text,
  baseModel: text,
  card: aCard,
};

export function enableLora(
  model: Module,
  { adapterName: name = "default", quantize, doubleQuant, ...adapter }: EnableLoraOptions,
): void {
  if (quantize === undefined && doubleQuant !== undefined)
    throw new TypeError(`enableLora: doubleQuant is of quantize: "nf4", which was not given`);
  if (quantize === undefined) {
    putAdapterOf(model, adapter, { name });
    return;
  }
  requireWideLayers("enableLora", model);
  const options = doubleQuant === undefined ? {} : { doubleQuant };
  putAdapterOf(model, adapter, { name, nf4: options });
  const isNew = adapter.pretrainedDir === undefined;
  quantizeBase(model, options, isNew ? name : undefined);
}

function putAdapterOf(
  model: Module,
  { pretrainedDir: folder, ...options }: EnableLoraOptions,
  as: Pick<NewAdapter, "name" | "nf4">,
): void {
  if (folder === undefined) {
    putNewAdapter("enableLora", model, { ...as, options });
    return;
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    loadAdapterFolder("enableLora", model, { ...as, folder });
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
  requireWholeStep("saveLoraAsPretrained", model.parameters());
  await settle(job);
  const { adapterName = "default", card, baseModel = card?.baseModel } = options;
  const loadedFrom = model instanceof PretrainedModel ? model.nameOrPath : "";
  const base = baseModel === undefined ? {} : { baseModel };
  const lora = describeAdapter(model, adapterName);
  const files = adapterFiles(model, adapterName, baseModel ?? (loadedFrom || null));
  const plan = () => [
    ...ownFiles(files, { rank: job.rank, numRanks: job.worldSize }),
    ...cardFiles(folder, card && { ...base, ...card }, { job, model, lora }),
  ];
  await save(job, { destination: { target: folder }, plan }, false);
}
