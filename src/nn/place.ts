// Converts and moves what a module holds; its tensors' objects stay the same.
import { tellIfCutOff, wholly } from "../host/index.js";
import { deferredNumbers, inFileOrder, settle } from "../tensor/deferred-numbers.js";
import { readAs } from "../tensor/deferred-tensor.js";
import type { DType, Placement } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { noteReplaced } from "../tensor/gradient-owner.js";
import { leaveBuffer } from "../tensor/lasting-memory.js";
import { dropMaster, giveMaster, masterOf } from "../tensor/masters.js";
import { materialized } from "../tensor/no-storage.js";
import { noteOrigin, originOf } from "../tensor/origins.js";
import { Parameter } from "../tensor/parameter.js";
import { replaceMemory } from "../tensor/replace-memory.js";
import type { Tensor } from "../tensor/tensor.js";

/** Brings each tensor and its gradient to the device, those of floating point to the dtype. */
export function place(tensors: Iterable<Tensor>, { dtype, device }: Placement): void {
  if (dtype !== undefined && !isFloat(dtype)) {
    throw new TypeError(
      `a module's to() takes a dtype of floating point, got "${dtype}"; convert a tensor with x.to("${dtype}")`,
    );
  }
  const placeAll = (): void => {
    for (const tensor of inFileOrder(tensors)) {
      const kept = dtype === undefined || !isFloat(tensor.dtype);
      bring(tensor, { dtype: kept ? tensor.dtype : dtype, device: device ?? tensor.device });
    }
  };
  tellIfCutOff("a module was converted or moved in part: call its to() again", () =>
    noGrad(placeAll),
  );
}

/** What is still to be read comes straight to where it is wanted. */
function bring(tensor: Tensor, target: Placement): void {
  if (target.device === "meta") settle(tensor);
  const numbers = deferredNumbers(tensor);
  if (numbers === undefined) wholly(() => placeOne(tensor, target));
  else readAs(tensor, numbers, target);
}

function placeOne(tensor: Tensor, target: Placement): void {
  const { grad } = tensor;
  const isFirst = tensor.device === "meta" && target.device !== "meta";
  const placed = isFirst ? materialized(tensor, target).to(target) : tensor.to(target);
  if (placed === tensor) return;
  const master = tensor instanceof Parameter ? masterOf(tensor)?.clone() : undefined;
  const origin = originOf(tensor);
  leaveBuffer(tensor);
  replaceMemory(tensor, master?.to(target) ?? placed);
  noteOrigin(tensor, origin);
  if (grad !== null) tensor.grad = grad.to(target);
  if (!(tensor instanceof Parameter)) return;
  if (master !== undefined) placeMaster(tensor, master);
  noteReplaced(tensor);
}

/** The numbers in full precision go along, or into the parameter itself where it can hold them. */
function placeMaster(parameter: Parameter, master: Tensor): void {
  if (parameter.dtype === "float32") dropMaster(parameter);
  else giveMaster(parameter, { original: master });
}

function isFloat(dtype: DType): boolean {
  return /float/.test(dtype);
}
