// Converts and moves what a module holds; its tensors' objects stay the same.
import type { DeviceName, DType, Placement } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { placementOf } from "../tensor/placement.js";
import { replaceMemory } from "../tensor/replace-memory.js";
import type { Tensor } from "../tensor/tensor.js";

/** Brings each tensor to the target's device, those of floating point to its dtype. */
export function place(tensors: Iterable<Tensor>, target: DType | DeviceName | Placement): void {
  const { dtype, device } = placementOf(target);
  if (dtype !== undefined && !isFloat(dtype)) {
    throw new TypeError(
      `a module's to() takes a dtype of floating point, got "${dtype}"; convert a tensor with x.to("${dtype}")`,
    );
  }
  noGrad(() => {
    for (const tensor of tensors) {
      const kept = dtype === undefined || !isFloat(tensor.dtype);
      const placed = tensor.to({
        dtype: kept ? tensor.dtype : dtype,
        device: device ?? tensor.device,
      });
      if (placed !== tensor) replaceMemory(tensor, placed);
    }
  });
}

function isFloat(dtype: DType): boolean {
  return /float/.test(dtype);
}
