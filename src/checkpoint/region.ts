// A part of a named whole tensor: a box of it and, of the box in row-major order, a range of elements. A whole tensor is the
// box of everything, a shard of tensor parallelism a smaller box, a piece of a flat buffer a range. Two regions of one tensor
// meet in runs of elements that lie one after the other in both, so whoever wants one region reads it from any others.

import { numElements, type Range } from "../tensor/element-range.js";

export interface Region extends Range {
  /** First index of the box along each dim. */
  readonly start: readonly number[];
  /** Size of the box along each dim. */
  readonly size: readonly number[];
}

/** Elements that a region and its tensor have one after the other. */
export interface Run {
  /** The first one's place in the whole tensor, in row-major order. */
  readonly at: number;
  /** Its place in the region. */
  readonly from: number;
  readonly count: number;
}

/** Elements that two regions share one after the other. */
export interface Overlap {
  /** The first one's place in the region that is read. */
  readonly from: number;
  /** Its place in the region that is filled. */
  readonly to: number;
  readonly count: number;
}

/** Everything of a tensor, or a range of its elements. */
export function flatRegion(shape: readonly number[], range?: Range): Region {
  return { start: shape.map(() => 0), size: shape, begin: 0, end: numElements(shape), ...range };
}

/** What keeps `region` from being one of a tensor of `shape`; undefined where nothing does. */
export function regionProblem(region: Region, shape: readonly number[]): string | undefined {
  const { start, size, begin, end } = region;
  if (start.length !== shape.length || size.length !== shape.length)
    return `a box of ${start.length} and ${size.length} dims in a tensor of ${shape.length}`;
  const dim = shape.findIndex((whole, i) => (start[i] as number) + (size[i] as number) > whole);
  if (dim !== -1) return `its box ends outside of dim ${dim}, which has ${shape[dim]}`;
  const numBoxed = numElements(size);
  if (begin <= end && end <= numBoxed) return undefined;
  return `elements ${begin} to ${end} of a box of ${numBoxed}`;
}

/** A region as runs, in ascending order: a box that is narrower than its tensor has one a row. */
export function* runsOf(region: Region, shape: readonly number[]): Generator<Run> {
  const { start, size, begin, end } = region;
  const numOuter = numOuterDims(size, shape);
  const runLength = numElements(size.slice(numOuter));
  if (runLength === 0) return;
  const places = { start, size: size.slice(0, numOuter), strides: stridesOf(shape) };
  for (let row = Math.floor(begin / runLength); row * runLength < end; row++) {
    const first = Math.max(begin, row * runLength);
    const last = Math.min(end, (row + 1) * runLength);
    const at = placeOfRow(row, places) + first - row * runLength;
    yield { at, from: first - begin, count: last - first };
  }
}

/** Where `wanted` is found in `given`, in ascending order; both are regions of a tensor of `shape`. */
export function* overlaps(
  given: Region,
  wanted: Region,
  shape: readonly number[],
): Generator<Overlap> {
  const [theirs, ours] = [runsOf(given, shape), runsOf(wanted, shape)];
  let [a, b] = [theirs.next(), ours.next()];
  while (a.done !== true && b.done !== true) {
    const [from, to] = [a.value, b.value];
    const first = Math.max(from.at, to.at);
    const count = Math.min(from.at + from.count, to.at + to.count) - first;
    if (count > 0) yield { from: from.from + first - from.at, to: to.from + first - to.at, count };
    if (from.at + from.count <= to.at + to.count) a = theirs.next();
    else b = ours.next();
  }
}

/** Dims over which runs are counted; behind them the box is as wide as the tensor, but for the first of those dims. */
function numOuterDims(size: readonly number[], shape: readonly number[]): number {
  let dim = shape.length;
  while (dim > 0 && size[dim - 1] === shape[dim - 1]) dim--;
  return Math.max(0, dim - 1);
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, dim) => numElements(shape.slice(dim + 1)));
}

interface Places {
  readonly start: readonly number[];
  /** Of the outer dims. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
}

/** Where the first element of a row of the box lies in the tensor. */
function placeOfRow(row: number, { start, size, strides }: Places): number {
  let place = start.reduce((sum, index, dim) => sum + index * (strides[dim] as number), 0);
  for (let dim = size.length - 1, rest = row; dim >= 0; dim--) {
    const width = size[dim] as number;
    place += (rest % width) * (strides[dim] as number);
    rest = Math.floor(rest / width);
  }
  return place;
}
