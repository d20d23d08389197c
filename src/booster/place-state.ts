// Where an optimizer keeps what it remembers, as a plan says.
import type { Job } from "../cluster/job.js";
import type { Module } from "../nn/module.js";
import type { Optimizer, ParamGroup } from "../optim/optimizer.js";
import { RuleOptimizer } from "../optim/rule-optimizer.js";
import type { Parameter } from "../tensor/parameter.js";
import { AutoPlacement } from "./auto-placement.js";
import { stateOnHost } from "./on-host.js";
import { PlanError, type StateOnHost } from "./plan.js";
import type { ShardedWeights } from "./sharded-weights.js";

export interface HostPlacement {
  readonly job: Job;
  readonly model: Module;
  /** Those that come and go; undefined: none do. */
  readonly weights: ShardedWeights | undefined;
  readonly onHost: StateOnHost | undefined;
  /** Whether a step returns while weights are on their way. */
  readonly late: boolean;
}

/**
 * Moves what the optimizer remembers to where the plan says, now and from now on.
 * @param trained in the order in which backward passes come to them
 * @returns what moves it later; undefined where the plan has it stay
 */
export function placeState(
  optimizer: Optimizer,
  trained: readonly Parameter[],
  { job, model, weights, onHost, late }: HostPlacement,
): AutoPlacement | undefined {
  const { fraction = 0, batchBytes, ratio } = onHost ?? {};
  if (optimizer instanceof RuleOptimizer) {
    const one = optimizer as RuleOptimizer<ParamGroup>;
    const host = { device: job.device, late, ...(batchBytes !== undefined && { batchBytes }) };
    const parameters = stateOnHost(trained, fraction);
    one.useHost(parameters.size === 0 ? undefined : { ...host, parameters });
    if (ratio === undefined) return undefined;
    return new AutoPlacement({ ...{ job, model, weights, trained, host, ratio }, optimizer: one });
  }
  if (onHost === undefined) return undefined;
  throw new PlanError(
    "boost",
    `${optimizer.constructor.name} keeps what it remembers where it wants, and the plan has it in host memory`,
    "take an optimizer of this library, or make it a RuleOptimizer, or leave the state on the device",
  );
}
