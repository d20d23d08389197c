// Which rank has what of parameters that ranks share: parameters lie one after another in flat buckets, and each rank has a
// section of every bucket, or, of weights that an update must see whole, every so many buckets. Pure: the same on all ranks,
// and no number is moved.
import { itemSize } from "../tensor/dtype.js";
import type { Range } from "../tensor/element-range.js";
import type { Parameter } from "../tensor/parameter.js";

/** Parameters begin at multiples of it, as memory does that an allocator gives: kernels are slower elsewhere. */
export const ALIGNED_BYTES = 512;

/** Whole buckets are so many a rank at least, so that their bytes can be shared out. */
const BUCKETS_PER_RANK = 4;

/** Parameters of one dtype in a flat buffer that ranks share. */
export interface BucketLayout {
  /** In their order in the buffer. */
  readonly parameters: readonly Parameter[];
  /** Where each begins, in elements. */
  readonly offsets: readonly number[];
  readonly numElements: number;
  /** What each rank has of the buffer. */
  readonly sections: readonly Range[];
  /** The rank that has all of it; undefined where the sections are equal. */
  readonly owner: number | undefined;
}

/** What decides where ranks' sections end. */
export interface LayoutOptions {
  readonly numRanks: number;
  /** Neighbouring parameters share a bucket until it has so many bytes. */
  readonly bucketBytes: number;
  /** A weight may be cut at multiples of so many of its elements; undefined: nowhere. */
  readonly cutsOf: (parameter: Parameter) => number | undefined;
  /** Those of different groups share no bucket; default: all are of one. */
  readonly groupOf?: (parameter: Parameter) => string;
}

/** Buckets in the order of the parameters. */
export function layOut(parameters: readonly Parameter[], options: LayoutOptions): BucketLayout[] {
  const { numRanks, bucketBytes, cutsOf, groupOf = () => "" } = options;
  const isWhole = (parameter: Parameter): boolean => cutsOf(parameter) === undefined;
  const whole = parameters.filter(isWhole);
  const wholeBytes = whole.reduce((sum, { nbytes }) => sum + nbytes, 0);
  const share = Math.min(bucketBytes, wholeBytes / (numRanks * BUCKETS_PER_RANK));
  const loads = new Array<number>(numRanks).fill(0);
  return inBuckets(parameters, {
    bytesOf: (parameter) => (isWhole(parameter) ? share : bucketBytes),
    kindOf: (parameter) => `${parameter.dtype} ${cutsOf(parameter)} ${groupOf(parameter)}`,
  }).map((members) => {
    const cuts = cutsOf(members[0] as Parameter);
    return cuts === undefined ? owned(members, loads) : cut(members, cuts, numRanks);
  });
}

/** What a rank has of the i-th parameter of a bucket, in the parameter's elements. */
export function sliceIn(
  { parameters, offsets, sections }: BucketLayout,
  i: number,
  rank: number,
): Range {
  const [offset, { numel }] = [offsets[i] as number, parameters[i] as Parameter];
  const { begin, end } = sections[rank] as Range;
  const first = Math.min(Math.max(begin - offset, 0), numel);
  return { begin: first, end: Math.max(first, Math.min(end - offset, numel)) };
}

/** The rank that has least until now gets all. */
function owned(parameters: readonly Parameter[], loads: number[]): BucketLayout {
  const { offsets, end } = offsetsOf(parameters, alignmentOf(parameters));
  const owner = loads.indexOf(Math.min(...loads));
  loads[owner] = (loads[owner] as number) + end * itemSize((parameters[0] as Parameter).dtype);
  const sections = loads.map((_, rank) =>
    rank === owner ? { begin: 0, end } : { begin: end, end },
  );
  return { parameters, offsets, numElements: end, sections, owner };
}

function cut(parameters: readonly Parameter[], cuts: number, numRanks: number): BucketLayout {
  const alignment = leastMultiple(alignmentOf(parameters), cuts);
  const { offsets, end } = offsetsOf(parameters, alignment);
  const size = Math.ceil(end / (numRanks * alignment)) * alignment;
  const sections = Array.from({ length: numRanks }, (_, rank) => ({
    begin: rank * size,
    end: (rank + 1) * size,
  }));
  return { parameters, offsets, numElements: numRanks * size, sections, owner: undefined };
}

function alignmentOf([first]: readonly Parameter[]): number {
  return ALIGNED_BYTES / itemSize((first as Parameter).dtype);
}

/** Where parameters begin that lie one after another, each at a multiple of `alignment`, and where the next would. */
export function offsetsOf(
  parameters: readonly Parameter[],
  alignment: number,
): { readonly offsets: readonly number[]; readonly end: number } {
  let end = 0;
  const offsets = parameters.map(({ numel }) => {
    const begin = end;
    end += Math.ceil(numel / alignment) * alignment;
    return begin;
  });
  return { offsets, end };
}

/** Those of a kind in their order, until they have so many bytes. */
export function inBuckets(
  parameters: readonly Parameter[],
  of: {
    readonly bytesOf: (parameter: Parameter) => number;
    readonly kindOf: (parameter: Parameter) => string;
  },
): Parameter[][] {
  const buckets: Parameter[][] = [];
  const open = new Map<string, { readonly members: Parameter[]; numBytes: number }>();
  for (const parameter of parameters) {
    const kind = of.kindOf(parameter);
    const last = open.get(kind);
    const hasRoom = last !== undefined && last.numBytes < of.bytesOf(parameter);
    const bucket = hasRoom ? last : { members: [], numBytes: 0 };
    if (bucket !== last) buckets.push(bucket.members);
    open.set(kind, bucket);
    bucket.members.push(parameter);
    bucket.numBytes += parameter.nbytes;
  }
  return buckets;
}

function leastMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a * b) / x;
}
