// What is remembered of some weights lies in host memory between steps, and perhaps the weights themselves. An update brings it to the device a batch at a time and back
// again: one batch arrives and one leaves while another is updated, so a step takes as long as the copies of one direction. The update
// is the rule's own, on the device: every rule works, and gives the bits that it gives without. (ZeRO-Offload, Ren et al. 2021,
// updates on the host's processors instead: fewer bytes cross, and its cores must keep up.)
import { DeviceError } from "../device/device-error.js";
import { HostArena } from "../device/host-arena.js";
import {
  bringDown,
  bringUp,
  type DevicePlace,
  type HomeCopy,
  HostQueues,
  type Passed,
} from "../device/host-queues.js";
import { arriveLater, readLater } from "../tensor/arriving.js";
import { empty } from "../tensor/create.js";
import type { DeferredTensor } from "../tensor/deferred-tensor.js";
import type { DType } from "../tensor/dtype.js";
import type { Parameter } from "../tensor/parameter.js";
import { isCapturing } from "../tensor/random-stream.js";
import { keep, scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { weightsOwnerOf } from "../tensor/weights-owner.js";
import {
  batchesOf,
  bytesOf,
  bytesOfAll,
  cut,
  onDevice,
  type PieceOf,
  remembered,
  weightOfAll,
} from "./piece-batches.js";
import type { Sees } from "./update-rule.js";

/** Bytes of a batch that is on the device, unless it is one piece that cannot be cut. */
const BATCH_BYTES = 192 * 2 ** 20;
/** Batches of less state are smaller, so that there are so many. */
const MIN_BATCHES = 16;
/** Copies of less are not worth a batch of their own. */
const MIN_BATCH_BYTES = 2 ** 16;
/** One arrives, one is updated, one leaves. */
const NUM_PLACES = 3;

/** Where state is updated, and how it comes there. */
export interface HostStateOptions {
  readonly device: string;
  /** Whether `update` returns while it goes on; whoever uses one of the weights waits for it. */
  readonly late: boolean;
  /** Bytes of a batch on the device; default 192 MiB. */
  readonly batchBytes?: number;
}

/** Of which parameters state lies in host memory, and how it comes to the device. */
export interface OnHost extends HostStateOptions {
  readonly parameters: ReadonlySet<Parameter>;
}

/** How pieces are updated. */
export interface PieceUpdate {
  /** How much of each weight must be seen; pieces of "elements" may be cut. */
  readonly sees: Sees;
  /** Elements that are remembered together. */
  readonly blockSize: number;
  /** What `update` reads beside the pieces. */
  readonly reads: readonly Tensor[];
  readonly update: (pieces: readonly PieceOf[]) => void;
}

export class HostState {
  readonly #options: Required<HostStateOptions>;
  readonly #arena: HostArena;
  readonly #queues: HostQueues | undefined;
  #places: readonly DevicePlace[] = [];

  constructor(options: HostStateOptions) {
    const { device, late, batchBytes = BATCH_BYTES } = options;
    this.#options = { device, late, batchBytes };
    this.#arena = new HostArena(device);
    if (device.startsWith("cuda")) this.#queues = new HostQueues(device, late);
  }

  /** Whether it is made as these say. */
  isOf(options: HostStateOptions): boolean {
    const { device, late, batchBytes = BATCH_BYTES } = options;
    const own = this.#options;
    return own.device === device && own.late === late && own.batchBytes === batchBytes;
  }

  /** A tensor of undefined content that lies here. */
  take(shape: readonly number[], dtype: DType): DeferredTensor {
    return this.#arena.take(shape, dtype);
  }

  /** Updates pieces whose state lies here. Their gradients may be freed when it returns. */
  update(pieces: readonly PieceOf[], { sees, blockSize, reads, update }: PieceUpdate): void {
    if (pieces.length === 0) return;
    refuseCapture();
    const isCut = sees === "elements";
    const weigh = isCut ? bytesOf : weightOfAll;
    const max = this.#sizeOfBatch(pieces.reduce((sum, each) => sum + weigh(each), 0));
    scoped(() => {
      const parts = isCut ? pieces.flatMap((each) => cut(each, { blockSize, max })) : pieces;
      const batches = batchesOf(parts, weigh, max);
      this.#makePlaces(Math.max(...batches.map(bytesOfAll)), batches.length);
      const queues = this.#queues;
      const used = parts.flatMap(({ target, isWeightOnHost, grad, step }) =>
        isWeightOnHost ? [grad, step] : [target, grad, step],
      );
      queues?.begin([...used, ...reads]);
      const left = this.#whole(() =>
        batches.map((batch, i) =>
          scoped(() => {
            const place = this.#places[i % this.#places.length] as DevicePlace;
            return this.#updateBatch(batch, place, update);
          }),
        ),
      );
      if (queues !== undefined) promise(batches, pieces, { left, queues });
    });
  }

  /** Where it throws, what was under way has ended: nobody is told to wait for it. */
  #whole<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      this.#queues?.synchronize();
      for (const place of this.#places) place.free = undefined;
      throw error;
    }
  }

  /** Where batches come to on the device. */
  get places(): Tensor[] {
    return this.#places.map(({ flat }) => flat);
  }

  /** Gives back what it has on the device; what lies here stays. */
  dispose(): void {
    for (const { flat } of this.#places) flat.dispose();
    this.#places = [];
  }

  /** Small beside all of it: what is on its way takes memory that it lies on the host to save. */
  #sizeOfBatch(all: number): number {
    return Math.min(this.#options.batchBytes, Math.max(MIN_BATCH_BYTES, all / MIN_BATCHES));
  }

  #updateBatch(
    batch: readonly PieceOf[],
    place: DevicePlace,
    update: PieceUpdate["update"],
  ): Passed | undefined {
    const copies: HomeCopy[] = [];
    const there = onDevice(batch, place.flat, copies);
    const queues = this.#queues;
    const passing = { copies, of: batch.map(({ of }) => of) };
    if (queues !== undefined) return queues.pass(place, passing, () => update(there));
    bringUp(passing);
    update(there);
    bringDown(passing);
    return undefined;
  }

  #makePlaces(numBytes: number, numBatches: number): void {
    const length = Math.min(NUM_PLACES, numBatches);
    const [first] = this.#places;
    if (first !== undefined && first.flat.numel >= numBytes && this.#places.length >= length)
      return;
    this.dispose();
    const { device } = this.#options;
    this.#places = Array.from({ length }, () => {
      const flat = keep(empty([numBytes], { dtype: "uint8", device }));
      this.#queues?.record(flat);
      return { flat, free: undefined };
    });
  }
}

/**
 * Who reads state waits until it is on the host again, and who fetches a weight that lies there; where the update is late who uses a
 * weight waits for that.
 */
function promise(
  batches: readonly (readonly PieceOf[])[],
  pieces: readonly PieceOf[],
  { left, queues }: { readonly left: readonly (Passed | undefined)[]; readonly queues: HostQueues },
): void {
  const lastOf = new Map<Parameter, number>();
  for (const [i, batch] of batches.entries()) for (const { of } of batch) lastOf.set(of, i);
  for (const [i, passed] of left.entries()) {
    const ended = pieces.filter(({ of }) => lastOf.get(of) === i);
    if (passed !== undefined && ended.length > 0) promiseOf(ended, passed, queues);
  }
}

function promiseOf(ended: readonly PieceOf[], passed: Passed, queues: HostQueues): void {
  const homes = ended.flatMap((each) => remembered(each)) as DeferredTensor[];
  readLater(homes, () => passed.left.synchronize());
  for (const { of, isWeightOnHost } of ended)
    if (isWeightOnHost) weightsOwnerOf(of)?.updatedBy(of, passed.left);
  if (!queues.isLate) return;
  const weights = ended.map(({ of }) => of);
  arriveLater(weights, () => queues.wait(passed.updated));
}

function refuseCapture(): void {
  if (!isCapturing()) return;
  throw new DeviceError(
    "optimizer.step: a CUDA graph is being captured, and state that lies in host memory comes and goes by streams of its own; " +
      "capture forward and backward alone, or keep the state on the GPU",
  );
}
