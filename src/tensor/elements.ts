// What `tensor()` is given, as one array of elements with their shape and dtype.
import { type DType, dtypeOfArray, type TypedArray } from "./dtype.js";
import { checkRange, flatten, type NestedArray, refuseInexact } from "./nested.js";
import { isTypedRows, joinRows, type TypedRows } from "./typed-rows.js";

/** Row-major. */
interface Elements {
  readonly elements: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** @param given the dtype that the user asks for */
export function elementsFrom(
  values: NestedArray | TypedArray | TypedRows,
  given: DType | undefined,
): Elements {
  if (ArrayBuffer.isView(values)) return elementsIn(values as TypedArray, given);
  if (!isTypedRows(values)) return elementsOf(values, given);
  const { elements, shape } = joinRows(values);
  return { ...elementsIn(elements, given), shape };
}

function elementsIn(values: TypedArray, given: DType | undefined): Elements {
  const dtype = given ?? dtypeOfArray(values);
  if (dtype !== dtypeOfArray(values)) checkRange(values, dtype);
  return { elements: values, shape: [values.length], dtype };
}

/** Nested numbers in a row, as they are when `dtype` needs more than single precision. */
function elementsOf(values: NestedArray, given: DType | undefined): Elements {
  const { flat, shape, dtype: natural } = flatten(values);
  const dtype = given ?? natural;
  if (given !== undefined) checkRange(flat, dtype);
  else if (natural === "float32") refuseInexact("tensor", flat);
  const elements =
    dtype === "float32" ? Float32Array.from(flat, Number) : Float64Array.from(flat, Number);
  return { elements, shape, dtype };
}
