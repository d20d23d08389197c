// A model's parameters to and from a Hugging Face folder.

import { tellIfCutOff } from "../host/index.js";
import type { Module, NamedOptions } from "../nn/module.js";
import { empty } from "../tensor/create.js";
import { type DeferredNumbers, defer, isUnread } from "../tensor/deferred-numbers.js";
import { DeferredTensor } from "../tensor/deferred-tensor.js";
import { noGrad } from "../tensor/grad-mode.js";
import { writeStored } from "../tensor/masters.js";
import { ops } from "../tensor/ops.js";
import { originOf } from "../tensor/origins.js";
import { replaceMemory } from "../tensor/replace-memory.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { heldOf } from "../tensor/weights-owner.js";
import { CheckpointError } from "./checkpoint-error.js";
import { deferredWeights, type Wanted } from "./deferred-weights.js";
import { misfits, refuseMisfits } from "./misfits.js";
import type { TensorSource } from "./safetensors-writer.js";
import { folderWeights, type StoredWeights } from "./stored-weights.js";
import { sourceOf } from "./tensor-source.js";
import { type ReadWeightsOptions, WeightsFolder } from "./weights-folder.js";

/** How the files of a family name things. */
export interface StoredNames {
  /** Tensors that may be in the files though the model has no use for them. */
  readonly ignore?: RegExp;
  /** Beginning of parameter names that the files may leave out. */
  readonly optionalPrefix?: string;
  /** Other names that files may have for a parameter. */
  otherNames?(name: string): readonly string[];
}

/** Of a folder that has not all weights of a model. */
export interface SomeWeights {
  /** Parameters and buffers that are not stored in it, and stay as they are. */
  readonly except?: ReadonlySet<Tensor> | undefined;
}

export interface LoadOptions extends StoredNames, ReadWeightsOptions, SomeWeights {
  /** Parameters that the files may lack; they are given memory and no numbers. */
  readonly mayBegin?: RegExp | undefined;
  /** Whether the same goes for parameters of another shape than in the files. Default false. */
  readonly ignoreMismatchedSizes?: boolean;
}

/**
 * Fills every parameter of `model` from the safetensors in `folder`, converting the dtype where it differs. Nothing
 * is changed unless all parameters are there with their shapes.
 * @throws CheckpointError listing what is missing, left over, of another shape or not of floating point
 */
export function loadModelWeights(
  model: Module,
  folder: string,
  { prefix, ...options }: LoadOptions = {},
): void {
  using weights = folderWeights(WeightsFolder.open(folder, { prefix }));
  fillTensors(fittingTensors(model, weights, options).tensors, weights);
}

/**
 * Whether `loadModelWeights` would go well, as far as names, types and shapes tell.
 * @throws CheckpointError as it does
 */
export function requireModelWeights(
  model: Module,
  folder: string,
  { prefix, ...stored }: LoadOptions = {},
): void {
  using weights = folderWeights(WeightsFolder.open(folder, { prefix }));
  fittingTensors(model, weights, stored);
}

function fillTensors(tensors: Iterable<readonly [string, Tensor]>, weights: StoredWeights): void {
  const read = (tensor: Tensor, name: string): void => {
    const { dtype, device } = tensor;
    if (isThere(tensor, () => weights.tensor(name, { dtype, device }))) return;
    const isEmpty = device === "meta" || isUnread(tensor);
    const wanted = device === "meta" ? BEGINNING : { dtype, device };
    if (isEmpty) replaceMemory(tensor, weights.tensor(name, wanted));
    else {
      using stored = weights.tensor(name);
      writeStored(tensor, stored);
    }
  };
  const fill = (): void => {
    for (const [name, tensor] of tensors) read(tensor, name);
  };
  tellIfCutOff("a model's weights were loaded in part: load them again", () => noGrad(fill));
}

/**
 * Whether a frozen tensor that is as its files have it would be given the numbers that it has: it is not written, so that whoever saves
 * the model may go on to name those files.
 */
function isThere(tensor: Tensor, read: () => Tensor): boolean {
  if (tensor.requiresGrad || originOf(tensor) === undefined) return false;
  return scoped(() => {
    const { numbers, of } = heldOf(tensor);
    return numbers.equal(of(read()));
  });
}

/** Of parameters without memory. */
const BEGINNING: Wanted = { dtype: "float32", device: "cpu" };

/**
 * Promises the numbers of `weights` to the parameters of a model without memory, which closes the weights once all are read; buffers
 * are read at once. Names, shapes and types are checked before.
 * @returns the names of what the files do not say: it has memory and no numbers
 * @throws CheckpointError listing what is missing, left over, of another shape or not of floating point
 */
export function deferParameters(
  model: Module,
  weights: StoredWeights,
  { dtype, device, ...stored }: Omit<LoadOptions, "prefix"> & Wanted,
): ReadonlySet<string> {
  const { tensors, unsaid } = fittingTensors(model, weights, stored);
  const wanted = (tensor: Tensor): Wanted => {
    const isFloat = /float/.test(tensor.dtype);
    return { dtype: isFloat ? dtype : tensor.dtype, device };
  };
  noGrad(() => {
    for (const tensor of unsaid.values())
      replaceMemory(tensor, empty(tensor.shape, wanted(tensor)));
    for (const [name, tensor] of tensors)
      if (!(tensor instanceof DeferredTensor))
        replaceMemory(tensor, weights.tensor(name, wanted(tensor)));
  });
  const later = [...tensors].filter(
    (named): named is [string, DeferredTensor] => named[1] instanceof DeferredTensor,
  );
  const numbers = deferredWeights(
    weights,
    later.map(([name, tensor]) => [name, wanted(tensor)]),
  );
  for (const [index, [, tensor]] of later.entries())
    defer(tensor, numbers[index] as DeferredNumbers);
  return new Set(unsaid.keys());
}

/** The model's tensors with the names that the files have for them, and by their own those of which the files need say nothing. */
function fittingTensors(
  model: Module,
  weights: StoredWeights,
  { mayBegin, ignoreMismatchedSizes = false, except, ...stored }: LoadOptions,
): {
  readonly tensors: readonly (readonly [stored: string, tensor: Tensor])[];
  readonly unsaid: ReadonlyMap<string, Tensor>;
} {
  const names = { ...stored, shared: secondNames(model) };
  const tensors: [stored: string, tensor: Tensor][] = [];
  const unsaid = new Map<string, Tensor>();
  const replaced = new Set<string>();
  for (const [name, tensor] of namedTensors(model)) {
    if (except?.has(tensor)) continue;
    const [storedName] = storedForms(name, weights, names);
    if (storedName === undefined && mayBegin?.test(name)) unsaid.set(name, tensor);
    else if (storedName === undefined) tensors.push([name, tensor]);
    else if (isAlike(tensor, weights.entry(storedName)) || !ignoreMismatchedSizes)
      tensors.push([storedName, tensor]);
    else {
      unsaid.set(name, tensor);
      replaced.add(storedName);
    }
  }
  requireFit(tensors, weights, { ...names, replaced });
  requireEqual(weights, names);
  return { tensors, unsaid };
}

function isAlike(tensor: Tensor, { shape }: { readonly shape: readonly number[] }): boolean {
  return tensor.shape.join() === shape.join();
}

/** Parameters and buffers of `model` as entries of a safetensors file; a shared one once, under its first name. */
export function modelTensors(model: Module, except?: ReadonlySet<Tensor>): TensorSource[] {
  return namedTensors(model)
    .filter(([, tensor]) => !except?.has(tensor))
    .map(sourceOf);
}

/**
 * For files that other libraries read; a checkpoint of ours keeps any module under its own names.
 * @throws TypeError naming a module that files of models have no place for
 */
export function requireStorable(model: Module): void {
  for (const [name, { storedOtherwise }] of model.namedModules()) {
    if (storedOtherwise === undefined) continue;
    throw new TypeError(`${name} is no plain part of a model, it has ${storedOtherwise}`);
  }
}

interface Names extends StoredNames {
  /** Second names of shared parameters, as tied heads have: the files may hold either, or both with equal values. */
  readonly shared: ReadonlyMap<string, string>;
}

/** The further names of tensors that stand in several places, with their first. */
function secondNames(model: Module): Map<string, string> {
  const firsts = new Map(namedTensors(model).map(([name, tensor]) => [tensor, name]));
  const all = namedTensors(model, { removeDuplicate: false });
  const named = all.map(([name, tensor]) => [name, firsts.get(tensor) as string] as const);
  return new Map(named.filter(([name, first]) => name !== first));
}

/** Parameters and buffers. */
export function namedTensors(
  model: Module,
  options?: NamedOptions,
): [name: string, tensor: Tensor][] {
  return [...model.namedParameters("", options), ...model.namedBuffers("", options)];
}

/** The names under which the files hold a tensor, its own before those of further places where it stands. */
function storedForms(name: string, weights: StoredWeights, names: Names): string[] {
  const own = storedAs(name, weights, names) ?? [];
  const seconds = [...names.shared].flatMap(([second, first]) => (first === name ? [second] : []));
  return [own, seconds].flat().filter((one) => weights.has(one));
}

/** The name with or without the optional prefix, or another one, as it stands in the files. */
function storedAs(
  name: string,
  weights: StoredWeights,
  { optionalPrefix = "", otherNames = () => [] }: StoredNames,
): string | undefined {
  const short = name.startsWith(optionalPrefix) ? name.slice(optionalPrefix.length) : name;
  return [name, short, ...otherNames(name)].find((one) => weights.has(one));
}

function requireFit(
  tensors: readonly (readonly [stored: string, tensor: Tensor])[],
  weights: StoredWeights,
  { ignore, shared, replaced }: Names & { readonly replaced: ReadonlySet<string> },
): void {
  const isExpected = (name: string): boolean =>
    shared.has(name) || replaced.has(name) || ignore?.test(name) === true;
  const stored = {
    names: weights.names.filter((name) => !isExpected(name)),
    has: (name: string) => weights.has(name),
    entry: (name: string) => weights.entry(name),
  };
  refuseMisfits(
    misfits(tensors, stored, "the model's config"),
    "the weights do not fit the model",
    weights.path,
  );
}

/** A folder that says that several tensors are one, and holds them, must hold the same. */
function requireEqual(weights: StoredWeights, names: Names): void {
  for (const name of new Set(names.shared.values())) {
    const [first, ...others] = storedForms(name, weights, names);
    const other = others.find((one) => !isEqual(weights, first as string, one));
    if (first === undefined || other === undefined) continue;
    throw new CheckpointError(contradiction(first, other), { path: weights.path });
  }
}

function contradiction(first: string, other: string): string {
  if (/(?:head|decoder)\.weight$/.test(other)) {
    return (
      `the model's head is its embedding ("tie_word_embeddings" is true), but ${other} and ${first} are both stored and ` +
      `differ; set "tie_word_embeddings" to false in config.json to use the stored ${other}, or remove it from the weights`
    );
  }
  return `${other} and ${first} are one tensor of the model, but both are stored and differ; remove the wrong one from the weights`;
}

function isEqual(weights: StoredWeights, first: string, second: string): boolean {
  const { shape } = weights.entry(second);
  if (shape.join() !== weights.entry(first).shape.join()) return false;
  return scoped(() => {
    const [a, b] = [weights.tensor(first), weights.tensor(second)];
    return ops.aten.equal(a, b.to(a.dtype));
  });
}
