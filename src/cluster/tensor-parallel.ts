// Communication with a gradient, for parallel layers. Each function is the gradient of its partner: copy and reduce
// (Shoeybi et al. 2019), gather and scatter, all-gather and reduce-scatter of a sequence (Korthikanti et al. 2022).
import { type Check, integer, kind, requireValue } from "../arguments/checks.js";
import { native } from "../native/native.js";
import { aTensor } from "../tensor/arguments.js";
import { Tensor } from "../tensor/tensor.js";
import { withRanks } from "./collective-error.js";
import { ProcessGroup } from "./process-group.js";

/** The same numbers; the gradient is summed over the ranks. Before a column-parallel layer. */
export function copyToRegion(x: Tensor, group: ProcessGroup): Tensor {
  return communicate("copyToRegion", x, group);
}
/** The sum over the ranks; the gradient passes unchanged. After a row-parallel layer. */
export function reduceFromRegion(x: Tensor, group: ProcessGroup): Tensor {
  return communicate("reduceFromRegion", x, group);
}
/** The ranks' parts joined along `dim`; the gradient is this rank's part. */
export function gatherFromRegion(x: Tensor, group: ProcessGroup, dim = -1): Tensor {
  return communicate("gatherFromRegion", x, group, dim);
}
/** This rank's part along `dim`, whose size the group's must divide; the gradients are joined. */
export function scatterToRegion(x: Tensor, group: ProcessGroup, dim = -1): Tensor {
  return communicate("scatterToRegion", x, group, dim);
}
/** The ranks' parts of a sequence joined along `dim`; the gradient is summed over the ranks and split. */
export function allGatherSequence(x: Tensor, group: ProcessGroup, dim = 1): Tensor {
  return communicate("allGatherSequence", x, group, dim);
}
/** This rank's part along `dim` of the sum over the ranks; the gradients are joined. */
export function reduceScatterSequence(x: Tensor, group: ProcessGroup, dim = 1): Tensor {
  return communicate("reduceScatterSequence", x, group, dim);
}

type Communication =
  | "copyToRegion"
  | "reduceFromRegion"
  | "gatherFromRegion"
  | "scatterToRegion"
  | "allGatherSequence"
  | "reduceScatterSequence";

const aGroup: Check<ProcessGroup> = kind(
  "a ProcessGroup, as defaultGroup(device) gives it",
  (value) => value instanceof ProcessGroup,
);

function communicate(name: Communication, x: Tensor, group: ProcessGroup, dim = 0): Tensor {
  requireValue(`${name}: x`, x, aTensor);
  requireValue(`${name}: group`, group, aGroup);
  requireValue(`${name}: dim`, dim, integer());
  return withRanks(group.ref, () => new Tensor(native[name](group.ref, x.handle, dim)));
}
