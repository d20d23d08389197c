// ATen's operators on lists of tensors: on a GPU one kernel for many tensors.
import { type Operator, ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";

type Name =
  | "add_"
  | "addcmul_"
  | "clamp_max_"
  | "clamp_min_"
  | "copy_"
  | "div"
  | "lerp"
  | "lerp_"
  | "mul"
  | "mul_"
  | "norm"
  | "sign_"
  | "sqrt"
  | "sub_";

/** `foreach("lerp_", means, xs, 0.1)`: ATen's `_foreach_lerp_`. Returns new tensors, none where it works in place. */
export function foreach(name: Name, tensors: readonly Tensor[], ...args: unknown[]): Tensor[] {
  const operator = ops.aten[`_foreach_${name}`] as Operator;
  return (operator(tensors, ...args) ?? []) as Tensor[];
}
