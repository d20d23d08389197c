// Numbers of a batch on their way to the device.
import { pinMemory } from "../device/pinned.js";
import { uploadAsync } from "../device/transfers.js";
import { tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";

/** To a GPU without waiting for what it has still to do. */
export function upload(
  numbers: BigInt64Array | Int32Array,
  shape: readonly number[],
  device: string,
): Tensor {
  const onHost = tensor(numbers, { shape, device: "cpu" });
  return device.startsWith("cuda")
    ? uploadAsync(pinMemory(onHost), device).wait()
    : onHost.to({ device });
}
