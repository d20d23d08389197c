// What lies on the host and comes to a GPU to be changed, a part at a time: one part arrives and one leaves while another is computed
// with, each on a stream of its own.

import type { Parameter } from "../tensor/parameter.js";
import { spanned } from "../tensor/spans.js";
import type { Tensor } from "../tensor/tensor.js";
import { GpuEvent, GpuStream, recordStream, withStream } from "./streams.js";

/** A tensor on the host and its copy on the device. */
export type HomeCopy = readonly [home: Tensor, there: Tensor];

/** What goes through at once. */
export interface Passing {
  readonly copies: readonly HomeCopy[];
  /** Whose state it is. */
  readonly of: readonly Parameter[];
}

/** Has the copies' numbers be those of the tensors on the host. */
export function bringUp({ copies, of }: Passing, nonBlocking = false): void {
  spanned(
    () => ({ action: "up", of, bytes: bytesOf(copies) }),
    () => {
      for (const [home, there] of copies) there.copy_(home, { nonBlocking });
    },
  );
}

/** And the other way round. */
export function bringDown({ copies, of }: Passing, nonBlocking = false): void {
  spanned(
    () => ({ action: "down", of, bytes: bytesOf(copies) }),
    () => {
      for (const [home, there] of copies) home.copy_(there, { nonBlocking });
    },
  );
}

function bytesOf(copies: readonly HomeCopy[]): number {
  return copies.reduce((sum, [home]) => sum + home.nbytes, 0);
}

/** Memory on the device for one batch. */
export interface DevicePlace {
  readonly flat: Tensor;
  /** When what was updated in it has left; undefined: it is free. */
  free: GpuEvent | undefined;
}

/** When a batch was updated, and when its state is on the host again. */
export interface Passed {
  readonly updated: GpuEvent;
  readonly left: GpuEvent;
}

/** The streams of one device that a step's batches go through. */
export class HostQueues {
  readonly #device: string;
  readonly #up: GpuStream;
  readonly #down: GpuStream;
  /** Undefined: updates are on the stream that the step is on. */
  readonly #late: GpuStream | undefined;
  /** The one of the step. */
  step: GpuStream;

  constructor(device: string, late: boolean) {
    this.#device = device;
    this.#up = new GpuStream({ device });
    this.#down = new GpuStream({ device });
    this.#late = late ? new GpuStream({ device }) : undefined;
    this.step = GpuStream.current(device);
  }

  get isLate(): boolean {
    return this.#late !== undefined;
  }

  /** Memory that all of them use. */
  record(tensor: Tensor): void {
    for (const stream of [this.#up, this.#down, this.#late])
      if (stream !== undefined) recordStream(tensor, stream);
  }

  /** Blocks the host until all that they were given is done. */
  synchronize(): void {
    for (const stream of [this.#up, this.#late ?? this.step, this.#down]) stream.synchronize();
  }

  /** @param given what updates use that may be freed before they have ended */
  begin(given: readonly Tensor[]): void {
    this.step = GpuStream.current(this.#device);
    if (this.#late === undefined) return;
    this.#late.waitStream(this.step);
    for (const tensor of given) recordStream(tensor, this.#late);
  }

  pass(place: DevicePlace, passing: Passing, update: () => void): Passed {
    const [up, down, on] = [this.#up, this.#down, this.#late ?? this.step];
    if (place.free !== undefined) up.waitEvent(place.free);
    else up.waitStream(this.step); // its memory may have been another's until now
    withStream(up, () => bringUp(passing, true));
    on.waitStream(up);
    withStream(on, update);
    const updated = new GpuEvent().record(on);
    down.waitEvent(updated);
    withStream(down, () => bringDown(passing, true));
    const left = new GpuEvent().record(down);
    place.free = left;
    return { updated, left };
  }

  /** Work on the step's stream and on the current one from now on sees what came before. */
  wait(event: GpuEvent): void {
    event.wait(this.step);
    event.wait(GpuStream.current(this.#device));
  }
}
