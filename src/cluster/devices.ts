// The devices this process may compute on, and what they hold.
import { integer, requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import { aDevice } from "../tensor/arguments.js";
import type { DeviceName } from "../tensor/dtype.js";
import { ranksFromEnvironment } from "./environment.js";

/** GPUs that this process sees; 0 with a libtorch for CPUs. */
export function numGpus(): number {
  return native.numGpus();
}

/** Where this rank computes: its own GPU when there is one for each local rank, else the CPU. */
export function defaultDevice(): DeviceName {
  const { localRank } = ranksFromEnvironment();
  if (native.numGpus() === 0) return "cpu";
  if (localRank >= native.numGpus()) {
    throw new Error(
      `local rank ${localRank} has no GPU of its own: there are ${native.numGpus()}; use fewer ranks or CUDA_VISIBLE_DEVICES=""`,
    );
  }
  native.setGpu?.(localRank);
  return `cuda:${localRank}`;
}

/** Memory of a device, in bytes. */
export interface MemoryStats {
  /** Bytes in tensors. */
  readonly allocatedBytes: number;
  /** Bytes taken from the device, the allocator's reserve included. */
  readonly reservedBytes: number;
}

/** Memory of a GPU, or of this process when `device` is "cpu". */
export function memoryStats(device: string): MemoryStats {
  requireValue("memoryStats: device", device, aDevice);
  if (!device.startsWith("cuda")) {
    const { rss } = process.memoryUsage();
    return { allocatedBytes: rss, reservedBytes: rss };
  }
  return native.memoryStats(Number(device.split(":")[1] ?? 0));
}

/** Waits until the GPU has done all work given to it; returns at once for "cpu". */
export function synchronize(device: string): void {
  requireValue("synchronize: device", device, aDevice);
  if (device.startsWith("cuda")) native.synchronizeGpu?.();
}

/** Threads that one CPU operator uses. */
export function numThreads(): number {
  return native.numThreads();
}

/** Sets how many threads an operator on the CPU may use. */
export function setNumThreads(count: number): void {
  requireValue("setNumThreads: count", count, integer({ min: 1 }));
  native.setNumThreads(count);
}

/** Version of the libtorch in use, e.g. "2.13.0". */
export const torchVersion: string = native.torchVersion;
