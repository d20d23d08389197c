// Placement that follows what steps need: weights and state lie in host memory until the first step has shown what else the device holds,
// then as much comes to the device as has room beside that, weights first, which cross more often; a step that needs more sends some back.

import type { Job } from "../cluster/job.js";
import { emptyCache, gpuMemory } from "../device/memory.js";
import type { Module } from "../nn/module.js";
import type { HostStateOptions } from "../optim/host-state.js";
import type { ParamGroup } from "../optim/optimizer.js";
import type { RuleOptimizer } from "../optim/rule-optimizer.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { stateOnHost } from "./on-host.js";
import { type OnHost, placedAnew, type Sizes } from "./placed-anew.js";
import type { ShardedWeights } from "./sharded-weights.js";
import { weightsOnHost } from "./weights-on-host.js";

/** Of what has room, so much is taken: memory comes in blocks. */
const TAKEN = 0.98;

export interface AutoPlacementOptions {
  readonly job: Job;
  readonly model: Module;
  /** Those of blocks that may lie there; undefined: none may. */
  readonly weights: ShardedWeights | undefined;
  readonly optimizer: RuleOptimizer<ParamGroup>;
  /** In the order in which backward passes come to them. */
  readonly trained: readonly Parameter[];
  readonly host: HostStateOptions;
  /** Of the device's memory that is to be used. */
  readonly ratio: number;
}

export class AutoPlacement {
  readonly #options: AutoPlacementOptions;
  #isMeasured = false as boolean;
  #onHost: OnHost;
  /** Parameters whose state lies there. */
  #numOnHost: number;

  constructor(options: AutoPlacementOptions) {
    this.#options = options;
    this.#onHost = { weights: options.weights === undefined ? 0 : 1, state: 1 };
    this.#numOnHost = options.trained.length;
  }

  /** To be called when a step was made, by all ranks. */
  afterStep(): void {
    const { job, ratio, host } = this.#options;
    if (!host.device.startsWith("cuda")) return; // a CPU's memory is the host's
    const room = roomOn(host.device, ratio);
    const isFirst = !this.#isMeasured;
    this.#isMeasured = true;
    const lacks = job.reduce(room < 0 ? 1 : 0, "max") > 0;
    if (!isFirst && !lacks) return;
    const moved = room < 0 ? room / TAKEN : room * TAKEN;
    const { weights, state } = placedAnew(this.#onHost, this.#sizes, moved);
    // Alike on all ranks, whose parts are not to the byte of one size.
    this.#onHost = { weights: job.reduce(weights, "max"), state: job.reduce(state, "max") };
    this.#place();
  }

  get #sizes(): Sizes {
    const { optimizer, weights } = this.#options;
    const bytes = (tensors: Iterable<readonly [string, Tensor, ...unknown[]]>): number =>
      [...tensors].reduce((sum, [, { nbytes }]) => sum + nbytes, 0);
    return {
      weights: weights === undefined ? 0 : bytes(weights.namedParameters()),
      state: bytes(optimizer.namedStates()),
    };
  }

  #place(): void {
    const { model, weights, optimizer, trained, host } = this.#options;
    weights?.keepOnHost(weightsOnHost(model, this.#onHost.weights));
    const parameters = stateOnHost(trained, this.#onHost.state);
    if (parameters.size !== this.#numOnHost) {
      this.#numOnHost = parameters.size; // equal: both are the first so many
      optimizer.useHost(parameters.size === 0 ? undefined : { ...host, parameters });
    }
    emptyCache(); // what was left on either side
  }
}

/** Bytes of a device that may still be used; below 0: too many are. What its allocator keeps is what a step needs. */
function roomOn(device: string, ratio: number): number {
  const { freeBytes, totalBytes } = gpuMemory(Number(device.slice("cuda:".length)));
  return freeBytes - (1 - ratio) * totalBytes;
}
