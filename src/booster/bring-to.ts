// Before a model is shared out: all of it comes to the rank's device, but for weights that are to lie on the host, and all ranks take over
// the numbers of the first. Of what stays on the host no more than one tensor is on the device at a time.
import type { Job } from "../cluster/job.js";
import type { Module } from "../nn/module.js";
import { place } from "../nn/place.js";
import { isUnread } from "../tensor/deferred-numbers.js";
import { noGrad } from "../tensor/grad-mode.js";
import { noteOrigin, originOf } from "../tensor/origins.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { PrecisionPlan } from "./plan.js";
import { ofNorms } from "./precision.js";

/** What is wanted of a model. */
export interface Wanted extends Pick<PrecisionPlan, "compute"> {
  /** Weights that are to lie in host memory. */
  readonly onHost: ReadonlySet<Parameter>;
}

/**
 * Moves the model to the device. What is still to be read is read to where it is wanted; what is frozen in the type that it computes in,
 * since no master wants more of it.
 */
export function bringTo(device: string, model: Module, { compute, onHost }: Wanted): void {
  const inFull = ofNorms(model);
  const parameters = model.parameters();
  for (const [where, isOnHost] of [
    [device, false],
    ["cpu", true],
  ] as const) {
    const some = parameters.filter((each) => onHost.has(each) === isOnHost);
    const frozen = some.filter((each) => !each.requiresGrad && !inFull.has(each) && isUnread(each));
    place(frozen, { dtype: compute, device: where });
    place(some, { device: where });
  }
  place(model.buffers(), { device });
}

/** In place: the tensors of all ranks become those of rank 0; where one comes from stays known. */
export function beginAlike(tensors: readonly Tensor[], job: Job): void {
  if (job.worldSize === 1) return;
  const origins = tensors.map(originOf);
  const isAway = ({ device }: Tensor): boolean => device === "cpu" && job.device !== "cpu";
  job.broadcast(
    tensors.filter((each) => !isAway(each)),
    0,
  );
  for (const tensor of tensors) if (isAway(tensor)) throughDevice(tensor, job);
  for (const [i, origin] of origins.entries()) noteOrigin(tensors[i] as Tensor, origin);
}

function throughDevice(tensor: Tensor, job: Job): void {
  noGrad(() => {
    using there = tensor.detach().to({ device: job.device });
    job.broadcast([there], 0);
    tensor.copy_(there);
  });
}
