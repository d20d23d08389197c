// The contract between Booster and its plugins. A plugin decides where parameters, gradients and optimizer state
// live and how ranks share the work; Booster is the same for all.
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

/** How the ranks of a job reduce a number that each of them has. */
export type Reduction = "mean" | "max" | "sum";

/** What `Booster` asks of a plugin, which decides where parameters, gradients and optimizer state live. */
export interface Plugin {
  /** Its class, for messages. */
  readonly name: string;
  /** This process among those that train together, from 0. */
  readonly rank: number;
  /** Number of processes that train together. */
  readonly worldSize: number;
  /** Where this rank computes. */
  readonly device: string;
  /** Prepares the parts for training; the model and the optimizer's parameters change in place. */
  configure<M extends Module>(parts: Parts<M>, precision: Precision): Partial<BoostedParts<M>>;
  /** True when gradients may stay local for some backward passes. */
  readonly supportsNoSync: boolean;
  /** Reduces a number over all ranks; every rank gets the result. */
  reduce(value: number, how: Reduction): number;
  /** All ranks' bytes on every rank; each gives equally many. */
  gather(bytes: Uint8Array): Uint8Array[];
  /** In place: every rank's tensors become those of rank `root`. */
  broadcast(tensors: readonly Tensor[], root: number): void;
  /** Returns when all ranks have come here. */
  barrier(): void;
}
