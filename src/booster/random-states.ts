// The random state of every rank, of the CPU and of the GPUs that it computes on.
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { SafetensorsFile } from "../checkpoint/safetensors.js";
import { writeSafetensors } from "../checkpoint/safetensors-writer.js";
import { numGpus } from "../cluster/devices.js";
import type { Job } from "../cluster/job.js";
import { fromBytes } from "../tensor/create.js";
import { rngState, setRngState } from "../tensor/random.js";
import { scoped } from "../tensor/scope.js";

/** States by device: "cpu", "cuda:0". */
export type RandomStates = Readonly<Record<string, Uint8Array>>;

/** This rank's. */
export function randomStates(job: Job): RandomStates {
  return scoped(() =>
    Object.fromEntries(devicesOf(job).map((device) => [device, rngState(device).toBytes()])),
  );
}

export function writeRandomStates(path: string, byRank: readonly RandomStates[]): void {
  const sources = byRank.flatMap((states, rank) =>
    Object.entries(states).map(([device, bytes]) => ({
      name: `rank.${rank}/${device}`,
      dtype: "U8",
      shape: [bytes.length],
      bytes: () => bytes,
    })),
  );
  writeSafetensors(path, sources);
}

/** Restores this rank's; a GPU that was not there when they were saved goes on as it is. */
export function restoreRandomStates(path: string, job: Job): void {
  using file = SafetensorsFile.open(path);
  for (const device of devicesOf(job)) {
    const name = `rank.${job.rank}/${device}`;
    if (device === "cpu" || file.tensors.has(name)) restore(file, name, device);
  }
}

/** A process that trains alone may use all GPUs, one of several its own. */
function devicesOf({ worldSize, device }: Job): string[] {
  if (worldSize > 1) return [...new Set(["cpu", device])];
  return ["cpu", ...Array.from({ length: numGpus() }, (_, i) => `cuda:${i}`)];
}

function restore(file: SafetensorsFile, name: string, device: string): void {
  using current = rngState(device);
  const { dtype, shape } = file.entry(name);
  if (dtype !== "U8" || shape.length !== 1 || shape[0] !== current.numel) {
    throw new CheckpointError(
      `${name} is ${dtype} [${shape.join(", ")}]; a random state is U8 [${current.numel}]`,
      { path: file.path },
    );
  }
  using state = fromBytes(file.read(name), shape, "uint8");
  setRngState(state, device);
}
