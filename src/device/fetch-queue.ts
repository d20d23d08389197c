// What lies in host memory and comes to a device beside what computes there, on a stream of its own. On a CPU it is there at once.
import type { Pending } from "../tensor/weights-owner.js";
import { GpuEvent, GpuStream, withStream } from "./streams.js";

const ENDED: Pending = {
  wait() {
    // nothing is under way
  },
  synchronize() {
    // nothing is under way
  },
};

/** The stream of one device that copies from the host go by. */
export class FetchQueue {
  readonly #up: GpuStream | undefined;

  /** @param device the one that copies come to */
  constructor(device: string) {
    this.#up = device.startsWith("cuda") ? new GpuStream({ device }) : undefined;
  }

  /**
   * Runs `body`, which gives copies to the current stream. They come after what the stream that is current now was given, whose
   * memory they may write to, and after `before`.
   * @returns what `body` does, and the copies as what can be waited for
   */
  run<T>(
    before: Pending | undefined,
    body: () => T,
  ): { readonly made: T; readonly copied: Pending } {
    const up = this.#up;
    if (up === undefined) return { made: body(), copied: ENDED };
    up.waitStream(GpuStream.current(up.device));
    return withStream(up, () => {
      before?.wait();
      const made = body();
      return { made, copied: new GpuEvent().record(up) };
    });
  }
}
