// Streams: queues of work on a GPU that run beside each other, and events that order them. Work goes to the current
// stream of its device. Memory belongs to the stream it was made on: say `recordStream` when another one uses it.
import { boolean, callback, kind, oneOf, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { whenCutOff } from "../host/index.js";
import type { GpuEventRef, GpuStreamRef } from "../native/cuda.js";
import { native } from "../native/native.js";
import { aDevice, aTensor } from "../tensor/arguments.js";
import type { Tensor } from "../tensor/tensor.js";
import { gpuIndex, requireCuda } from "./device-error.js";

/** Options of `GpuStream`. */
export interface GpuStreamOptions {
  /** "cuda:1"; default: the current device. */
  readonly device?: string;
  /** Work of a "high" stream goes first. Default "normal". */
  readonly priority?: "normal" | "high";
}

const STREAM_OPTIONS: OptionTable<GpuStreamOptions> = {
  device: aDevice,
  priority: oneOf("normal", "high"),
};
const EVENT_OPTIONS = { timing: boolean };

/** A queue of work on one GPU. */
export class GpuStream {
  /** Native id of this stream; for code that talks to the addon. */
  readonly ref: GpuStreamRef;

  /** @throws DeviceError without a GPU */
  constructor(options: GpuStreamOptions = {}) {
    checkOptions("new GpuStream", options, STREAM_OPTIONS);
    const { device, priority = "normal" } = options;
    this.ref = requireCuda("a stream").createStream(priority === "high", gpuIndex(device));
  }

  /** The stream that work goes to now. */
  static current(device?: string): GpuStream {
    return GpuStream.#of(requireCuda("a stream").currentStream(gpuIndex(device)));
  }
  /** The stream that work goes to when nothing else is said. */
  static default(device?: string): GpuStream {
    return GpuStream.#of(requireCuda("a stream").defaultStream(gpuIndex(device)));
  }
  static #of(ref: GpuStreamRef): GpuStream {
    return Object.assign(Object.create(GpuStream.prototype) as GpuStream, { ref });
  }

  /** "cuda:0". */
  get device(): string {
    return `cuda:${cuda().streamDevice(this.ref)}`;
  }
  /** True when all its work is done. */
  isIdle(): boolean {
    return cuda().streamIsIdle(this.ref);
  }
  /** Blocks the host until all its work is done. */
  synchronize(): void {
    cuda().synchronizeStream(this.ref);
  }
  /** Work given to this stream from now on starts after `event`. */
  waitEvent(event: GpuEvent): void {
    event.wait(this);
  }
  /** Work given to this stream from now on starts after all that `other` has been given so far. */
  waitStream(other: GpuStream): void {
    this.waitEvent(new GpuEvent().record(other));
  }
}

/** A point in a stream's work. */
export class GpuEvent {
  readonly #ref: GpuEventRef;

  /** @param options `timing`: also take the time, which costs a little. Default false. */
  constructor(options: { readonly timing?: boolean } = {}) {
    checkOptions("new GpuEvent", options, EVENT_OPTIONS);
    this.#ref = requireCuda("an event").createEvent(options.timing ?? false);
  }

  /** Marks what the stream (default: the current one) has been given so far. */
  record(stream?: GpuStream): this {
    cuda().recordEvent(this.#ref, stream?.ref);
    return this;
  }
  /** Work given to the stream (default: the current one) from now on starts after this event. */
  wait(stream?: GpuStream): void {
    cuda().waitEvent(this.#ref, stream?.ref);
  }
  /** True when the marked work is done. */
  isDone(): boolean {
    return cuda().eventIsDone(this.#ref);
  }
  /** Blocks the host until the marked work is done. */
  synchronize(): void {
    cuda().synchronizeEvent(this.#ref);
  }
  /** Milliseconds from this event to `end`, both with timing; blocks the host until `end` is done. */
  millisecondsUntil(end: GpuEvent): number {
    return native.gpuMillisecondsBetween?.(this.#ref, end.#ref) ?? Number.NaN;
  }
}

/** A call of `withStream` under way: the streams that were current on the current device and on the stream's own. */
interface Visit {
  readonly stream: GpuStream;
  readonly before: GpuStream;
  readonly there: GpuStream;
}

const visits: Visit[] = [];

/** Runs `body`, which must not be async, with `stream` as the current one. */
export function withStream<T>(stream: GpuStream, body: () => T): T {
  requireValue("withStream: stream", stream, aStream);
  requireValue("withStream: body", body, callback);
  const before = GpuStream.current();
  const there = GpuStream.current(stream.device);
  visits.push({ stream, before, there });
  try {
    cuda().setStream(stream.ref);
    return body();
  } finally {
    leaveStream();
  }
}

whenCutOff(() => {
  for (const { stream } of visits) stream.synchronize(); // nobody else waits for what it was given
  while (visits.length > 0) leaveStream();
});

function leaveStream(): void {
  const visit = visits.pop();
  if (visit === undefined) return;
  cuda().setStream(visit.there.ref);
  cuda().setStream(visit.before.ref);
}

/** Keeps the memory of a tensor from being reused, once freed, before `stream` has passed this point. */
export function recordStream(tensor: Tensor, stream: GpuStream): void {
  requireValue("recordStream: tensor", tensor, aTensor);
  requireValue("recordStream: stream", stream, aStream);
  cuda().recordStream(tensor.handle, stream.ref);
}

export const aStream = kind<GpuStream>("a GpuStream", (value) => value instanceof GpuStream);

function cuda(): ReturnType<typeof requireCuda> {
  return requireCuda("a stream");
}
