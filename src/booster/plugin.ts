// The contract between Booster and its plugins. A plugin decides where parameters, gradients and optimizer state
// live and how ranks share the work; Booster is the same for all.
import type { Job } from "../cluster/job.js";
import type { DataLoader } from "../data/data-loader.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { Tensor } from "../tensor/tensor.js";
import type { BoostedOptimizer } from "./boosted-optimizer.js";

/**
 * float32 everywhere, or bfloat16 or float16 parameters and activations with float32 masters in the optimizer; float16 with
 * dynamic loss scaling.
 */
export type Precision = "fp32" | "bf16" | "fp16";

/** Computes the loss from a model's output when the model does not do it itself. */
export type Criterion = (outputs: Tensor, targets: Tensor) => Tensor;

export interface Parts<M extends Module> {
  readonly model: M;
  readonly optimizer?: Optimizer;
  readonly criterion?: Criterion;
  readonly dataloader?: DataLoader;
  readonly lrScheduler?: LRScheduler;
}

export interface BoostedParts<M extends Module> {
  readonly model: M;
  readonly optimizer: BoostedOptimizer;
  readonly criterion: Criterion | undefined;
  readonly dataloader: DataLoader;
  readonly lrScheduler: LRScheduler | undefined;
}

/** What a plugin prepares parts for. */
export interface PluginContext {
  /** The processes that train together. */
  readonly job: Job;
  /** In which the model computes. */
  readonly precision: Precision;
}

/** What `Booster` asks of a plugin, which decides where parameters, gradients and optimizer state live. */
export interface Plugin {
  /** Its class, for messages. */
  readonly name: string;
  /** Where this rank computes. */
  readonly device: string;
  /** True when gradients may stay local for some backward passes. */
  readonly supportsNoSync: boolean;
  /** Prepares the parts for training; the model and the optimizer's parameters change in place. */
  configure<M extends Module>(parts: Parts<M>, context: PluginContext): Partial<BoostedParts<M>>;
}
