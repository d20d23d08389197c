// Python's `x[...]` as `x.at(...)`: one index for each dimension from the first on. Numbers and slices give views; tensors,
// arrays and booleans pick elements into a copy, as in NumPy and PyTorch.
import type { Handle } from "../native/native.js";
import type { DType } from "./dtype.js";
import { viewOf } from "./frame.js";
import { isTensor, scoped } from "./scope.js";
import type { Tensor } from "./tensor.js";

/** Elements [start, end) of a dimension in steps; made by `slice`. */
export class Slice {
  readonly start: number | null;
  readonly end: number | null;
  readonly step: number;

  constructor(start: number | null, end: number | null, step: number) {
    requireInteger("start", start);
    requireInteger("end", end);
    requireInteger("step", step);
    if (step < 1)
      throw new RangeError(`slice() takes a step of at least 1, got ${step}; to reverse, use flip`);
    this.start = start;
    this.end = end;
    this.step = step;
  }

  toString(): string {
    return `slice(${this.start}, ${this.end}, ${this.step})`;
  }
}

function requireInteger(name: string, value: number | null): void {
  if (value !== null && !Number.isInteger(value))
    throw new RangeError(`slice() takes integers or null, got ${name} ${value}`);
}

/** Python's `start:end:step`: null is left out, negative numbers count from the end. */
export function slice(start: number | null = null, end: number | null = null, step = 1): Slice {
  return new Slice(start, end, step);
}

/**
 * - number: one element, the dimension disappears; negative numbers count from the end
 * - `slice(start, end, step)`, or ":" for all of a dimension
 * - null: a new dimension of length 1
 * - "...": as many whole dimensions as are left
 * - an integer tensor or array: the elements at these positions, in its shape
 * - a boolean tensor: the elements where it is true, over as many dimensions as it has
 * - true or false: a new dimension of length 1 or 0
 */
export type Index = number | Slice | ":" | null | "..." | boolean | readonly number[] | Tensor;

/** The elements that the indices name: a view if they are numbers, slices, null and "..." only, else a copy. */
export function elementsAt(tensor: Tensor, indices: readonly Index[], wrap: Wrap): Tensor {
  if (indices.some(makesTensor)) return scoped(() => elementsOf(tensor, indices, wrap));
  return elementsOf(tensor, indices, wrap);
}

function elementsOf(tensor: Tensor, indices: readonly Index[], wrap: Wrap): Tensor {
  const { view, picks } = resolve(tensor, indices, wrap);
  const isSame = view === tensor;
  if (picks.length === 0) return isSame ? tensor.view(tensor.shape) : view;
  try {
    return view.index(picks);
  } finally {
    if (!isSame) view.dispose();
  }
}

/** Writes a number, or a tensor broadcast to the shape of `elementsAt`, to these elements. */
export function writeAt(
  tensor: Tensor,
  indices: readonly Index[],
  value: number | boolean | Tensor,
  wrap: Wrap,
): void {
  scoped(() => {
    const { view, picks } = resolve(tensor, indices, wrap);
    if (!isTensor(value)) {
      if (picks.length > 0) view.indexPut_(picks, view.newFull([], value));
      else view.fill_(value);
      return;
    }
    const source = withoutLeadingOnes(value);
    if (picks.length > 0) view.indexPut_(picks, source);
    else view.copy_(source);
  });
}

/** Makes the object of a tensor. */
type Wrap = (handle: Handle) => Tensor;

/** True for what picks by a tensor that is made for it and to be freed. */
function makesTensor(index: Index): boolean {
  return typeof index === "boolean" || isArray(index);
}

/** What is left of `indices` after the views were taken: tensors that pick, null for whole dimensions between them. */
interface Resolved {
  view: Tensor;
  picks: (Tensor | null)[];
}

/** A tensor that picks, with what the addon says about it. */
interface Picker {
  readonly picker: Tensor;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** How many dimensions it stands for. */
  readonly dims: number;
}

type Read = Exclude<Index, readonly number[] | Tensor> | Picker;

/** Kinds of views, as in native/tensor/views.cc. */
const SELECT = 0;
const SLICE = 1;
const UNSQUEEZE = 2;

/** Where a walk along the indices stands. */
interface Walk {
  /** What was given. */
  readonly tensor: Tensor;
  readonly indices: readonly Index[];
  readonly shape: readonly number[];
  /** The views so far, five numbers each: kind, dimension, then the index, or start, end and step. */
  readonly views: number[];
  /** Dimension of the last view that the next index is for. */
  dim: number;
  /** The same, counted in the tensor that was indexed, which has `shape`. */
  source: number;
  readonly picks: (Tensor | null)[];
  isPicking: boolean;
}

function resolve(tensor: Tensor, indices: readonly Index[], wrap: Wrap): Resolved {
  const { shape } = tensor;
  const walk: Walk = {
    tensor,
    indices,
    shape,
    views: [],
    dim: 0,
    source: 0,
    picks: [],
    isPicking: false,
  };
  const given = indices.map((index) => readIndex(walk, index));
  let used = 0;
  for (const index of given) used += dimsOf(index);
  if (used > shape.length)
    throw failure(walk, `too many indices: ${used} for ${shape.length} dimensions`);
  if (given.indexOf("...") !== given.lastIndexOf("...")) throw failure(walk, `more than one "..."`);
  for (const index of given) step(walk, index, shape.length - used);
  const view = walk.views.length > 0 ? wrap(viewOf(tensor.handle, walk.views)) : tensor;
  return { view, picks: walk.isPicking ? walk.picks : [] };
}

function failure({ tensor, indices, shape }: Walk, problem: string): RangeError {
  const given = indices.map(indexText).join(", ");
  return new RangeError(`${problem} in at(${given}) of ${tensor.dtype}[${shape.join(", ")}]`);
}

function readIndex(walk: Walk, index: Index): Read {
  if (isArray(index)) return pickerOf(positions(walk, index));
  return isTensor(index) ? pickerOf(index) : index;
}

function pickerOf(picker: Tensor): Picker {
  const { shape, dtype } = picker;
  return { picker, shape, dtype, dims: isMask(dtype) ? shape.length : 1 };
}

/** How many dimensions of the tensor an index stands for. */
function dimsOf(index: Read): number {
  if (index === null || index === "..." || typeof index === "boolean") return 0;
  return isPicker(index) ? index.dims : 1;
}

function isPicker(index: Read): index is Picker {
  return typeof index === "object" && index !== null && "picker" in index;
}

function step(walk: Walk, index: Read, numWhole: number): void {
  if (typeof index === "number") select(walk, index);
  else if (isPicker(index)) pick(walk, index);
  else if (typeof index === "boolean") pickAll(walk, index);
  else if (index === "...") pass(walk, numWhole, numWhole);
  else if (index === ":") pass(walk, 1, 1);
  else if (index === null) {
    walk.views.push(UNSQUEEZE, walk.dim, 0, 0, 0);
    pass(walk, 1, 0);
  } else if (index instanceof Slice) {
    const { start, end, step } = index;
    walk.views.push(SLICE, walk.dim, start ?? 0, end ?? Number.MAX_SAFE_INTEGER, step);
    pass(walk, 1, 1);
  } else {
    throw failure(
      walk,
      `${String(index)} is no index: allowed are integers, slice(), ":", "...", null, booleans, and integer or boolean tensors`,
    );
  }
}

/** Goes on by whole dimensions of the view, and of the tensor indexed. */
function pass(walk: Walk, dims: number, source: number): void {
  for (let i = 0; i < dims; i++) walk.picks.push(null);
  walk.dim += dims;
  walk.source += source;
}

function select(walk: Walk, index: number): void {
  if (!Number.isInteger(index)) throw failure(walk, `${index} is not an integer`);
  const size = walk.shape[walk.source] as number;
  if (index < -size || index >= size) {
    const allowed = size === 0 ? "it is empty" : `allowed: ${-size} to ${size - 1}`;
    throw failure(
      walk,
      `index ${index} is out of range for dimension ${walk.source} of size ${size} (${allowed})`,
    );
  }
  walk.views.push(SELECT, walk.dim, index, 0, 0);
  walk.source += 1;
}

function pick(walk: Walk, { picker, shape, dtype, dims }: Picker): void {
  if (shape.length === 0) {
    if (dtype === "bool") pickAll(walk, picker.item() !== 0);
    else select(walk, picker.item());
    return;
  }
  if (isMask(dtype)) requireFit(walk, shape);
  else if (!/^u?int/.test(dtype))
    throw failure(walk, `a ${dtype} tensor is no index: allowed are integer and boolean tensors`);
  walk.picks.push(picker);
  walk.isPicking = true;
  walk.dim += dims;
  walk.source += dims;
}

function requireFit(walk: Walk, mask: readonly number[]): void {
  for (let i = 0; i < mask.length; i++) {
    const wanted = walk.shape[walk.source + i];
    if (mask[i] !== wanted)
      throw failure(
        walk,
        `the mask's dimension ${i} has size ${mask[i]}, but dimension ${walk.source + i} has size ${wanted}`,
      );
  }
}

/** Python's x[True]: all of it with a new dimension in front, of length 0 for false. */
function pickAll(walk: Walk, isPicked: boolean): void {
  walk.views.push(UNSQUEEZE, walk.dim, 0, 0, 0);
  walk.picks.push(walk.tensor.newZeros([isPicked ? 1 : 0], { dtype: "int64" }));
  walk.isPicking = true;
  walk.dim += 1;
}

function positions(walk: Walk, numbers: readonly number[]): Tensor {
  const { tensor } = walk;
  const wrong = numbers.find((number) => !Number.isInteger(number));
  if (wrong !== undefined) throw failure(walk, `${String(wrong)} is not an integer`);
  const host = tensor.newEmpty([numbers.length], { dtype: "int64", device: "cpu" });
  if (numbers.length > 0) (host.hostView() as BigInt64Array).set(numbers.map(BigInt));
  return host.to({ device: tensor.device });
}

function isMask(dtype: DType): boolean {
  return dtype === "bool" || dtype === "uint8";
}

function isArray(index: Index): index is readonly number[] {
  return Array.isArray(index);
}

function withoutLeadingOnes(value: Tensor): Tensor {
  let source = value;
  while (source.ndim > 0 && source.shape[0] === 1) source = source.select(0, 0);
  return source;
}

function indexText(index: Index): string {
  if (isTensor(index)) return `${index.dtype}[${index.shape.join(", ")}]`;
  if (isArray(index))
    return `[${index.length > 6 ? `${index.slice(0, 6)}, ...` : index.join(", ")}]`;
  return typeof index === "string" ? `"${index}"` : String(index);
}
