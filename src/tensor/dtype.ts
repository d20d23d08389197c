// Element types by their PyTorch names, the typed array that holds each on the JS side, and where tensors can be.

/** Element types, by their PyTorch names. */
export const DTYPES = [
  "float32",
  "bfloat16",
  "float16",
  "float64",
  "int64",
  "int32",
  "int16",
  "int8",
  "uint8",
  "bool",
  "uint16",
  "uint32",
  "uint64",
  "complex64",
  "complex128",
  "float8_e4m3fn",
  "float8_e5m2",
] as const;

/** An element type. */
export type DType = (typeof DTYPES)[number];

/** "cuda" is the current GPU; on "meta" a tensor has a shape and no elements. */
export type DeviceName = "cpu" | "cuda" | `cuda:${number}` | "meta";

/** What kind of elements a tensor is to have, and where. */
export interface Placement {
  /** Element type. */
  readonly dtype?: DType | undefined;
  /** "cpu", "cuda", "cuda:0" or "meta". */
  readonly device?: string | undefined;
}

export const DEVICE_PATTERN: RegExp = /^(cpu|meta|cuda(:\d+)?)$/;

export type TypedArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

interface ArrayType {
  new (buffer: ArrayBuffer): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

// JS has no 8- and 16-bit floats: their raw bits are given as unsigned integers. A complex number is two elements.
const ARRAY_TYPES: Record<DType, ArrayType> = {
  float32: Float32Array,
  bfloat16: Uint16Array,
  float16: Uint16Array,
  float64: Float64Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  complex64: Float32Array,
  complex128: Float64Array,
  float8_e4m3fn: Uint8Array,
  float8_e5m2: Uint8Array,
};

export function arrayTypeOf(dtype: DType): ArrayType {
  return ARRAY_TYPES[dtype];
}

/** Bytes of one element. */
export function itemSize(dtype: DType): number {
  return ARRAY_TYPES[dtype].BYTES_PER_ELEMENT * (isComplex(dtype) ? 2 : 1);
}

/** True for pairs of real and imaginary part. */
export function isComplex(dtype: DType): boolean {
  return dtype.startsWith("complex");
}

/** The dtype a typed array holds when nobody says otherwise. */
export function dtypeOfArray(array: ArrayBufferView): DType {
  if (array instanceof Float32Array) return "float32";
  if (array instanceof Float64Array) return "float64";
  if (array instanceof BigInt64Array) return "int64";
  if (array instanceof Int32Array) return "int32";
  if (array instanceof Int16Array) return "int16";
  if (array instanceof Int8Array) return "int8";
  if (array instanceof Uint8Array) return "uint8";
  if (array instanceof Uint16Array) return "uint16";
  if (array instanceof Uint32Array) return "uint32";
  if (array instanceof BigUint64Array) return "uint64";
  throw new TypeError(
    `a tensor cannot be made from a ${array.constructor.name}; allowed: Float32Array, Float64Array, BigInt64Array, Int32Array, Int16Array, Int8Array, Uint8Array, Uint16Array, Uint32Array, BigUint64Array`,
  );
}
