// A parameter stored in fewer bits and its float32 master are two copies of one thing: whoever writes one writes both. The
// library's own writers do so here, in full precision; what others write to the parameter (as `p.mul_(0.5)` in a cell) is seen
// by its version, and the master follows. Where ranks share the update of a weight, each has the master of a slice of it, which all
// together make whole.
import { empty } from "./create.js";
import { noGrad } from "./grad-mode.js";
import { ops } from "./ops.js";
import type { Parameter } from "./parameter.js";
import { keep, scoped } from "./scope.js";
import type { Tensor } from "./tensor.js";
import { versionOf } from "./version.js";
import { heldOf, putNumbers } from "./weights-owner.js";

/** What a rank has of a master that ranks share. */
export interface MasterSlice {
  /** A view of these elements of a tensor of the parameter's shape. */
  of(tensor: Tensor): Tensor;
  /** The whole, of what each rank has. All ranks call it. */
  whole(held: Tensor): Tensor;
}

interface Master {
  readonly tensor: Tensor;
  /** Undefined for a master of all elements. */
  readonly slice: MasterSlice | undefined;
  /** Of the parameter when both were last the same. */
  version: number;
}

const masters = new WeakMap<Parameter, Master>();

/** How a parameter gets a master. */
export interface GivenMaster {
  /** Its numbers in full precision, where they are still known. */
  readonly original?: Tensor | undefined;
  /** What this rank has of it; default: all. */
  readonly slice?: MasterSlice;
  /** A float32 tensor of this shape for it, which stays; default: on the parameter's device. */
  readonly make?: (shape: readonly number[]) => Tensor;
}

/** Gives a parameter a float32 master, instead of the one that it may have. */
export function giveMaster(
  parameter: Parameter,
  { original, slice, make = (shape) => onDeviceOf(parameter, shape) }: GivenMaster = {},
): Tensor {
  const tensor = noGrad(() => {
    const numbers = held(original ?? parameter, slice);
    return make(numbers.shape).copy_(numbers);
  });
  masters.get(parameter)?.tensor.dispose();
  masters.set(parameter, { tensor, slice, version: versionOf(parameter) });
  return tensor;
}

/** The same numbers elsewhere: `make` gives memory of their shape, which stays. Does nothing where there is no master. */
export function moveMaster(parameter: Parameter, make: (shape: readonly number[]) => Tensor): void {
  const master = masters.get(parameter);
  if (master === undefined) return;
  const { tensor: before, ...rest } = master;
  masters.set(parameter, { ...rest, tensor: noGrad(() => make(before.shape).copy_(before)) });
  before.dispose();
}

function onDeviceOf({ device }: Parameter, shape: readonly number[]): Tensor {
  return keep(empty(shape, { dtype: "float32", device }));
}

/**
 * The master, brought up to date where someone else wrote the parameter; undefined when it has none, and where ranks share it
 * (`heldMasterOf`, `wholeMasterOf`).
 */
export function masterOf(parameter: Parameter): Tensor | undefined {
  return masters.get(parameter)?.slice === undefined ? heldMasterOf(parameter) : undefined;
}

/** The same, or what this rank has of a master that ranks share. */
export function heldMasterOf(parameter: Parameter): Tensor | undefined {
  const master = masters.get(parameter);
  if (master === undefined) return undefined;
  if (master.version !== versionOf(parameter)) {
    scoped(() => noGrad(() => follow(master.tensor, held(parameter, master.slice))));
    master.version = versionOf(parameter);
  }
  return master.tensor;
}

/** The master, whoever has it; undefined when there is none. All ranks that share it call it. */
export function wholeMasterOf(parameter: Parameter): Tensor | undefined {
  const mine = heldMasterOf(parameter);
  const slice = masters.get(parameter)?.slice;
  return mine === undefined || slice === undefined ? mine : slice.whole(mine);
}

/** Whether there is a master, here or on the ranks that share it. */
export function hasMaster(parameter: Parameter): boolean {
  return masters.has(parameter);
}

function held(tensor: Tensor, slice: MasterSlice | undefined): Tensor {
  return slice === undefined ? heldOf(tensor).numbers : slice.of(tensor);
}

/** Where the parameter is still the master rounded, the master keeps what rounding hides: a write may change little or nothing. */
function follow(master: Tensor, weights: Tensor): void {
  const beside = weights.to({ device: master.device });
  const isSame = master.to(weights.dtype).eq(beside);
  master.copy_(ops.aten.where(isSame, master, beside.to("float32")));
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
  const master = heldMasterOf(tensor as Parameter);
  noGrad(() => putNumbers(tensor, numbers));
  if (master === undefined || numbers.dtype === tensor.dtype) return; // a master that has fallen behind is seen by its version
  const slice = masters.get(tensor as Parameter)?.slice;
  noGrad(() => void master.copy_(held(numbers, slice)));
  noteUpdated(tensor as Parameter);
}

/** The same with numbers of a file, which are all that is known: a master that was rounded to them becomes them, too. */
export function writeStored(tensor: Tensor, numbers: Tensor): void {
  scoped(() => write(tensor, hasMaster(tensor as Parameter) ? numbers.to("float32") : numbers));
}
