// A fixed number of host buffers that copies to and from GPUs use again and again: what offloading and saving in the background
// stage through. Pinned where there is a GPU, ordinary memory elsewhere.
import { integer, kind, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { native } from "../native/native.js";
import { byteText } from "../report/byte-text.js";
import { aDType, aShape } from "../tensor/arguments.js";
import { empty } from "../tensor/create.js";
import { type DType, itemSize } from "../tensor/dtype.js";
import { numElements } from "../tensor/element-range.js";
import { keep, scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { Transfer } from "./transfers.js";

/** Options of `HostBuffers`. */
export interface HostBuffersOptions {
  /** Size of each buffer. */
  readonly bytes: number;
  /** How many there are. Default 2: one is filled while the other is emptied. */
  readonly count?: number;
}

const OPTIONS: OptionTable<HostBuffersOptions> = {
  bytes: integer({ min: 1 }),
  count: integer({ min: 1 }),
};
const aTransfer = kind<Transfer>("a Transfer", (value) => value instanceof Transfer);

/** Buffers of one size, taken and given back; they live until `dispose`. */
export class HostBuffers implements Disposable {
  readonly #bytes: number;
  readonly #all: readonly Tensor[];
  readonly #free: Tensor[];
  /** Given back while a copy still used them, oldest first. */
  #busy: { readonly buffer: Tensor; readonly until: Transfer }[] = [];
  /** The buffer under what was taken. */
  readonly #taken = new Map<Tensor, Tensor>();

  /** Allocates all of them. */
  constructor(options: HostBuffersOptions) {
    checkOptions("new HostBuffers", options, OPTIONS);
    const { bytes, count = 2 } = options;
    requireValue("new HostBuffers: bytes", bytes, OPTIONS.bytes);
    this.#bytes = bytes;
    const pinMemory = native.numGpus() > 0;
    this.#all = Array.from({ length: count }, () =>
      keep(empty([bytes], { dtype: "uint8", device: "cpu", pinMemory })),
    );
    this.#free = [...this.#all];
  }

  /**
   * A tensor of undefined content over one of the buffers. When all were given back with a copy under way, waits for the oldest.
   * @throws RangeError when a buffer is too small
   * @throws Error when all are taken
   */
  take(shape: readonly number[], dtype: DType = "float32"): Tensor {
    requireValue("take: shape", shape, aShape);
    requireValue("take: dtype", dtype, aDType);
    const bytes = numElements(shape) * itemSize(dtype);
    if (bytes > this.#bytes) {
      throw new RangeError(
        `take: ${dtype} [${shape.join(", ")}] has ${byteText(bytes)}, a buffer ${byteText(this.#bytes)}; make HostBuffers with more bytes`,
      );
    }
    const buffer = this.#next();
    const taken = keep(scoped(() => buffer.slice(0, 0, bytes).view({ dtype }).view(shape)));
    this.#taken.set(taken, buffer);
    return taken;
  }

  /**
   * Gives back what `take` gave; its tensor ends with that.
   * @param until the copy that still uses it
   */
  giveBack(taken: Tensor, until?: Transfer): void {
    const buffer = this.#taken.get(taken);
    if (buffer === undefined)
      throw new TypeError("giveBack: this tensor was not taken from these buffers, or given back");
    if (until !== undefined) requireValue("giveBack: until", until, aTransfer);
    this.#taken.delete(taken);
    taken.dispose();
    if (until === undefined) this.#free.push(buffer);
    else this.#busy.push({ buffer, until });
  }

  /** Waits for the copies under way and frees the memory. */
  dispose(): void {
    for (const { until } of this.#busy) until.synchronize();
    for (const tensor of [...this.#taken.keys(), ...this.#all]) tensor.dispose();
    this.#taken.clear();
    this.#free.length = 0;
    this.#busy = [];
  }
  [Symbol.dispose](): void {
    this.dispose();
  }

  #next(): Tensor {
    const done = this.#busy.filter(({ until }) => until.isDone());
    this.#busy = this.#busy.filter((each) => !done.includes(each));
    this.#free.push(...done.map(({ buffer }) => buffer));
    const free = this.#free.shift();
    if (free !== undefined) return free;
    const oldest = this.#busy.shift();
    if (oldest === undefined) {
      throw new Error(
        `take: all ${this.#all.length} buffers are taken; give one back with giveBack(tensor), or make HostBuffers with a larger count`,
      );
    }
    oldest.until.synchronize();
    return oldest.buffer;
  }
}
