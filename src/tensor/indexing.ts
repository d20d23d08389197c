// Python's `x[...]` as `x.at(...)`: one index for each dimension from the first on. Numbers and slices give views; tensors,
// arrays and booleans pick elements into a copy, as in NumPy and PyTorch. They travel in the frame (frame.ts); the addon
// (native/tensor/indexing.cc) knows the tensor's sizes and says what does not fit.
import { describeValue } from "../arguments/describe-value.js";
import { type Handle, native } from "../native/native.js";
import { clearFrame, putArgument, putSlice } from "./frame.js";
import { overflowError } from "./overflow.js";
import { isTensor } from "./scope.js";
import type { Tensor } from "./tensor.js";

/** Elements [start, end) of a dimension in steps; made by `slice`. */
export class Slice {
  /** First element taken; null is the beginning, negative counts from the end. */
  readonly start: number | null;
  /** First element no longer taken; null is the end, negative counts from the end. */
  readonly end: number | null;
  /** Distance between elements taken. */
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

  /** As Python writes it: "1:5:2". */
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
export function elementsAt(tensor: Tensor, indices: readonly Index[]): Handle {
  const { handle } = tensor; // before the frame is filled, which reading numbers would take
  const count = putIndices(indices);
  try {
    return native.elementsAt(handle, count);
  } catch (error) {
    throw isWrongIndex(error) ? indexError(error, "at", tensor, indices) : error;
  }
}

/** Writes a number, or a tensor broadcast to the shape of `elementsAt`, to these elements. */
export function writeAt(
  tensor: Tensor,
  indices: readonly Index[],
  value: number | bigint | boolean | Tensor,
): void {
  if (!Array.isArray(indices)) {
    throw new TypeError(
      `setAt takes a list of indices and a value, as in x.setAt([0, 1], 5), got ${describeValue(indices)}`,
    );
  }
  const { handle } = tensor; // as above, and of the value
  if (isTensor(value)) void value.handle;
  const count = putIndices(indices);
  putArgument(count, value);
  try {
    native.writeAt(handle, count);
  } catch (error) {
    if (isWrongIndex(error)) throw indexError(error, "setAt", tensor, indices);
    throw overflowError("x.setAt", error, [value]) ?? error;
  }
}

/** @returns how many slots of the frame they take */
function putIndices(indices: readonly Index[]): number {
  clearFrame();
  let slot = 0;
  for (const index of indices) {
    if (index instanceof Slice) {
      const { start, end, step } = index;
      slot = putSlice(slot, start ?? 0, end ?? Number.MAX_SAFE_INTEGER, step);
    } else {
      slot = putArgument(slot, index);
    }
  }
  return slot;
}

function isWrongIndex(error: unknown): error is Error {
  return (error as { code?: string }).code === "ERR_INDEX";
}

function indexError(
  problem: Error,
  method: string,
  tensor: Tensor,
  indices: readonly Index[],
): RangeError {
  const given = indices.map(indexText).join(", ");
  const target = `${tensor.dtype}[${tensor.shape.join(", ")}]`;
  return new RangeError(`${problem.message} in ${method}(${given}) of ${target}`, {
    cause: problem,
  });
}

function indexText(index: Index): string {
  if (isTensor(index)) return `${index.dtype}[${index.shape.join(", ")}]`;
  if (isArray(index))
    return `[${index.length > 6 ? `${index.slice(0, 6)}, ...` : index.join(", ")}]`;
  return typeof index === "string" ? `"${index}"` : String(index);
}

function isArray(index: Index): index is readonly number[] {
  return Array.isArray(index);
}
