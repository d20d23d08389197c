// Typed arrays in lists: each is a row of a tensor, whose elements are of their kind.
import { dtypeOfArray, type TypedArray } from "./dtype.js";

/** Typed arrays of one kind and length, in lists of equal lengths. */
export type TypedRows = readonly (TypedArray | TypedRows)[];

export function isTypedRows(values: unknown): values is TypedRows {
  let first = values;
  while (Array.isArray(first)) first = (first as unknown[])[0];
  return Array.isArray(values) && ArrayBuffer.isView(first);
}

/**
 * The elements of all rows in one array of their kind.
 * @throws RangeError when rows or lists differ in length
 * @throws TypeError when a row is none of the first one's kind
 */
export function joinRows(values: TypedRows): {
  readonly elements: TypedArray;
  readonly shape: readonly number[];
} {
  const shape = shapeOf(values);
  const rows: TypedArray[] = [];
  const visit = (value: TypedArray | TypedRows, dim: number): void => {
    const isRow = dim === shape.length - 1;
    if (isRow) requireLike(value, rows);
    else if (!Array.isArray(value)) throw otherKind(value, rows, " outside of a list");
    if (value.length !== shape[dim]) {
      throw new RangeError(
        `tensor: rows must all have the same lengths: the first ones give shape [${shape.join(", ")}], row ${rows.length} differs in dimension ${dim}`,
      );
    }
    if (isRow) rows.push(value as TypedArray);
    else for (const inner of value as TypedRows) visit(inner, dim + 1);
  };
  visit(values, 0);
  const elements = emptyLike(rows[0] as TypedArray, rows.length * (shape.at(-1) as number));
  for (const [i, row] of rows.entries())
    (elements as Uint8Array).set(row as Uint8Array, i * row.length);
  return { elements, shape };
}

function shapeOf(value: TypedArray | TypedRows): number[] {
  if (ArrayBuffer.isView(value)) return [(value as TypedArray).length];
  return [value.length, ...shapeOf(value[0] as TypedArray | TypedRows)];
}

function requireLike(value: unknown, [first]: readonly TypedArray[]): void {
  if (!ArrayBuffer.isView(value)) throw otherKind(value, [first as TypedArray]);
  if (first !== undefined && dtypeOfArray(value) !== dtypeOfArray(first))
    throw otherKind(value, [first]);
}

function otherKind(value: unknown, [first]: readonly TypedArray[], where = ""): TypeError {
  return new TypeError(
    `tensor: rows must all be typed arrays of one kind; the first is a ${first?.constructor.name ?? "typed array"}, ` +
      `another ${Array.isArray(value) ? "a list" : `a ${Object(value).constructor.name}${where}`}`,
  );
}

/** A Buffer's elements are a Uint8Array's. */
function emptyLike(row: TypedArray, length: number): TypedArray {
  dtypeOfArray(row); // refuses what no tensor can be made of
  const Kind = row instanceof Uint8Array ? Uint8Array : row.constructor;
  return new (Kind as new (length: number) => TypedArray)(length);
}
