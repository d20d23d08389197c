// New tensors: from JS numbers, from bytes, filled, or random.
import { native } from "../native/native.js";
import { type DType, dtypeOfArray, type TypedArray } from "./dtype.js";
import { call } from "./ops.js";
import type { Generator } from "./random.js";
import { type NestedArray, Tensor } from "./tensor.js";

export interface TensorOptions {
  /** Default: "float32" for numbers, "bool" for booleans, the array's own for typed arrays. */
  readonly dtype?: DType;
  /** "cpu" (default), "cuda" or "cuda:1". */
  readonly device?: string;
  readonly requiresGrad?: boolean;
  /** Host memory that GPUs read by themselves, for copies beside computation; needs CUDA. */
  readonly pinMemory?: boolean;
}

/**
 * A tensor from a number, nested arrays (shape follows from the nesting) or a typed array (give `shape`).
 * A typed array on the CPU is not copied: the tensor uses its memory.
 * @throws RangeError when nested arrays are ragged or `shape` does not match the number of elements
 */
export function tensor(
  values: NestedArray | TypedArray,
  options: TensorOptions & { readonly shape?: readonly number[] } = {},
): Tensor {
  const array = ArrayBuffer.isView(values) ? values : flatten(values);
  const shape = options.shape ?? (ArrayBuffer.isView(values) ? [array.length] : shapeOf(values));
  const raw = fromBytes(array, shape, dtypeOfArray(array));
  const isBool = !ArrayBuffer.isView(values) && typeof deepFirst(values) === "boolean";
  const result = raw.to({
    dtype: options.dtype ?? (isBool ? "bool" : raw.dtype),
    device: options.device ?? "cpu",
  });
  if (options.requiresGrad === true) result.requiresGrad = true;
  return result;
}

/**
 * A CPU tensor over the memory of `bytes`, which must stay unchanged as long as the numbers shall.
 * @throws Error when the byte count does not match shape and dtype, or the memory is not aligned
 */
export function fromBytes(bytes: ArrayBufferView, shape: readonly number[], dtype: DType): Tensor {
  const view = new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  return new Tensor(native.fromBytes(view, shape, dtype));
}

export function zeros(shape: readonly number[], options: TensorOptions = {}): Tensor {
  return create("zeros", [shape], options);
}
export function ones(shape: readonly number[], options: TensorOptions = {}): Tensor {
  return create("ones", [shape], options);
}
export function full(shape: readonly number[], value: number, options: TensorOptions = {}): Tensor {
  return create("full", [shape, value], { dtype: "float32", ...options });
}
/** Memory without a defined content. */
export function empty(shape: readonly number[], options: TensorOptions = {}): Tensor {
  return create("empty", [shape], options);
}
/** Integers start, start + step, ... below end; int64 unless a dtype is given. */
export function arange(start: number, end: number, step = 1, options: TensorOptions = {}): Tensor {
  return create("arange", [start, end, step], options);
}
/** Standard normal numbers. */
export function randn(
  shape: readonly number[],
  options: TensorOptions & { generator?: Generator } = {},
): Tensor {
  return create("randn", [shape], options);
}
/** Uniform numbers in [0, 1). */
export function rand(
  shape: readonly number[],
  options: TensorOptions & { generator?: Generator } = {},
): Tensor {
  return create("rand", [shape], options);
}
/** Uniform integers in [low, high). */
export function randint(
  low: number,
  high: number,
  shape: readonly number[],
  options: TensorOptions & { generator?: Generator } = {},
): Tensor {
  return create("randint", [low, high, shape], options);
}

function create(
  name: string,
  positional: unknown[],
  { requiresGrad, ...options }: TensorOptions & { generator?: Generator },
): Tensor {
  const result = call(name, ...positional, options);
  if (requiresGrad === true) result.requiresGrad = true;
  return result;
}

function deepFirst(values: NestedArray): number | boolean | undefined {
  return Array.isArray(values)
    ? values.length > 0
      ? deepFirst(values[0] as NestedArray)
      : undefined
    : values;
}

function shapeOf(values: NestedArray): number[] {
  if (!Array.isArray(values)) return [];
  const first = values[0];
  return [values.length, ...(first === undefined ? [] : shapeOf(first))];
}

function flatten(values: NestedArray): Float32Array {
  const shape = shapeOf(values);
  const flat: number[] = [];
  const visit = (value: NestedArray, dim: number): void => {
    if (!Array.isArray(value)) {
      if (dim !== shape.length) throw ragged(shape, dim);
      flat.push(Number(value));
      return;
    }
    if (dim >= shape.length || value.length !== shape[dim]) throw ragged(shape, dim);
    for (const inner of value) visit(inner, dim + 1);
  };
  visit(values, 0);
  return Float32Array.from(flat);
}

function ragged(shape: readonly number[], dim: number): RangeError {
  return new RangeError(
    `nested arrays must all have the same lengths: the first ones give shape [${shape.join(", ")}], another differs in dimension ${dim}`,
  );
}
