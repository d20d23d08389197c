// The GPU that "cuda" means, and ranges that NVIDIA's profilers show.
import { callback, requireValue, text } from "../arguments/checks.js";
import { whenCutOff } from "../host/index.js";
import { native } from "../native/native.js";
import { withoutStorage } from "../tensor/no-storage.js";
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

/** Devices to go back to, of the calls of `withDevice` under way. */
const devicesBefore: string[] = [];
let numOpenRanges = 0;

/**
 * Runs `body`, which must not be async, with "cuda" meaning this GPU. With "meta" tensors that name no device get a shape and no
 * numbers: `withDevice("meta", () => new Net())` makes a module of any size at once.
 */
export function withDevice<T>(device: string, body: () => T): T {
  requireValue("withDevice: body", body, callback);
  if (device === "meta") return withoutStorage(body);
  devicesBefore.push(currentDevice());
  try {
    setDevice(device);
    return body();
  } finally {
    leaveDevice();
  }
}

/** Runs `body` as a named range on the timeline of NVIDIA's profilers; in a build for CPUs nothing can be listening. */
export function withNvtxRange<T>(name: string, body: () => T): T {
  requireValue("withNvtxRange: name", name, text);
  requireValue("withNvtxRange: body", body, callback);
  numOpenRanges += 1;
  native.cuda?.pushRange(name);
  try {
    return body();
  } finally {
    leaveRange();
  }
}

whenCutOff(() => {
  while (devicesBefore.length > 0) leaveDevice();
  while (numOpenRanges > 0) leaveRange();
});

function leaveDevice(): void {
  const before = devicesBefore.pop();
  if (before !== undefined) setDevice(before);
}

function leaveRange(): void {
  numOpenRanges -= 1;
  native.cuda?.popRange();
}

/** A named point on that timeline. */
export function nvtxMark(name: string): void {
  requireValue("nvtxMark: name", name, text);
  native.cuda?.mark(name);
}
