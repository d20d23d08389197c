// Optimizer state by parameter name, so that it outlives the objects: `model.norm.weight/expAvg`.
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import {
  engineDtypeOf,
  isLoadableFloat,
  LOADABLE_FLOATS,
  storedDtypeOf,
} from "../checkpoint/dtypes.js";
import type { SafetensorsFile } from "../checkpoint/safetensors.js";
import type { TensorEntry } from "../checkpoint/safetensors-header.js";
import type { TensorSource } from "../checkpoint/safetensors-writer.js";
import type { Module } from "../nn/module.js";
import type { Optimizer, ParameterState } from "../optim/optimizer.js";
import { fromBytes } from "../tensor/create.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";

/** What the optimizer remembers, as entries of a safetensors file. */
export function optimizerTensors(model: Module, optimizer: Optimizer): TensorSource[] {
  return [...model.namedParameters()].flatMap(([name, parameter]) =>
    Object.entries(optimizer.stateOf(parameter) ?? {}).map(([key, value]) =>
      source(`${name}/${key}`, value),
    ),
  );
}

/**
 * Whether all states are of the model's parameters, and as them.
 * @throws CheckpointError naming a state that belongs to no parameter of the model, or is not as its parameter
 */
export function requireOptimizerState(model: Module, file: SafetensorsFile): void {
  const parameters = new Map(model.namedParameters());
  for (const entry of file.tensors.values())
    requireState(entry, parameters.get(splitName(entry.name).name), file.path);
}

/**
 * Gives the optimizer back what `optimizerTensors` wrote.
 * @throws CheckpointError as `requireOptimizerState`, or naming a state that is none of this optimizer
 */
export function loadOptimizerState(
  model: Module,
  optimizer: Optimizer,
  file: SafetensorsFile,
): void {
  requireOptimizerState(model, file);
  const parameters = new Map(model.namedParameters());
  const keysByName = new Map<string, string[]>();
  for (const entry of file.tensors.values()) {
    const { name, key } = splitName(entry.name);
    keysByName.set(name, [...(keysByName.get(name) ?? []), key]);
  }
  for (const [name, keys] of keysByName) {
    scoped(() => {
      const state = Object.fromEntries(keys.map((key) => [key, read(file, `${name}/${key}`)]));
      restore(optimizer, parameters.get(name) as Parameter, { name, state, path: file.path });
    });
  }
}

/** Of `model.norm.weight/expAvg`. */
function splitName(stored: string): { readonly name: string; readonly key: string } {
  const [, name = "", key = ""] = /^(.+)\/(\w+)$/.exec(stored) ?? [];
  return { name, key };
}

/** A state is one number, or as many as its parameter has: copying would repeat others without a word. */
function requireState(
  { name, dtype, shape }: TensorEntry,
  parameter: Parameter | undefined,
  path: string,
): void {
  if (parameter === undefined) {
    throw new CheckpointError(`holds state of ${name}, which the model does not have`, { path });
  }
  const [stored, wanted] = [shape.join(", "), parameter.shape.join(", ")];
  if (shape.length > 0 && stored !== wanted)
    throw new CheckpointError(`${name} is [${stored}], its parameter is [${wanted}]`, { path });
  if (isLoadableFloat(dtype)) return;
  throw new CheckpointError(
    `${name} is of type ${dtype}, a state is of one of ${LOADABLE_FLOATS.join(", ")}`,
    { path },
  );
}

function restore(
  optimizer: Optimizer,
  parameter: Parameter,
  { name, state, path }: { name: string; state: ParameterState; path: string },
): void {
  const bad = Object.entries(state).find(
    ([, value]) => typeof value === "number" && !(value >= 0 && value < Number.POSITIVE_INFINITY),
  );
  if (bad !== undefined) {
    throw new CheckpointError(`${name}/${bad[0]} must be a number of at least 0, got ${bad[1]}`, {
      path,
    });
  }
  try {
    optimizer.loadState(parameter, state);
  } catch (cause) {
    throw new CheckpointError(`state of ${name}: ${(cause as Error).message}`, { path, cause });
  }
}

function source(name: string, value: ParameterState[string]): TensorSource {
  if (typeof value === "number") {
    return {
      name,
      dtype: "F64",
      shape: [],
      bytes: () => new Uint8Array(Float64Array.of(value).buffer),
    };
  }
  return {
    name,
    dtype: storedDtypeOf(value.dtype),
    shape: value.shape,
    bytes: () => value.toBytes(),
  };
}

/** Numbers are stored as scalars. */
function read(file: SafetensorsFile, name: string): ParameterState[string] {
  const { dtype, shape } = file.entry(name);
  const stored = fromBytes(file.read(name), shape, engineDtypeOf(dtype));
  return shape.length === 0 && dtype === "F64" ? stored.item() : stored;
}
