// The GPU that "cuda" means, and ranges that NVIDIA's profilers show.
import { native } from "../native/native.js";
import { DeviceError, gpuIndex, requireCuda } from "./device-error.js";

/** The GPU that "cuda" means now, e.g. "cuda:0". */
export function currentDevice(): string {
  return `cuda:${requireCuda("a current GPU").currentDevice()}`;
}

/** Lets "cuda" mean this GPU from now on. */
export function setDevice(device: string): void {
  const index = gpuIndex(device);
  if (index === undefined)
    throw new DeviceError(`setDevice needs a number as in "cuda:1", got "${device}"`);
  requireCuda("choosing a GPU").setDevice(index);
}

/** Runs `body`, which must not be async, with "cuda" meaning this GPU. */
export function withDevice<T>(device: string, body: () => T): T {
  const before = currentDevice();
  setDevice(device);
  try {
    return body();
  } finally {
    setDevice(before);
  }
}

/** Runs `body` as a named range on the timeline of NVIDIA's profilers; in a build for CPUs nothing can be listening. */
export function withNvtxRange<T>(name: string, body: () => T): T {
  native.cuda?.pushRange(name);
  try {
    return body();
  } finally {
    native.cuda?.popRange();
  }
}

/** A named point on that timeline. */
export function nvtxMark(name: string): void {
  native.cuda?.mark(name);
}
