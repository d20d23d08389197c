// Numbers in nested arrays: what `tensor()` takes and `toArray()` gives.
import type { DType } from "./dtype.js";

/** Nested numbers, as `toArray` returns them. */
export type NestedArray = number | boolean | NestedArray[];

export interface Flattened {
  /** Row-major. */
  readonly flat: readonly (number | boolean)[];
  readonly shape: readonly number[];
  /** What the elements are when nobody says: int64 for whole numbers, as in PyTorch. */
  readonly dtype: "float32" | "int64" | "bool";
}

/** Lowest and highest number of each integer dtype. */
const RANGES: Partial<Record<DType, readonly [number | bigint, number | bigint]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0, 2n ** 64n - 1n],
};

/** Lowest and highest number of an integer dtype; undefined of another. */
export function rangeOf(dtype: DType): readonly [number | bigint, number | bigint] | undefined {
  return RANGES[dtype];
}

/**
 * The elements of nested arrays in a row.
 * @throws RangeError when the arrays are ragged
 * @throws TypeError when an element is no number, or numbers and booleans are mixed
 */
export function flatten(values: NestedArray): Flattened {
  const shape = shapeOf(values);
  const flat: (number | boolean)[] = [];
  const take = (value: number | boolean, dim: number): void => {
    const isAlike = flat.length === 0 || typeof value === typeof flat[0];
    if (!isElement(value) || !isAlike) throw wrongElement(value, flat.length);
    if (dim !== shape.length) throw ragged(shape, dim);
    flat.push(value);
  };
  const visit = (value: NestedArray, dim: number): void => {
    if (!Array.isArray(value)) {
      take(value, dim);
      return;
    }
    if (dim >= shape.length || value.length !== shape[dim]) throw ragged(shape, dim);
    for (const inner of value) visit(inner, dim + 1);
  };
  visit(values, 0);
  return { flat, shape, dtype: dtypeOfElements(flat) };
}

/**
 * "bool" for booleans, "int64" for whole numbers that JavaScript holds exactly, else "float32". JavaScript's 1.0 is 1; -0 comes
 * from a computation with fractions and stays one.
 */
export function dtypeOfElements(flat: readonly (number | boolean)[]): Flattened["dtype"] {
  if (typeof flat[0] === "boolean") return "bool";
  const isWhole = (x: number | boolean) => Number.isSafeInteger(x) && !Object.is(x, -0);
  return flat.length > 0 && flat.every(isWhole) ? "int64" : "float32";
}

/**
 * Refuses numbers that an integer dtype cannot hold; fractions lose what is behind the point, as in PyTorch.
 * @throws RangeError naming the first such number and what is allowed
 */
export function checkRange(flat: Iterable<number | bigint | boolean>, dtype: DType): void {
  const [low, high] = RANGES[dtype] ?? [];
  if (low === undefined || high === undefined) return;
  for (const given of flat) {
    const x = typeof given === "bigint" ? given : Math.trunc(Number(given));
    if (x >= low && x <= high) continue;
    throw new RangeError(`${given} does not fit into ${dtype}, which holds ${low} to ${high}`);
  }
}

/**
 * Refuses whole numbers alone when int64 would hold them and JavaScript does not hold them exactly: nobody has said whether
 * they are to become integers, perhaps other ones, or fractions.
 * @param of the function as the user calls it: "tensor"
 */
export function refuseInexact(of: string, flat: readonly unknown[]): void {
  if (!flat.every((x) => Number.isInteger(x) && Math.abs(x as number) < 2 ** 63)) return;
  const inexact = flat.find((x) => Math.abs(x as number) > 2 ** 53);
  if (inexact === undefined) return;
  throw new RangeError(
    `${of}: ${inexact} is beyond 2^53, where JavaScript's numbers are not exact; give big integers, as in tensor(BigInt64Array.of(9007199254740993n)), or say dtype: "float32"`,
  );
}

/**
 * The number that an element is.
 * @throws RangeError when JavaScript's numbers do not hold it exactly
 */
export function exactNumber(element: number | bigint | boolean): number {
  const number = Number(element);
  const isExact = Number.isSafeInteger(number) || typeof element !== "bigint";
  if (isExact || BigInt(number) === element) return number;
  throw new RangeError(
    `${element} is beyond 2^53, where JavaScript's numbers are not exact; toTypedArray() gives big integers`,
  );
}

/** Row-major elements as nested arrays of this shape. */
export function nest(flat: (number | boolean)[], shape: readonly number[]): NestedArray {
  const [size, ...inner] = shape;
  if (size === undefined) return flat[0] as number;
  if (inner.length === 0) return flat;
  const stride = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: size }, (_, i) =>
    nest(flat.slice(i * stride, (i + 1) * stride), inner),
  );
}

function shapeOf(values: NestedArray): number[] {
  if (!Array.isArray(values)) return [];
  const first = values[0];
  return [values.length, ...(first === undefined ? [] : shapeOf(first))];
}

function isElement(value: unknown): value is number | boolean {
  return typeof value === "number" || typeof value === "boolean";
}

function wrongElement(value: unknown, index: number): TypeError {
  const hint =
    typeof value === "bigint"
      ? "; big integers go into a BigInt64Array"
      : isElement(value)
        ? ", after elements of another kind"
        : "";
  return new TypeError(
    `tensor() takes numbers, or booleans, alone or in nested arrays, or a typed array; element ${index} is ${kindOf(value)}${hint}`,
  );
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  return `a ${value.constructor?.name ?? "object"}`;
}

function ragged(shape: readonly number[], dim: number): RangeError {
  return new RangeError(
    `nested arrays must all have the same lengths: the first ones give shape [${shape.join(", ")}], another differs in dimension ${dim}`,
  );
}
