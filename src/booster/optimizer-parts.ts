// Optimizer state as parts of named whole tensors: `optimizer/model.norm.weight/expAvg`. The names outlive the objects and know
// nothing of ranks, so whatever job loads them finds what it holds. All of it is checked before any of it is used.
//
// Masters are the weights in full precision, and belong to whoever loads them: a float32 parameter takes them itself, and one that
// has a master keeps what the weights say where none are stored, as in a checkpoint of float32.
import { storedTensor } from "../checkpoint/assemble.js";
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import { storedDtypeOf } from "../checkpoint/dtypes.js";
import type { StoredTensors } from "../checkpoint/parts-folder.js";
import { partOf, partOfNumber, partOfSlice, type TensorPart } from "../checkpoint/tensor-part.js";
import { tellIfCutOff } from "../host/index.js";
import type { Module } from "../nn/module.js";
import type { Optimizer, ParameterState, StateDescription } from "../optim/optimizer.js";
import type { HeldPart } from "../optim/slices.js";
import { zeros } from "../tensor/create.js";
import { itemSize } from "../tensor/dtype.js";
import { numElements } from "../tensor/element-range.js";
import { hasMaster, write } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import type { SavedOptimizer } from "./training-state.js";

/** An optimizer and the model that names its parameters. */
export interface NamedOptimizer {
  readonly model: Module;
  readonly optimizer: Optimizer;
}

const FOLDER = "optimizer";
const KEEPING_ALL =
  "boost with masterWeights, or load the weights alone with loadModel() of the folder that holds model.safetensors";
const KEPT_IN_FULL = ` where weights have no float32 masters: numbers would be lost; ${KEEPING_ALL}`;

/** All that the optimizer remembers on this rank. */
export interface OptimizerParts {
  /** The same on all ranks. */
  readonly shared: readonly TensorPart[];
  /** On this rank alone. */
  readonly own: readonly TensorPart[];
}

export function optimizerParts({ model, optimizer }: NamedOptimizer): OptimizerParts {
  const shared: TensorPart[] = [];
  const own: TensorPart[] = [];
  for (const [name, parameter] of model.namedParameters())
    for (const [key, value] of Object.entries(optimizer.stateOf(parameter) ?? {})) {
      const held = heldPart(optimizer, parameter, key);
      const part = partIn(partName(name, key), value, held);
      (held === undefined ? shared : own).push(part);
    }
  return { shared, own: own.filter(({ region }) => region.begin < region.end) };
}

function partIn(name: string, value: Tensor | number, held: HeldPart | undefined): TensorPart {
  if (typeof value === "number") return partOfNumber(name, value);
  return held === undefined ? partOf(name, value) : partOfSlice(name, value, held);
}

/** Bytes of all that is remembered, on this rank and others. */
export function wholeBytes({ model, optimizer }: NamedOptimizer): number {
  return model.parameters().reduce((sum, parameter) => {
    if (optimizer.stateOf(parameter) === undefined) return sum;
    const likes = Object.values(optimizer.describeState(parameter));
    return sum + likes.reduce((bytes, like) => bytes + bytesOfState(like), 0);
  }, 0);
}

function bytesOfState(like: StateDescription[string]): number {
  if (like === "number") return itemSize("float64");
  return numElements(like.shape) * itemSize(like.dtype);
}

/** Whether ranks share what an optimizer remembers. */
export function isShared({ model, optimizer }: NamedOptimizer): boolean {
  return model.parameters().some((parameter) => {
    const [key] = Object.keys(optimizer.stateOf(parameter) ?? {});
    return key !== undefined && heldPart(optimizer, parameter, key) !== undefined;
  });
}

function heldPart(optimizer: Optimizer, parameter: Parameter, key: string): HeldPart | undefined {
  return optimizer instanceof BoostedOptimizer ? optimizer.partOf(parameter, key) : undefined;
}

/** Names of parameters of which nothing is remembered, because they never had a gradient. */
export function namesWithoutState({ model, optimizer }: NamedOptimizer): string[] {
  const trained = new Set(optimizer.paramGroups.flatMap(({ parameters }) => parameters));
  return [...model.namedParameters()]
    .filter(([, parameter]) => trained.has(parameter) && !optimizer.stateOf(parameter))
    .map(([name]) => name);
}

/**
 * Whether `loadOptimizerParts` would go well.
 * @param saved whose groups are those of the optimizer
 * @throws CheckpointError naming a state that is missing, left over, or not as its parameter's must be
 */
export function requireOptimizerParts(
  { model, optimizer }: NamedOptimizer,
  saved: SavedOptimizer,
  parts: StoredTensors,
): void {
  const wanted = new Set<string>();
  const withMaster = hasMasters(parts);
  for (const [name, parameter] of withState(model, saved)) {
    if (withMaster) requireRoomForMaster(name, parameter, parts);
    for (const [key, like] of Object.entries(storedState(optimizer, parameter, withMaster))) {
      requireStored(partName(name, key), like, { parts, withMaster });
      wanted.add(partName(name, key));
    }
  }
  const extra = parts.names.find((name) => name.startsWith(`${FOLDER}/`) && !wanted.has(name));
  if (extra === undefined) return;
  throw new CheckpointError(`holds ${extra}, which the optimizer has no use for`, {
    path: parts.path,
  });
}

/** @throws CheckpointError where what is known of a weight in full precision would be rounded */
function requireRoomForMaster(name: string, parameter: Parameter, { path }: StoredTensors): void {
  if (parameter.dtype === "float32" || hasMaster(parameter)) return;
  throw new CheckpointError(
    `holds the weights in float32, ${name} is ${parameter.dtype} without a float32 master and would lose numbers; ` +
      KEEPING_ALL,
    { path },
  );
}

/** Gives the optimizer what `optimizerParts` gave; it forgets what it may remember of parameters that have no saved state. */
export function loadOptimizerParts(
  { model, optimizer }: NamedOptimizer,
  saved: SavedOptimizer,
  parts: StoredTensors,
): void {
  const stateful = withState(model, saved);
  const stored = { parts, withMaster: hasMasters(parts) };
  optimizer.zeroGrad(); // nothing was pending when it was saved
  tellIfCutOff("an optimizer's state was loaded in part: load the checkpoint again", () => {
    for (const [name, parameter] of model.namedParameters())
      if (stateful.has(name)) load(optimizer, { name, parameter, ...stored });
      else if (optimizer.stateOf(parameter)) reset(optimizer, parameter);
  });
}

/** What is stored of a parameter: as here, but with or without a master as its saver had them. */
function storedState(
  optimizer: Optimizer,
  parameter: Parameter,
  withMaster: boolean,
): StateDescription {
  const { master: _, ...others } = optimizer.describeState(parameter);
  const like = { shape: parameter.shape, dtype: "float32" } as const;
  return withMaster ? { master: like, ...others } : others;
}

export function hasMasters({ names }: StoredTensors): boolean {
  return names.some((name) => name.startsWith(`${FOLDER}/`) && name.endsWith("/master"));
}

/** Parameters of which something was remembered, by name. */
export function withState(model: Module, { groups, withoutState }: SavedOptimizer) {
  const names = new Set(groups.flatMap(({ parameters }) => parameters));
  for (const name of withoutState) names.delete(name);
  return new Map([...model.namedParameters()].filter(([name]) => names.has(name)));
}

interface Stored {
  readonly name: string;
  readonly parameter: Parameter;
  readonly parts: StoredTensors;
  readonly withMaster: boolean;
}

function load(optimizer: Optimizer, { name, parameter, parts, withMaster }: Stored): void {
  scoped(() => {
    const keys = Object.entries(storedState(optimizer, parameter, withMaster));
    const state = keys.map(([key, like]) => {
      const stored = storedTensor(parts, partName(name, key));
      return [key, like === "number" ? stored.item() : stored];
    });
    const { master, ...others } = Object.fromEntries(state) as ParameterState;
    optimizer.loadState(parameter, others);
    if (master instanceof Tensor) write(parameter, master);
  });
}

/** As before the first step; a master stays what its parameter says. */
function reset(optimizer: Optimizer, parameter: Parameter): void {
  scoped(() => {
    const keys = Object.entries(optimizer.describeState(parameter));
    const state = keys
      .filter(([key]) => key !== "master")
      .map(([key, like]) => [
        key,
        like === "number" ? 0 : zeros(like.shape, { dtype: like.dtype }),
      ]);
    optimizer.loadState(parameter, Object.fromEntries(state) as ParameterState);
  });
}

export function partName(name: string, key: string): string {
  return `${FOLDER}/${name}/${key}`;
}

/**
 * Copying would repeat the numbers of a smaller tensor, and round those of a wider type, without a word. What was saved without masters
 * may be in bfloat16.
 */
function requireStored(
  name: string,
  like: StateDescription[string],
  { parts, withMaster }: Pick<Stored, "parts" | "withMaster">,
): void {
  const fail = (problem: string): never => {
    throw new CheckpointError(problem, { path: parts.path });
  };
  const stored = parts.tensor(name);
  const { shape: is, dtype: type } = stored ?? fail(`lacks ${name}`);
  const [must, dtype] = like === "number" ? [[], "F64"] : [like.shape, storedDtypeOf(like.dtype)];
  if (is.join() !== must.join())
    fail(`${name} is [${is.join(", ")}], its parameter is [${must.join(", ")}]`);
  const isWidened = !withMaster && type === "BF16" && dtype === "F32";
  if (type !== dtype && !isWidened)
    fail(`${name} is of type ${type}, it must be ${dtype}${dtype === "BF16" ? KEPT_IN_FULL : ""}`);
  if (like !== "number") return;
  const count = scoped(() => storedTensor(parts, name).item());
  if (Number.isSafeInteger(count) && count >= 0) return;
  fail(`${name} must be a whole number of at least 0, got ${count}`);
}
