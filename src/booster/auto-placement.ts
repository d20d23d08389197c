// Placement that follows what steps need: all state lies in host memory until the first step has shown what else the device holds, then as
// much comes to the device as has room beside that; a step that needs more sends some back.

import type { Job } from "../cluster/job.js";
import { emptyCache, gpuMemory } from "../device/memory.js";
import type { HostStateOptions } from "../optim/host-state.js";
import type { ParamGroup } from "../optim/optimizer.js";
import type { RuleOptimizer } from "../optim/rule-optimizer.js";
import type { Parameter } from "../tensor/parameter.js";
import { stateOnHost } from "./on-host.js";

/** Of what has room, so much is taken: memory comes in blocks. */
const TAKEN = 0.98;

export interface AutoPlacementOptions {
  readonly job: Job;
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
  /** Of the state, by elements of weights, in host memory. */
  #fraction = 1;
  /** Parameters of which it lies there. */
  #numOnHost: number;

  constructor(options: AutoPlacementOptions) {
    this.#options = options;
    this.#numOnHost = options.trained.length;
  }

  /** To be called when a step was made, by all ranks. */
  afterStep(): void {
    const { job, optimizer, ratio, host } = this.#options;
    if (!host.device.startsWith("cuda")) return; // a CPU's memory is the host's
    const room = roomOn(host.device, ratio);
    const isFirst = !this.#isMeasured;
    this.#isMeasured = true;
    const lacks = job.reduce(room < 0 ? 1 : 0, "max") > 0;
    if (!isFirst && !lacks) return;
    const states = [...optimizer.namedStates()].map(([, tensor]) => tensor);
    const numBytes = states.reduce((sum, { nbytes }) => sum + nbytes, 0);
    if (numBytes === 0) return;
    const moved = (room < 0 ? room / TAKEN : room * TAKEN) / numBytes;
    const wanted = job.reduce(Math.min(1, Math.max(0, this.#fraction - moved)), "max");
    this.#fraction = wanted;
    this.#place();
  }

  #place(): void {
    const { optimizer, trained, host } = this.#options;
    const parameters = stateOnHost(trained, this.#fraction);
    if (parameters.size === this.#numOnHost) return; // the same: both are the first so many
    this.#numOnHost = parameters.size;
    optimizer.useHost(parameters.size === 0 ? undefined : { ...host, parameters });
    emptyCache(); // what was left on either side
  }
}

/** Bytes of a device that may still be used; below 0: too many are. What its allocator keeps is what a step needs. */
function roomOn(device: string, ratio: number): number {
  const { freeBytes, totalBytes } = gpuMemory(Number(device.slice("cuda:".length)));
  return freeBytes - (1 - ratio) * totalBytes;
}
