// Pieces whose state comes to the device a batch at a time, with their weights where those are not there: cut where their rule allows it, and laid out in a batch's memory.
import type { HomeCopy } from "../device/host-queues.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { rangeIn } from "./held-state.js";
import { elementsOf } from "./slices.js";
import type { Piece } from "./update-rule.js";

/** A piece with the weight that it is of. */
export interface PieceOf extends Piece {
  readonly of: Parameter;
  /** Whether `target` lies in host memory beside the weight's device, as what is remembered of it. */
  readonly isWeightOnHost: boolean;
}

/** Tensors of a batch begin at multiples of it. */
const ALIGNED_BYTES = 512;
/** Pieces are cut at multiples of so many elements. */
const ALIGNED_ELEMENTS = 4096;
/** What is remembered of an element, where all ranks must count alike: a master and two moments. */
const BYTES_OF_ELEMENT = 12;

/** A part of an update has at most so much of all weights, unless it is one. */
const PART = 1 / 8;

/** All that is remembered of a piece in tensors that come and go. */
export function remembered({ master, state }: Piece): Tensor[] {
  return [...(master === undefined ? [] : [master]), ...Object.values(state)];
}

/** What of a piece comes to the device to be updated. */
function coming(piece: PieceOf): Tensor[] {
  return [...remembered(piece), ...(piece.isWeightOnHost ? [piece.target] : [])];
}

export function bytesOf(piece: PieceOf): number {
  return coming(piece).reduce((sum, each) => sum + aligned(each.nbytes), 0);
}

export function bytesOfAll(batch: readonly PieceOf[]): number {
  return batch.reduce((sum, each) => sum + bytesOf(each), 0);
}

/** What ranks that have different slices of a weight count alike. */
export function weightOfAll({ of }: PieceOf): number {
  return of.numel * BYTES_OF_ELEMENT;
}

function aligned(numBytes: number): number {
  return Math.ceil(numBytes / ALIGNED_BYTES) * ALIGNED_BYTES;
}

/** The piece as parts of no more than so many bytes. */
export function cut(
  piece: PieceOf,
  { blockSize, max }: { readonly blockSize: number; readonly max: number },
): PieceOf[] {
  const { target, grad, master, state, draws } = piece;
  const { numel } = target;
  const numBytes = bytesOf(piece);
  if (numBytes <= max || !target.isContiguous()) return [piece];
  const unit = Math.ceil(ALIGNED_ELEMENTS / blockSize) * blockSize;
  const size = Math.max(unit, Math.floor((max / numBytes) * (numel / unit)) * unit);
  const inOrder = grad.contiguous();
  return Array.from({ length: Math.ceil(numel / size) }, (_, i) => {
    const range = { begin: i * size, end: Math.min((i + 1) * size, numel) };
    const of = (tensor: Tensor): Tensor =>
      elementsOf(tensor, rangeIn(tensor.shape, { numel, range, blockSize }));
    return {
      ...piece,
      target: of(target),
      grad: of(inOrder),
      master: master && of(master),
      draws: draws && { ...draws, begin: draws.begin + range.begin },
      state: Object.fromEntries(Object.entries(state).map(([name, each]) => [name, of(each)])),
    };
  });
}

/** Neighbours together until they weigh so much. */
export function batchesOf<P extends Piece>(
  pieces: readonly P[],
  weigh: (piece: P) => number,
  max: number,
): readonly P[][] {
  const batches: P[][] = [];
  let sum = Number.POSITIVE_INFINITY;
  for (const piece of pieces) {
    const weight = weigh(piece);
    if (sum + weight > max) {
      batches.push([]);
      sum = 0;
    }
    batches.at(-1)?.push(piece);
    sum += weight;
  }
  return batches;
}

/** Parts of the update of a step, after each of which something may begin that waits for its weights. */
export function inParts(pieces: readonly PieceOf[]): readonly PieceOf[][] {
  const all = pieces.reduce((sum, { of }) => sum + of.nbytes, 0);
  return batchesOf(pieces, ({ of }) => of.nbytes, all * PART);
}

/** The batch with its state in a place on the device. @param copies gets what is to come and go */
export function onDevice(batch: readonly PieceOf[], flat: Tensor, copies: HomeCopy[]): PieceOf[] {
  let begin = 0;
  const there = (home: Tensor): Tensor => {
    const { nbytes, dtype, shape } = home;
    const bytes = flat.narrow(0, begin, nbytes);
    begin += aligned(nbytes);
    const copy = bytes.view(dtype).view(shape);
    copies.push([home, copy]);
    return copy;
  };
  return batch.map((piece) => ({
    ...piece,
    target: piece.isWeightOnHost ? there(piece.target) : piece.target,
    master: piece.master && there(piece.master),
    state: Object.fromEntries(
      Object.entries(piece.state).map(([name, home]) => [name, there(home)]),
    ),
  }));
}
