// What a rank keeps of a chunk between uses: on the device, or in host memory, from where a copy comes to the device. A copy may be under
// way while the host goes on, and so may an update that writes to host memory: each waits for the other, and whoever reads for both.
import { FetchQueue } from "../device/fetch-queue.js";
import { HostArena } from "../device/host-arena.js";
import { empty } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Pending } from "../tensor/weights-owner.js";

/** Host memory beside a device, and the way from there. */
export class WeightsHost {
  readonly arena: HostArena;
  readonly queue: FetchQueue;

  constructor(device: string) {
    this.arena = new HostArena(device);
    this.queue = new FetchQueue(device);
  }
}

export class ChunkSection {
  readonly device: string;
  #numbers: Tensor;
  /** Undefined: on the device. */
  #host: WeightsHost | undefined;
  /** Updates that may not have ended, by parameter. */
  readonly #updates = new Map<number, Pending>();
  /** The last of them: they end in their order. */
  #update: Pending | undefined;
  /** The copy to the device that was begun last. */
  #copied: Pending | undefined;

  /** @param numbers on the device, copied */
  constructor(numbers: Tensor, host: WeightsHost | undefined) {
    this.device = numbers.device;
    this.#numbers = this.#copyOf(numbers, host);
    this.#host = host;
  }

  get isOnHost(): boolean {
    return this.#host !== undefined;
  }

  /** Flat, with what the i-th parameter is now; what the current stream is given from now on may write there. */
  numbersFor(i: number): Tensor {
    this.#updates.get(i)?.synchronize();
    this.#updates.delete(i);
    this.#copied?.wait();
    return this.#numbers;
  }

  /** For what asks for no numbers. */
  get memory(): Tensor {
    return this.#numbers;
  }

  /** Begins to copy it from the host. @param body gets it, and gives the copies to the current stream */
  fetch<T>(body: (numbers: Tensor) => T): { readonly made: T; readonly copied: Pending } {
    const { queue } = this.#host as WeightsHost;
    const fetched = queue.run(this.#update, () => noGrad(() => body(this.#numbers)));
    this.#copied = fetched.copied;
    return fetched;
  }

  /** Writes to it, now. */
  write(body: (numbers: Tensor) => void): void {
    this.#settle();
    noGrad(() => {
      body(this.#numbers);
    });
  }

  /** From now on the i-th parameter is what this work makes of it. */
  updatedBy(i: number, work: Pending): void {
    this.#updates.set(i, work);
    this.#update = work;
  }

  /** Lies there from now on: in host memory, or on the device (undefined). */
  moveTo(host: WeightsHost | undefined): void {
    this.#settle();
    const before = this.#numbers;
    this.#numbers = this.#copyOf(before, host);
    this.#host = host;
    before.dispose();
  }

  dispose(): void {
    this.#settle();
    this.#numbers.dispose();
  }

  /** Nothing is under way on return, so that the host may read and write. */
  #settle(): void {
    this.#update?.synchronize();
    this.#update = undefined;
    this.#updates.clear();
    this.#copied?.synchronize();
  }

  #copyOf(numbers: Tensor, host: WeightsHost | undefined): Tensor {
    const { shape, dtype } = numbers;
    const { device } = this;
    const made = host?.arena.take(shape, dtype) ?? keep(empty(shape, { dtype, device }));
    return noGrad(() => made.copy_(numbers));
  }
}
