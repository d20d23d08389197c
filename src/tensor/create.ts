// New tensors: from JS numbers, from bytes, filled, or random.
import { native } from "../native/native.js";
import { type DType, dtypeOfArray, type TypedArray } from "./dtype.js";
import { checkRange, flatten, type NestedArray } from "./nested.js";
import { call } from "./ops.js";
import type { Generator } from "./random.js";
import { Tensor } from "./tensor.js";

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
 * @throws RangeError when nested arrays are ragged, `shape` does not match the number of elements, or one does not fit into `dtype`
 * @throws TypeError when an element is no number
 */
export function tensor(
  values: NestedArray | TypedArray,
  options: TensorOptions & { readonly shape?: readonly number[] } = {},
): Tensor {
  const { elements, shape, dtype } = ArrayBuffer.isView(values)
    ? { elements: values, shape: [values.length], dtype: options.dtype ?? dtypeOfArray(values) }
    : elementsOf(values, options.dtype);
  const raw = fromBytes(elements, options.shape ?? shape, dtypeOfArray(elements));
  const moved = raw.to({ dtype, device: options.device ?? "cpu" });
  const result = options.pinMemory === true ? moved.pinMemory() : moved;
  for (const passed of new Set([raw, moved])) if (passed !== result) passed.dispose();
  if (options.requiresGrad === true) result.requiresGrad = true;
  return result;
}

/**
 * A CPU tensor over the memory of `bytes`, which must stay unchanged as long as the numbers shall.
 * @throws Error when the byte count does not match shape and dtype, or the memory is not aligned
 */
export function fromBytes(bytes: ArrayBufferView, shape: readonly number[], dtype: DType): Tensor {
  if (!ArrayBuffer.isView(bytes))
    throw new TypeError("fromBytes() takes a typed array, its shape and its dtype");
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

/** Nested numbers in a row, as they are when `dtype` needs more than single precision. */
function elementsOf(values: NestedArray, given: DType | undefined) {
  const { flat, shape, isBool } = flatten(values);
  const dtype = given ?? (isBool ? "bool" : "float32");
  checkRange(flat, dtype);
  const elements =
    dtype === "float32" ? Float32Array.from(flat, Number) : Float64Array.from(flat, Number);
  return { elements, shape, dtype };
}
