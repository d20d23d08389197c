// Element types by their PyTorch names, and the typed array that holds each on the JS side.

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
] as const;

export type DType = (typeof DTYPES)[number];

export type TypedArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array;

interface ArrayType {
  new (buffer: ArrayBuffer): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

// JS has no 16-bit floats: their raw bits are given as Uint16Array.
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
};

export function arrayTypeOf(dtype: DType): ArrayType {
  return ARRAY_TYPES[dtype];
}

/** Bytes of one element. */
export function itemSize(dtype: DType): number {
  return ARRAY_TYPES[dtype].BYTES_PER_ELEMENT;
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
  throw new TypeError(
    `a tensor cannot be made from a ${array.constructor.name}; allowed: Float32Array, Float64Array, BigInt64Array, Int32Array, Int16Array, Int8Array, Uint8Array`,
  );
}
