// What a rank remembers of a weight of which it updates a slice.
import { numElements, type Range } from "../tensor/element-range.js";
import type { ParamGroup } from "./optimizer.js";
import { isAll, shapeOf } from "./slices.js";
import type { StateLayout, UpdateRule } from "./update-rule.js";

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

/** @param of the whole weight, and the slice; undefined: all of it */
export function heldState<G extends ParamGroup>(
  rule: UpdateRule<G>,
  group: G,
  {
    shape: ofWeight,
    range,
  }: { readonly shape: readonly number[]; readonly range: Range | undefined },
): StateLayout {
  const whole = rule.state(group, ofWeight);
  if (range === undefined) return whole;
  const slice = { numel: numElements(ofWeight), range, blockSize: rule.blockSize };
  return Object.fromEntries(
    Object.entries(whole).map(([name, { shape, dtype }]) => [
      name,
      { shape: shapeOf(shape, rangeIn(shape, slice)), dtype },
    ]),
  );
}
