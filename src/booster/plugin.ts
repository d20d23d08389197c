// The contract between Booster and its plugins: a plugin is a choice, written down as a plan. Booster is the same for all.
import type { DataLoader } from "../data/data-loader.js";
import type { Module } from "../nn/module.js";
import type { LRScheduler } from "../optim/lr-scheduler.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { Tensor } from "../tensor/tensor.js";
import type { BoostedOptimizer } from "./boosted-optimizer.js";
import type { Plan, PlanRequest } from "./plan.js";

/** Computes the loss from a model's output when the model does not do it itself. */
export type Criterion = (outputs: Tensor, targets: Tensor) => Tensor;

/** What is boosted together. */
export interface Parts<M extends Module> {
  /** Changed in place: every parameter stays the object it is. */
  readonly model: M;
  /** One that trains parameters of the model. */
  readonly optimizer?: Optimizer;
  /** Handed back as it is. */
  readonly criterion?: Criterion;
  /** Of the whole dataset, whose rows the ranks then share. */
  readonly dataloader?: DataLoader;
  /** One that changes the optimizer's rates; handed back as it is. */
  readonly lrScheduler?: LRScheduler;
}

/** What became of them; the model and the optimizer's parameters changed in place. */
export interface BoostedParts {
  /** Brings gradients of all ranks together, scales and clips them. */
  readonly optimizer?: BoostedOptimizer;
  /** The rows of this rank. */
  readonly dataloader?: DataLoader;
}

/** What `Booster` asks of a plugin. */
export interface Plugin {
  /** Its class, for messages. */
  readonly name: string;
  /** Where this rank computes. */
  readonly device: string;
  /** Decides, from what it is given alone: no processes, no device, no state. */
  plan(request: PlanRequest): Plan;
}
