// Host memory that GPUs read and write by themselves.
import { requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import { aDType, aShape, aTensor } from "../tensor/arguments.js";
import { empty } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { DeviceError, requireCuda } from "./device-error.js";

/** A copy of a CPU tensor in pinned memory; the tensor itself when it is pinned already. */
export function pinMemory(tensor: Tensor): Tensor {
  requireValue("pinMemory: tensor", tensor, aTensor);
  requireCuda("pinned memory");
  if (isPinned(tensor)) return tensor;
  const pinned = emptyPinned(tensor.shape, tensor.dtype);
  pinned.copy_(tensor);
  return pinned;
}

/** True for a CPU tensor in pinned memory. */
export function isPinned(tensor: Tensor): boolean {
  requireValue("isPinned: tensor", tensor, aTensor);
  if (native.numGpus() === 0 || tensor.device !== "cpu") return false;
  return tensor.isPinned();
}

/** A CPU tensor in pinned memory, of undefined content. */
export function emptyPinned(shape: readonly number[], dtype: DType = "float32"): Tensor {
  requireValue("emptyPinned: shape", shape, aShape);
  requireValue("emptyPinned: dtype", dtype, aDType);
  requireCuda("pinned memory");
  return empty(shape, { dtype, pinMemory: true });
}

/** @throws DeviceError when a copy between `tensor` and a GPU would block, because it is not pinned */
export function requirePinned(tensor: Tensor, what: string): void {
  requireCuda(what);
  if (isPinned(tensor)) return;
  throw new DeviceError(
    `${what} needs a CPU tensor in pinned memory, got one on ${tensor.device}${tensor.device === "cpu" ? " that is not pinned" : ""}; ` +
      "use pinMemory(tensor) or emptyPinned(shape, dtype)",
  );
}
