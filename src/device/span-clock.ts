// When something was done: on a GPU by events of the stream that did it, else by the host's clock.
import { GpuEvent, GpuStream, withStream } from "./streams.js";

/** Takes moments, which become milliseconds later. */
export interface SpanClock {
  /** This moment: of a GPU, when it has done what its current stream was given so far. */
  now(): () => number;
  /** When what `wait` has the current stream wait for is there; undefined where only who waits for it knows. */
  after(wait: () => void): (() => number) | undefined;
}

/** Milliseconds since the clock was made. */
export function spanClock(device: string): SpanClock {
  return device.startsWith("cuda") ? gpuClock(device) : hostClock();
}

function hostClock(): SpanClock {
  const begun = performance.now();
  return {
    now() {
      const ms = performance.now() - begun;
      return () => ms;
    },
    after: () => undefined,
  };
}

function gpuClock(device: string): SpanClock {
  const begun = new GpuEvent({ timing: true }).record(GpuStream.current(device));
  const waiting = new GpuStream({ device });
  const now = (): (() => number) => {
    const event = new GpuEvent({ timing: true }).record(GpuStream.current(device));
    return () => begun.millisecondsUntil(event);
  };
  const after = (wait: () => void): (() => number) =>
    withStream(waiting, () => {
      wait();
      return now();
    });
  return { now, after };
}
