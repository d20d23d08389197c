// The random state of every rank, of the CPU and of the GPUs that it computes on, as parts: `random/rank.0/cpu`. A rank that has
// none, because there were fewer ranks or no GPU, goes on with a stream that is derived from what there is: each run that
// loads the checkpoint gets the same.
import { createHash } from "node:crypto";
import { storedTensor } from "../checkpoint/assemble.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { StoredTensors } from "../checkpoint/parts-folder.js";
import { partOf, type TensorPart } from "../checkpoint/tensor-part.js";
import { numGpus } from "../cluster/devices.js";
import type { Job } from "../cluster/job.js";
import { Generator, rngState, setRngState } from "../tensor/random.js";

const FIRST = "random/rank.0/cpu";

/** This rank's, of all its devices. */
export function randomParts(job: Job): TensorPart[] {
  return devicesOf(job).map((device) => partOf(nameOf(job.rank, device), rngState(device)));
}

/** @throws CheckpointError naming a state that is no state of a generator, or the one that is always there */
export function requireRandomStates(parts: StoredTensors, job: Job): void {
  const names = devicesOf(job).map((device) => [nameOf(job.rank, device), device] as const);
  for (const [name, device] of [[FIRST, "cpu"] as const, ...names]) {
    const stored = parts.tensor(name);
    if (stored === undefined && name !== FIRST) continue;
    using current = rngState(device);
    const { dtype = "absent", shape = [] } = stored ?? {};
    if (dtype === "U8" && shape.join() === `${current.numel}`) continue;
    throw new CheckpointError(
      `${name} is ${dtype} [${shape.join(", ")}]; a random state is U8 [${current.numel}]`,
      { path: parts.path },
    );
  }
}

/**
 * Restores this rank's.
 * @returns the devices whose stream is derived
 */
export function restoreRandomStates(parts: StoredTensors, job: Job): string[] {
  return devicesOf(job).filter((device) => {
    const name = nameOf(job.rank, device);
    const isSaved = parts.tensor(name) !== undefined;
    using state = isSaved ? storedTensor(parts, name) : derivedState(parts, name, device);
    setRngState(state, device);
    return !isSaved;
  });
}

function derivedState(parts: StoredTensors, name: string, device: string) {
  using first = storedTensor(parts, FIRST);
  const digest = createHash("sha256").update(name).update(first.toBytes()).digest();
  return new Generator(digest.readUIntBE(0, 6), device).getState();
}

function nameOf(rank: number, device: string): string {
  return `random/rank.${rank}/${device}`;
}

/** A process that trains alone may use all GPUs, one of several its own. */
function devicesOf({ worldSize, device }: Job): string[] {
  if (worldSize > 1) return [...new Set(["cpu", device])];
  return ["cpu", ...Array.from({ length: numGpus() }, (_, i) => `cuda:${i}`)];
}
