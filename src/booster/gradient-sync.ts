// What a boosted optimizer asks of whoever brings the gradients of ranks together.
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";

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
  /** Adds numbers up over ranks, in place. All ranks call it. */
  sum(numbers: Tensor): void;
}
