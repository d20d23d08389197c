// Numbers that a dtype cannot hold, in the words of dtypes: libtorch speaks of C++'s types.
import type { DType } from "./dtype.js";
import { rangeOf } from "./nested.js";

const OVERFLOW = /value cannot be converted to type (\S+) without overflow/;

const DTYPE_OF: Readonly<Record<string, DType>> = {
  ...{ uint8_t: "uint8", int8_t: "int8", int16_t: "int16", int: "int32", int64_t: "int64" },
  ...{ uint16_t: "uint16", uint32_t: "uint32", uint64_t: "uint64", float: "float32" },
  ...{ "c10::Half": "float16", "c10::BFloat16": "bfloat16" },
};

/**
 * The error for a number that does not fit; undefined when `error` is another.
 * @param of the call as the user wrote it
 */
export function overflowError(
  of: string,
  error: unknown,
  args: readonly unknown[],
): RangeError | undefined {
  const type = OVERFLOW.exec(String(error))?.[1];
  if (type === undefined) return undefined;
  const dtype = DTYPE_OF[type] ?? type;
  const range = rangeOf(dtype as DType);
  const numbers = args.flat().filter((one) => typeof one === "number");
  const value = range === undefined ? furthest(numbers) : numbers.find((x) => !isWithin(x, range));
  const holds = range === undefined ? "" : `, which holds ${range[0]} to ${range[1]}`;
  return new RangeError(`${of}: ${value ?? "a number"} does not fit into ${dtype}${holds}`, {
    cause: error,
  });
}

function isWithin(x: number, [low, high]: NonNullable<ReturnType<typeof rangeOf>>): boolean {
  return x >= low && x <= high;
}

/** The number of the largest magnitude. */
function furthest(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => Math.abs(b) - Math.abs(a))[0];
}
