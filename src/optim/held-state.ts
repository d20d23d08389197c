// What a rank remembers of a weight of which it updates a slice.
import { numElements, type Range } from "../tensor/element-range.js";
import { isAll, shapeOf } from "./slices.js";
import type { StateLayout } from "./update-rule.js";

/** A slice of a weight of so many elements. */
interface SliceOf {
  readonly numel: number;
  readonly range: Range;
  /** Elements that are remembered together. */
  readonly blockSize: number | undefined;
}

/** What belongs to a slice of a weight, of a tensor of this shape that is remembered of it. */
export function rangeIn(
  shape: readonly number[],
  { numel, range: { begin, end }, blockSize = 1 }: SliceOf,
): Range {
  const size = numElements(shape);
  if (begin === end) return { begin: 0, end: 0 };
  if (isAll({ begin, end }, numel)) return { begin: 0, end: size };
  if (size === numel) return { begin, end };
  return { begin: begin / blockSize, end: Math.ceil(end / blockSize) };
}

/** @param whole what is remembered of a weight of this shape; a range of undefined is all of it */
export function heldState(
  whole: StateLayout,
  {
    shape: ofWeight,
    range,
    blockSize,
  }: Pick<SliceOf, "blockSize"> & {
    readonly shape: readonly number[];
    readonly range: Range | undefined;
  },
): StateLayout {
  if (range === undefined) return whole;
  const slice = { numel: numElements(ofWeight), range, blockSize };
  return Object.fromEntries(
    Object.entries(whole).map(([name, { shape, dtype }]) => [
      name,
      { shape: shapeOf(shape, rangeIn(shape, slice)), dtype },
    ]),
  );
}
