// What Booster does with files: models, optimizers, schedules and whole checkpoints, saved and loaded by all ranks together.
import { requireValue, text } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import type { ReadWeightsOptions } from "../checkpoint/weights-folder.js";
import type { Job } from "../cluster/job.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { PendingSave } from "./background.js";
import {
  type CheckpointOptions,
  type CheckpointParts,
  type LoadCheckpointOptions,
  type LoadedParts,
  saveCheckpoint,
} from "./checkpoint.js";
import { loadCheckpoint } from "./checkpoint-loading.js";
import { SAVE_LORA_OPTIONS, type SaveLoraOptions, saveLora } from "./lora.js";
import { loadModel, type SaveModelOptions, type SaveOptions, saveModel } from "./model-saving.js";
import type { NamedOptimizer } from "./optimizer-parts.js";
import { loadOptimizer, saveOptimizer } from "./optimizer-saving.js";
import {
  aModel,
  CHECKPOINT_OPTIONS,
  CHECKPOINT_PARTS,
  LOAD_OPTIONS,
  LOADED_PARTS,
  READ_OPTIONS,
  SAVE_MODEL_OPTIONS,
  SAVE_OPTIONS,
} from "./parts.js";
import type { Plugin } from "./plugin.js";
import { loadLrScheduler, saveLrScheduler } from "./schedule-saving.js";

const NO_STEP =
  "saveCheckpoint: step is required, the number of optimizer steps done: saveCheckpoint(root, parts, { step })";

/** Saving and loading, under the names of Colossal-AI's Booster. All ranks make every call. */
export abstract class BoosterFiles {
  /** The processes that train together. */
  abstract readonly job: Job;
  /** What distributes the model. */
  abstract readonly plugin: Plugin;

  /** The model that an optimizer was boosted with. */
  protected abstract modelOf(optimizer: Optimizer): Module | undefined;

  /**
   * Writes a Hugging Face folder that transformers loads, or safetensors of a module that is of no family; an older folder
   * is replaced in one step. All ranks call it, and share the files among them.
   */
  saveModel(
    model: Module,
    folder: string,
    options: SaveModelOptions & { useAsync: true },
  ): Promise<PendingSave>;
  saveModel(
    model: Module,
    folder: string,
    options?: SaveModelOptions,
  ): Promise<PendingSave | undefined>;
  async saveModel(
    model: Module,
    folder: string,
    options: SaveModelOptions = {},
  ): Promise<PendingSave | undefined> {
    requireValue("saveModel: model", model, aModel);
    requireValue("saveModel: folder", folder, text);
    checkOptions("saveModel", options, SAVE_MODEL_OPTIONS);
    return saveModel(this.job, model, { folder, options });
  }

  /**
   * Fills a model from a folder that `saveModel` or transformers wrote. All ranks call it.
   * @param options `prefix`: the one it was saved with
   */
  async loadModel(model: Module, folder: string, options: ReadWeightsOptions = {}): Promise<void> {
    requireValue("loadModel: model", model, aModel);
    requireValue("loadModel: folder", folder, text);
    checkOptions("loadModel", options, READ_OPTIONS);
    await loadModel(this.job, model, { folder, options });
  }

  /**
   * Writes an adapter as a folder that PEFT loads; an older folder is replaced in one step. All ranks call it. Colossal-AI's
   * `save_lora_as_pretrained`.
   * @param options `adapterName`: default "default"; `baseModel`: folder or name of the model below, for PEFT's configuration; default what it was loaded from
   * @throws RangeError naming the adapters that the model has
   */
  async saveLoraAsPretrained(
    model: Module,
    folder: string,
    options: SaveLoraOptions = {},
  ): Promise<void> {
    requireValue("saveLoraAsPretrained: model", model, aModel);
    requireValue("saveLoraAsPretrained: folder", folder, text);
    checkOptions("saveLoraAsPretrained", options, SAVE_LORA_OPTIONS);
    await saveLora(this.job, model, { folder, options });
  }

  /**
   * Writes a folder of what the optimizer remembers, by the names of the model's parameters; an older one is replaced in one
   * step. All ranks call it, and share the files among them.
   */
  saveOptimizer(
    optimizer: Optimizer,
    folder: string,
    options: SaveOptions & { useAsync: true },
  ): Promise<PendingSave>;
  saveOptimizer(
    optimizer: Optimizer,
    folder: string,
    options?: SaveOptions,
  ): Promise<PendingSave | undefined>;
  async saveOptimizer(
    optimizer: Optimizer,
    folder: string,
    options: SaveOptions = {},
  ): Promise<PendingSave | undefined> {
    requireValue("saveOptimizer: folder", folder, text);
    checkOptions("saveOptimizer", options, SAVE_OPTIONS);
    return saveOptimizer(this.job, this.#named("saveOptimizer", optimizer), { folder, options });
  }

  /**
   * Gives an optimizer back what `saveOptimizer` wrote, on any number of ranks, or what Colossal-AI wrote as safetensors. All
   * ranks call it. In mixed precision that holds the weights in full precision too, so load the model before it.
   * @throws CheckpointError where these are not the model's weights; nothing is changed
   */
  async loadOptimizer(
    optimizer: Optimizer,
    folder: string,
    options: ReadWeightsOptions = {},
  ): Promise<void> {
    requireValue("loadOptimizer: folder", folder, text);
    checkOptions("loadOptimizer", options, READ_OPTIONS);
    await loadOptimizer(this.job, this.#named("loadOptimizer", optimizer), { folder, options });
  }

  /** Writes where a schedule stands to a file of JSON. All ranks call it. */
  async saveLrScheduler(lrScheduler: LRScheduler, file: string): Promise<void> {
    requireValue("saveLrScheduler: lrScheduler", lrScheduler, CHECKPOINT_PARTS.lrScheduler);
    requireValue("saveLrScheduler: file", file, text);
    await saveLrScheduler(this.job, lrScheduler, file);
  }

  /** Goes on from where `saveLrScheduler` found a schedule of the same class and rates. All ranks call it. */
  async loadLrScheduler(lrScheduler: LRScheduler, file: string): Promise<void> {
    requireValue("loadLrScheduler: lrScheduler", lrScheduler, CHECKPOINT_PARTS.lrScheduler);
    requireValue("loadLrScheduler: file", file, text);
    await loadLrScheduler(this.job, lrScheduler, file);
  }

  /**
   * Writes everything that training needs to go on exactly as if it had not stopped, into `root/step-N`. The newest
   * whole checkpoint stays until the new one is on disk. All ranks call it.
   * @returns the folder written; with `useAsync` the save that is under way
   */
  saveCheckpoint(
    root: string,
    parts: CheckpointParts,
    options: CheckpointOptions & { useAsync: true },
  ): Promise<PendingSave>;
  saveCheckpoint(
    root: string,
    parts: CheckpointParts,
    options: CheckpointOptions & { useAsync?: false },
  ): Promise<string>;
  saveCheckpoint(
    root: string,
    parts: CheckpointParts,
    options: CheckpointOptions,
  ): Promise<string | PendingSave>;
  async saveCheckpoint(
    root: string,
    parts: CheckpointParts,
    options: CheckpointOptions,
  ): Promise<string | PendingSave> {
    requireValue("saveCheckpoint: root", root, text);
    if ((options as CheckpointOptions | undefined) === undefined) throw new TypeError(NO_STEP);
    checkOptions("saveCheckpoint: parts", parts, CHECKPOINT_PARTS);
    requireValue("saveCheckpoint: model", parts.model, aModel);
    checkOptions("saveCheckpoint", options, CHECKPOINT_OPTIONS);
    return saveCheckpoint({ job: this.job, plugin: this.plugin.name }, root, parts, options);
  }

  /**
   * Restores the newest checkpoint of `root`, or the one in a folder that `saveCheckpoint` returned. All ranks call it.
   * @param parts those that were saved; a part given as null stays as it is. As in PyTorch the optimizer's groups get their
   *   saved hyperparameters back: assign others afterwards.
   * @returns the number of steps done when it was saved
   * @param options `fallBack: true` takes the newest whole checkpoint of `root` where the latest is damaged, and says so
   * @throws CheckpointError when it is damaged, of another model, optimizer or schedule, or holds a part that is left out
   */
  async loadCheckpoint(
    root: string,
    parts: LoadedParts,
    options: LoadCheckpointOptions = {},
  ): Promise<number> {
    requireValue("loadCheckpoint: root", root, text);
    checkOptions("loadCheckpoint: parts", parts, LOADED_PARTS);
    requireValue("loadCheckpoint: model", parts.model, aModel);
    checkOptions("loadCheckpoint", options, LOAD_OPTIONS);
    return loadCheckpoint({ job: this.job, plugin: this.plugin.name }, root, parts, options);
  }

  #named(of: string, optimizer: Optimizer): NamedOptimizer {
    const model = this.modelOf(optimizer);
    if (model !== undefined) return { model, optimizer };
    throw new TypeError(
      `${of}: optimizer must be one that boost() returned, since its model names what is saved, got ${describeValue(optimizer)}`,
    );
  }
}
