// New tensors: from JS numbers, from bytes, filled, or random. Sizes are given as in PyTorch, in a list or one after the
// other. What is wrong with arguments is looked for once libtorch has refused them, so that a right call pays nothing.
import { boolean, integer, number, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable, requireOptions } from "../arguments/options.js";
import { native } from "../native/native.js";
import { aDevice, aDType, aGenerator, aShape, aTensor } from "./arguments.js";
import { type DType, dtypeOfArray, type TypedArray } from "./dtype.js";
import { elementsFrom } from "./elements.js";
import { impliedOptions } from "./implied-device.js";
import { checkRange, dtypeOfElements, type NestedArray, refuseInexact } from "./nested.js";
import { type AtenName, call } from "./ops.js";
import type { Generator } from "./random.js";
import { type Sizes, sizesIn } from "./sizes.js";
import { Tensor } from "./tensor.js";
import type { TypedRows } from "./typed-rows.js";

/** What kind of elements a new tensor has, where it is, and whether it is trained. */
export interface TensorOptions {
  /** Default: "float32" for fractions, "int64" for whole numbers, "bool" for booleans, the array's own for typed arrays. */
  readonly dtype?: DType;
  /** "cpu" (default), "cuda" or "cuda:1". */
  readonly device?: string;
  /** Whether its gradient is computed, default false. */
  readonly requiresGrad?: boolean;
  /** Host memory that GPUs read by themselves, for copies beside computation; needs CUDA. */
  readonly pinMemory?: boolean;
}

/** Options of random tensors. */
export interface RandomOptions extends TensorOptions {
  /** Default: the device's own, which `manualSeed` seeds. */
  readonly generator?: Generator;
}

const TENSOR_OPTIONS: OptionTable<TensorOptions> = {
  dtype: aDType,
  device: aDevice,
  requiresGrad: boolean,
  pinMemory: boolean,
};
const RANDOM_OPTIONS: OptionTable<RandomOptions> = { ...TENSOR_OPTIONS, generator: aGenerator };
const SHAPED_OPTIONS: OptionTable<TensorOptions & { shape?: readonly number[] }> = {
  ...TENSOR_OPTIONS,
  shape: aShape,
};

/**
 * A tensor from a number, nested arrays (shape follows from the nesting), a typed array (give `shape`) or a list of typed arrays, its
 * rows. As in PyTorch whole numbers make an int64 tensor; say `dtype: "float32"` where fractions may come. One typed array on the
 * CPU is not copied: the tensor uses its memory.
 * @throws RangeError when nested arrays are ragged, `shape` does not match the number of elements, or one does not fit into `dtype`
 * @throws TypeError when an element is no number
 */
export function tensor(
  values: NestedArray | TypedArray | TypedRows,
  options: TensorOptions & { readonly shape?: readonly number[] } = {},
): Tensor {
  checkOptions("tensor", options, SHAPED_OPTIONS);
  const { elements, shape, dtype } = elementsFrom(values, options.dtype);
  if (options.requiresGrad === true) requireTrainable("tensor", dtype, options);
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
    throw new TypeError(
      `fromBytes() takes a typed array, its shape and its dtype, got ${describeValue(bytes)}`,
    );
  requireValue("fromBytes: shape", shape, aShape);
  requireValue("fromBytes: dtype", dtype, aDType);
  const view = new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  return new Tensor(native.fromBytes(view, shape, dtype));
}

/** Zeros: `zeros([2, 3])` or `zeros(2, 3)`. */
export function zeros(shape: readonly number[], options?: TensorOptions): Tensor;
export function zeros(...sizes: Sizes<TensorOptions>): Tensor;
export function zeros(...given: unknown[]): Tensor {
  return filled("zeros", given, TENSOR_OPTIONS);
}
/** Ones: `ones([2, 3])` or `ones(2, 3)`. */
export function ones(shape: readonly number[], options?: TensorOptions): Tensor;
export function ones(...sizes: Sizes<TensorOptions>): Tensor;
export function ones(...given: unknown[]): Tensor {
  return filled("ones", given, TENSOR_OPTIONS);
}
/** Memory without a defined content. */
export function empty(shape: readonly number[], options?: TensorOptions): Tensor;
export function empty(...sizes: Sizes<TensorOptions>): Tensor;
export function empty(...given: unknown[]): Tensor {
  return filled("empty", given, TENSOR_OPTIONS);
}
/** Standard normal numbers. */
export function randn(shape: readonly number[], options?: RandomOptions): Tensor;
export function randn(...sizes: Sizes<RandomOptions>): Tensor;
export function randn(...given: unknown[]): Tensor {
  return filled("randn", given, RANDOM_OPTIONS);
}
/** Uniform numbers in [0, 1). */
export function rand(shape: readonly number[], options?: RandomOptions): Tensor;
export function rand(...sizes: Sizes<RandomOptions>): Tensor;
export function rand(...given: unknown[]): Tensor {
  return filled("rand", given, RANDOM_OPTIONS);
}

/** One value everywhere; without a dtype, whole numbers make int64, as in PyTorch. */
export function full(
  shape: readonly number[],
  value: number | boolean,
  options: TensorOptions = {},
): Tensor {
  requireValue("full: shape", shape, aShape);
  if (typeof value !== "number" && typeof value !== "boolean")
    throw new TypeError(`full: value must be a number or a boolean, got ${describeValue(value)}`);
  requireOptions("full", options, TENSOR_OPTIONS);
  if (options.dtype === undefined) refuseInexact("full", [value]);
  else checkRange([value], options.dtype);
  const dtype = options.dtype ?? dtypeOfElements([value]);
  return create("full", [shape, value], { ...options, dtype }, TENSOR_OPTIONS);
}

/** Numbers start, start + step, ... below end: `arange(5)`, `arange(2, 5)`, `arange(0, 1, 0.1)`. int64 if all three are whole. */
export function arange(end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end: number, step?: number, options?: TensorOptions): Tensor;
export function arange(...given: unknown[]): Tensor {
  const { numbers, options } = splitOptions(given);
  const [start, end, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  for (const [name, value] of Object.entries({ start, end, step }))
    requireValue(`arange: ${name}`, value, number());
  if (options?.dtype === undefined) refuseInexact("arange", [start, end, step]);
  if (step === 0) throw new RangeError("arange: step must be a number other than 0, got 0");
  return create("arange", [start, end, step], options, TENSOR_OPTIONS);
}

/** `steps` numbers from start to end, both included, at equal distances. */
export function linspace(
  start: number,
  end: number,
  steps: number,
  options: TensorOptions = {},
): Tensor {
  requireValue("linspace: start", start, number());
  requireValue("linspace: end", end, number());
  requireValue("linspace: steps", steps, integer({ min: 0 }));
  return create("linspace", [start, end, steps], options, TENSOR_OPTIONS);
}

/** Ones on the diagonal of n rows and m columns (default: n), zeros elsewhere. */
export function eye(n: number, options?: TensorOptions): Tensor;
export function eye(n: number, m: number, options?: TensorOptions): Tensor;
export function eye(...given: unknown[]): Tensor {
  const { numbers, options } = splitOptions(given);
  const [n, m = n] = numbers;
  requireValue("eye: n", n, integer({ min: 0 }));
  requireValue("eye: m", m, integer({ min: 0 }));
  return create("eye", [n, m], options, TENSOR_OPTIONS);
}

/** Uniform integers in [low, high), int64 unless a dtype is given; low is 0 when it is left out. */
export function randint(high: number, shape: readonly number[], options?: RandomOptions): Tensor;
export function randint(
  low: number,
  high: number,
  shape: readonly number[],
  options?: RandomOptions,
): Tensor;
export function randint(...given: unknown[]): Tensor {
  const [low, high, shape, options = {}] = Array.isArray(given[1]) ? [0, ...given] : given;
  if (given.length < 2) {
    const text = given.map(describeValue).join(", ");
    throw new TypeError(
      `randint takes (high, shape) or (low, high, shape), as in randint(10, [2, 3]), got (${text})`,
    );
  }
  requireValue("randint: low", low, integer());
  requireValue("randint: high", high, integer({ min: low + 1 }));
  requireValue("randint: shape", shape, aShape);
  return create("randint", [low, high, shape], options as RandomOptions, RANDOM_OPTIONS);
}

/** Zeros of the shape, dtype and device of another tensor, unless options say otherwise. */
export function zerosLike(like: Tensor, options: TensorOptions = {}): Tensor {
  return alike("zerosLike", "zeros", like, options);
}
/** Ones of the shape, dtype and device of another tensor, unless options say otherwise. */
export function onesLike(like: Tensor, options: TensorOptions = {}): Tensor {
  return alike("onesLike", "ones", like, options);
}
/** Memory without a defined content, of the shape, dtype and device of another tensor. */
export function emptyLike(like: Tensor, options: TensorOptions = {}): Tensor {
  return alike("emptyLike", "empty", like, options);
}
/** Standard normal numbers in the shape, dtype and on the device of another tensor. */
export function randnLike(like: Tensor, options: TensorOptions = {}): Tensor {
  return alike("randnLike", "randn", like, options);
}
/** Uniform numbers in [0, 1) in the shape, dtype and on the device of another tensor. */
export function randLike(like: Tensor, options: TensorOptions = {}): Tensor {
  return alike("randLike", "rand", like, options);
}

function alike(name: string, operator: AtenName, like: Tensor, options: TensorOptions): Tensor {
  requireValue(`${name}: like`, like, aTensor);
  checkOptions(name, options, TENSOR_OPTIONS);
  const { shape, dtype, device } = like;
  return create(operator, [shape], { dtype, device, ...options }, TENSOR_OPTIONS);
}

function filled<O extends RandomOptions>(
  name: AtenName,
  given: readonly unknown[],
  table: OptionTable<O>,
): Tensor {
  const [shape, options] = sizesIn<O>(name, given);
  return create(name, [shape], options, table);
}

function create<O extends RandomOptions>(
  name: AtenName,
  positional: readonly unknown[],
  options: O | undefined,
  table: OptionTable<O>,
): Tensor {
  if (options === undefined) return attempt(name, positional, impliedOptions());
  const check = (): void => checkOptions(name, options, table);
  if (typeof options !== "object" || options === null) check();
  const { requiresGrad } = options;
  if (requiresGrad !== undefined && requiresGrad !== false) check();
  const result = attempt(name, positional, operatorOptions(options), check);
  if (requiresGrad === true) {
    requireTrainable(name, result.dtype, options);
    result.requiresGrad = true;
  }
  return result;
}

/** What the operator takes of them: the same object where nothing is to be added or left out. */
function operatorOptions(options: TensorOptions): object {
  const implied = impliedOptions();
  const isPlain = Object.getPrototypeOf(options) === Object.prototype;
  if (isPlain && implied === undefined && !("requiresGrad" in options)) return options;
  const { requiresGrad: _, ...stated } = options;
  return { ...implied, ...stated };
}

/** A call that libtorch refuses is explained by our own checks, where they find the reason. */
function attempt(
  name: AtenName,
  positional: readonly unknown[],
  options: object | undefined,
  check?: () => void,
): Tensor {
  try {
    return options === undefined ? call(name, ...positional) : call(name, ...positional, options);
  } catch (error) {
    const shape = positional.find(Array.isArray);
    if (shape !== undefined) requireValue(`${name}: shape`, shape, aShape);
    check?.();
    throw error;
  }
}

/** Numbers, then perhaps an object of options; numbers that are undefined at the end count as left out. */
function splitOptions(given: readonly unknown[]): {
  numbers: readonly unknown[];
  options: TensorOptions | undefined;
} {
  const last = given.at(-1);
  const hasOptions = typeof last === "object" && last !== null;
  const numbers = hasOptions ? given.slice(0, -1) : given;
  return { numbers, options: hasOptions ? (last as TensorOptions) : undefined };
}

/** A typed array as it is; numbers that a narrower dtype cannot hold are refused, as those of a list are. */

function requireTrainable(name: string, dtype: DType, { dtype: given }: TensorOptions): void {
  if (/float|complex/.test(dtype)) return;
  const why = given === undefined ? "; whole numbers are int64 unless a dtype is given" : "";
  throw new TypeError(
    `${name}: requiresGrad needs a dtype with fractions, such as "float32", got ${dtype}${why}`,
  );
}
