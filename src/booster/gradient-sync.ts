// What a boosted optimizer asks of whoever brings the gradients of ranks together.
import type { Slices } from "../optim/slices.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";

/** Gradients of which each rank has slices, once they are averaged: `parameter.grad` is null then. */
export interface SlicedGradients extends Slices {
  /** Whether any rank had a gradient since they were dropped; the same on all. */
  readonly areThere: boolean;
  /** The gradient of this parameter is as if no rank had had one. */
  forget(parameter: Parameter): void;
}

/** Brings the gradients of all ranks together. */
export interface GradientSync {
  /** Called before a backward pass makes the gradient of `parameter`, or a part of it. */
  noteComing(parameter: Parameter): void;
  /** Called once the gradient of `parameter` is complete in a backward pass. */
  noteReady(parameter: Parameter): void;
  /** Called after each backward pass: on return gradients are the mean over ranks, unless there are pauses. */
  finish(): void;
  /** Forgets a backward pass that did not come to its end. */
  restore(): void;
  /** Gives up the memory of gradients; called once there are none. */
  drop(): void;
  /** While there are any, gradients stay local. */
  numPauses: number;
  /** How many ranks there are. */
  readonly numRanks: number;
  /** Where averaged gradients are, unless they are those of parameters. */
  readonly sliced: SlicedGradients | undefined;
  /** Adds numbers up over ranks, in place. All ranks call it. */
  sum(numbers: Tensor): void;
}
