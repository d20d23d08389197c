// Names and widths of the element types of safetensors, and their names in the tensor engine.
// The list is the format's own (safetensors 0.8); F4 and F6 are packed, so widths are in bits.

const BITS_BY_DTYPE: ReadonlyMap<string, number> = new Map([
  ["BOOL", 8],
  ["F4", 4],
  ["F6_E2M3", 6],
  ["F6_E3M2", 6],
  ["U8", 8],
  ["I8", 8],
  ["F8_E5M2", 8],
  ["F8_E4M3", 8],
  ["F8_E8M0", 8],
  ["F8_E5M2FNUZ", 8],
  ["F8_E4M3FNUZ", 8],
  ["I16", 16],
  ["U16", 16],
  ["F16", 16],
  ["BF16", 16],
  ["I32", 32],
  ["U32", 32],
  ["F32", 32],
  ["C64", 64],
  ["F64", 64],
  ["I64", 64],
  ["U64", 64],
]);

const ENGINE_NAMES: readonly (readonly [stored: string, engine: EngineDtype])[] = [
  ["F64", "float64"],
  ["F32", "float32"],
  ["F16", "float16"],
  ["BF16", "bfloat16"],
  ["I64", "int64"],
  ["I32", "int32"],
  ["I16", "int16"],
  ["I8", "int8"],
  ["U8", "uint8"],
  ["BOOL", "bool"],
];

/** Element types that the tensor engine and safetensors share, by the engine's names. */
export type EngineDtype =
  | "float64"
  | "float32"
  | "float16"
  | "bfloat16"
  | "int64"
  | "int32"
  | "int16"
  | "int8"
  | "uint8"
  | "bool";

/** Bits of one element, or undefined for a name the format does not have. */
export function bitsOfDtype(storedDtype: string): number | undefined {
  return BITS_BY_DTYPE.get(storedDtype);
}

/** Stored types of weights: floating point that the tensor engine has. */
export const LOADABLE_FLOATS: readonly string[] = ["F64", "F32", "F16", "BF16"];

export function isLoadableFloat(storedDtype: string): boolean {
  return LOADABLE_FLOATS.includes(storedDtype);
}

/** "BF16" -> "bfloat16"; throws a RangeError listing the readable types for any other. */
export function engineDtypeOf(storedDtype: string): EngineDtype {
  const pair = ENGINE_NAMES.find(([stored]) => stored === storedDtype);
  if (pair !== undefined) return pair[1];
  const readable = ENGINE_NAMES.map(([stored]) => stored).join(", ");
  throw new RangeError(`tensors of type ${storedDtype} cannot be loaded; loadable are ${readable}`);
}

/** "bfloat16" -> "BF16"; throws a RangeError listing the storable types for any other. */
export function storedDtypeOf(engineDtype: string): string {
  const pair = ENGINE_NAMES.find(([, engine]) => engine === engineDtype);
  if (pair !== undefined) return pair[0];
  const storable = ENGINE_NAMES.map(([, engine]) => engine).join(", ");
  throw new RangeError(`tensors of type ${engineDtype} cannot be saved; storable are ${storable}`);
}

/**
 * Bytes a tensor takes, or the sentence that says why it has no size: unknown type, a dimension that is no
 * whole number, a product beyond 2^53, or packed elements that end inside a byte.
 */
export function tensorBytes(storedDtype: string, shape: readonly number[]): number | string {
  const bits = bitsOfDtype(storedDtype);
  if (bits === undefined) return `unknown dtype "${storedDtype}"`;
  let totalBits = bits;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) return `shape [${shape}] holds an invalid size`;
    totalBits *= size;
    if (!Number.isSafeInteger(totalBits)) return `shape [${shape}] overflows`;
  }
  if (totalBits % 8 !== 0) return `${storedDtype} of shape [${shape}] ends inside a byte`;
  return totalBits / 8;
}
