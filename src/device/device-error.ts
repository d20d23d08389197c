// What this machine or this build of libtorch cannot do, and what is needed for it.
import type { Cuda } from "../native/cuda.js";
import { native } from "../native/native.js";

/** Something was asked of a device that is not there. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
}

/**
 * The CUDA functions of the addon.
 * @param what was asked for, as the subject of a sentence: "a CUDA graph"
 * @throws DeviceError without a libtorch for CUDA or without a GPU
 */
export function requireCuda(what: string): Cuda {
  if (native.cuda === undefined) {
    throw new DeviceError(
      `${what} needs a GPU, and this libtorch (${native.torchVersion}) is built for CPUs; install a PyTorch with CUDA and run \`npm start\` to build against it`,
    );
  }
  if (native.numGpus() === 0) {
    throw new DeviceError(
      `${what} needs a GPU, and this process sees none; see \`nvidia-smi\` and CUDA_VISIBLE_DEVICES`,
    );
  }
  return native.cuda;
}

/**
 * The index in "cuda:1"; undefined for "cuda" and for undefined, which mean the current device.
 * @throws DeviceError for the name of any other device
 */
export function gpuIndex(device: string | undefined): number | undefined {
  if (device === undefined || device === "cuda") return undefined;
  const index = /^cuda:(\d+)$/.exec(device)?.[1];
  if (index === undefined) {
    throw new DeviceError(`expected "cuda" or "cuda:N" as in "cuda:0", got "${device}"`);
  }
  return Number(index);
}
