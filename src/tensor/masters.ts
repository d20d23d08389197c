// A parameter stored in fewer bits and its float32 master are two copies of one thing: whoever writes one writes both. The
// library's own writers do so here, in full precision; what others write to the parameter (as `p.mul_(0.5)` in a cell) is seen
// by its version, and the master follows.
import { empty } from "./create.js";
import { noGrad } from "./grad-mode.js";
import { ops } from "./ops.js";
import type { Parameter } from "./parameter.js";
import { keep, scoped } from "./scope.js";
import type { Tensor } from "./tensor.js";
import { versionOf } from "./version.js";

interface Master {
  readonly tensor: Tensor;
  /** Of the parameter when both were last the same. */
  version: number;
}

const masters = new WeakMap<Parameter, Master>();

/**
 * Gives a parameter a float32 master, instead of the one that it may have.
 * @param original its numbers in full precision, where they are still known
 */
export function giveMaster(parameter: Parameter, original?: Tensor): Tensor {
  const { shape, device } = parameter;
  const tensor = keep(empty(shape, { dtype: "float32", device }));
  noGrad(() => tensor.copy_(original ?? parameter));
  masters.get(parameter)?.tensor.dispose();
  masters.set(parameter, { tensor, version: versionOf(parameter) });
  return tensor;
}

/** The master, brought up to date where someone else wrote the parameter; undefined when it has none. */
export function masterOf(parameter: Parameter): Tensor | undefined {
  const master = masters.get(parameter);
  if (master === undefined) return undefined;
  if (master.version !== versionOf(parameter)) {
    scoped(() => noGrad(() => follow(master.tensor, parameter)));
    master.version = versionOf(parameter);
  }
  return master.tensor;
}

/** Where the parameter is still the master rounded, the master keeps what rounding hides: a write may change little or nothing. */
function follow(master: Tensor, parameter: Parameter): void {
  const isSame = master.to(parameter.dtype).eq(parameter);
  master.copy_(ops.aten.where(isSame, master, parameter.to("float32")));
}

/** From now on the parameter stands alone. */
export function dropMaster(parameter: Parameter): void {
  masters.get(parameter)?.tensor.dispose();
  masters.delete(parameter);
}

/** To be called after an update that wrote both. */
export function noteUpdated(parameter: Parameter): void {
  const master = masters.get(parameter);
  if (master !== undefined) master.version = versionOf(parameter);
}

/** Copies numbers into a tensor, and into its master where it is a parameter that has one and the numbers have more bits. */
export function write(tensor: Tensor, numbers: Tensor): void {
  const master = masterOf(tensor as Parameter);
  noGrad(() => void tensor.copy_(numbers));
  if (master === undefined || numbers.dtype === tensor.dtype) return; // a master that has fallen behind is seen by its version
  noGrad(() => void master.copy_(numbers));
  noteUpdated(tensor as Parameter);
}
