// What ranks hold of named whole tensors, as checkpoints see it: whoever keeps optimizer state gives parts, in whatever layout
// it keeps them, and whoever loads asks for the regions that it holds.
import { downloadBytes } from "../device/download-bytes.js";
import type { HeldPart } from "../optim/slices.js";
import { numElements, type Range } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { bitsOfDtype, storedDtypeOf } from "./dtypes.js";
import { flatRegion, type Region } from "./region.js";

/** What one rank holds of a named whole tensor. */
export interface TensorPart {
  /** Of the whole, such as "model.norm.weight/expAvg". */
  readonly name: string;
  /** As it is stored: "F32". */
  readonly dtype: string;
  /** Of the whole. */
  readonly shape: readonly number[];
  readonly region: Region;
  /** Elements of the region, row-major and little-endian. */
  read(range: Range): Uint8Array;
}

/** Largest piece that is read or written at once: a buffer of Node 20 ends at 4 GiB, and ranks share the host's memory. */
export const PIECE_BYTES = 64 * 2 ** 20;

/** A tensor as the part that is all of it. */
export function partOf(name: string, tensor: Tensor): TensorPart {
  const { dtype, shape } = tensor;
  const read = (range: Range) => bytesOf(tensor, range);
  return { name, dtype: storedDtypeOf(dtype), shape, region: flatRegion(shape), read };
}

/** A tensor as the elements from `begin` to `end` of one of another shape. */
export function partOfSlice(
  name: string,
  tensor: Tensor,
  { shape, begin, end }: HeldPart,
): TensorPart {
  const { dtype, read } = partOf(name, tensor);
  return { name, dtype, shape, region: flatRegion(shape, { begin, end }), read };
}

/** A number as a whole tensor without dims. */
export function partOfNumber(name: string, value: number): TensorPart {
  const read = () => new Uint8Array(Float64Array.of(value).buffer);
  return { name, dtype: "F64", shape: [], region: flatRegion([]), read };
}

/** The elements of a region, piece by piece. */
export function* piecesOf({ dtype, region, read }: TensorPart): Generator<Uint8Array> {
  for (const piece of piecesOfRange(region.end - region.begin, dtype)) yield read(piece);
}

/** Ranges of at most `PIECE_BYTES` that make up so many elements. */
export function* piecesOfRange(count: number, dtype: string): Generator<Range> {
  const most = Math.floor((PIECE_BYTES * 8) / (bitsOfDtype(dtype) ?? 8));
  for (let begin = 0; begin < count; begin += most)
    yield { begin, end: Math.min(begin + most, count) };
}

/** Elements of a tensor in row-major order, as bytes on the host; a copy, those of a GPU through pinned memory. */
export function bytesOf(tensor: Tensor, { begin, end }: Range): Uint8Array {
  const read = tensor.device.startsWith("cuda")
    ? downloadBytes
    : (elements: Tensor) => elements.toBytes();
  if (begin === 0 && end === numElements(tensor.shape)) return read(tensor);
  return scoped(() => noGrad(() => read(tensor.reshape([-1]).narrow(0, begin, end - begin))));
}

/**
 * The share of one of several ranks that all hold the same parts: between them each element is written once, and all write
 * about as many bytes.
 */
export function* shareOf(
  parts: readonly TensorPart[],
  { rank, numRanks }: { readonly rank: number; readonly numRanks: number },
): Generator<TensorPart> {
  const numBytes = parts.map(bytesOfPart);
  const total = numBytes.reduce((sum, bytes) => sum + bytes, 0);
  const [begin, end] = [(total * rank) / numRanks, (total * (rank + 1)) / numRanks];
  let position = 0;
  for (const [i, part] of parts.entries()) {
    const bytes = numBytes[i] as number;
    const count = part.region.end - part.region.begin;
    const elementAt = (place: number) =>
      Math.min(Math.max(Math.round(((place - position) / bytes) * count), 0), count);
    const isOfNothing = bytes === 0 && rank === 0;
    const share = isOfNothing
      ? { begin: 0, end: 0 }
      : { begin: elementAt(begin), end: elementAt(end) };
    if (isOfNothing || share.begin < share.end) yield within(part, share);
    position += bytes;
  }
}

/** Bytes of its elements. */
export function bytesOfPart({ region: { begin, end }, dtype }: TensorPart): number {
  return ((end - begin) * (bitsOfDtype(dtype) ?? 8)) / 8;
}

/** A range of a part's elements. */
function within(part: TensorPart, { begin, end }: Range): TensorPart {
  const { region, read } = part;
  return {
    ...part,
    region: { ...region, begin: region.begin + begin, end: region.begin + end },
    read: (range) => read({ begin: begin + range.begin, end: begin + range.end }),
  };
}
