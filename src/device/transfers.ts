// Copies between host and GPU that run beside computation: they need pinned host memory and a stream of their own, and each says
// when its numbers may be used. Between tensors of the host the same calls are plain copies, done when they return.
import { kind, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aDevice, aTensor } from "../tensor/arguments.js";
import { empty } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { gpuIndex, requireCuda } from "./device-error.js";
import { emptyPinned, requirePinned } from "./pinned.js";
import { aStream, GpuEvent, GpuStream, recordStream, withStream } from "./streams.js";

/** A copy under way. Until it is done its source may be freed, and must not be changed. */
export class Transfer {
  readonly #tensor: Tensor;
  /** Undefined: done already. */
  readonly #done: GpuEvent | undefined;

  constructor(tensor: Tensor, done?: GpuEvent) {
    this.#tensor = tensor;
    this.#done = done;
  }

  /** The copy. To the GPU: work given to the current stream from now on sees it. To the host: it is there. */
  wait(): Tensor {
    if (this.#done === undefined) return this.#tensor;
    if (isOnGpu(this.#tensor)) {
      this.#done.wait();
      recordStream(this.#tensor, GpuStream.current(this.#tensor.device));
    } else {
      this.#done.synchronize();
    }
    return this.#tensor;
  }

  /** Whether the numbers have arrived; does not wait. */
  isDone(): boolean {
    return this.#done?.isDone() ?? true;
  }

  /** Blocks the host until the numbers have arrived: source and copy may be written again. */
  synchronize(): void {
    this.#done?.synchronize();
  }
}

/** Options of `copyAsync`. */
export interface CopyOptions {
  /** The one that copies; default: one kept for copies to and from that GPU. */
  readonly stream?: GpuStream;
  /** The copy begins after this; default: after what the current stream was given so far, which may use either tensor. */
  readonly after?: GpuEvent;
}

const anEvent = kind<GpuEvent>("a GpuEvent", (value) => value instanceof GpuEvent);
const COPY_OPTIONS: OptionTable<CopyOptions> = { stream: aStream, after: anEvent };

const copyStreams = new Map<string, GpuStream>();

/**
 * Copies `source` to `into`, of the same shape, beside what the GPU computes. Memory of a GPU that either holds is not used again
 * before the copy is done, also when its tensor is freed.
 * @throws DeviceError when one is on a GPU and the other in host memory that is not pinned, because the copy would then block
 */
export function copyAsync(source: Tensor, into: Tensor, options: CopyOptions = {}): Transfer {
  requireValue("copyAsync: source", source, aTensor);
  requireValue("copyAsync: into", into, aTensor);
  checkOptions("copyAsync", options, COPY_OPTIONS);
  const onGpu = [source, into].filter(isOnGpu);
  const [gpu] = onGpu;
  if (gpu === undefined) {
    into.copy_(source);
    return new Transfer(into);
  }
  for (const tensor of [source, into]) if (!isOnGpu(tensor)) requirePinned(tensor, "copyAsync");
  const { stream = copyStream(gpu.device), after = markOf(gpu.device) } = options;
  stream.waitEvent(after);
  withStream(stream, () => into.copy_(source, { nonBlocking: true }));
  for (const tensor of onGpu) recordStream(tensor, stream);
  return new Transfer(into, new GpuEvent().record(stream));
}

/**
 * Copies a pinned CPU tensor to a GPU beside what runs there.
 * @param options `stream`: the one that copies; default: one kept for copies to that GPU
 * @throws DeviceError when the tensor is not pinned, because the copy would then block
 */
export function uploadAsync(
  source: Tensor,
  device: string,
  options: { readonly stream?: GpuStream } = {},
): Transfer {
  requireValue("uploadAsync: source", source, aTensor);
  requireValue("uploadAsync: device", device, aDevice);
  checkOptions("uploadAsync", options, { stream: aStream });
  const { stream = copyStream(device) } = options;
  requirePinned(source, "uploadAsync");
  const make = () => empty(source.shape, { dtype: source.dtype, device });
  return copyAsync(source, withStream(stream, make), { stream, after: markOf(stream) });
}

/**
 * Copies a tensor from its GPU into pinned host memory, after the work given so far and beside what follows.
 * @param options `into`: a pinned tensor of the same shape and dtype to write to; `stream`: the one that copies
 * @throws DeviceError when `into` is not pinned
 */
export function downloadAsync(
  source: Tensor,
  options: { readonly into?: Tensor; readonly stream?: GpuStream } = {},
): Transfer {
  requireValue("downloadAsync: source", source, aTensor);
  checkOptions("downloadAsync", options, { into: aTensor, stream: aStream });
  const { into = emptyPinned(source.shape, source.dtype), ...rest } = options;
  return copyAsync(source, into, rest);
}

function isOnGpu({ device }: Tensor): boolean {
  return device.startsWith("cuda");
}

/** What a stream, or the current one of a device, was given so far. */
function markOf(of: string | GpuStream): GpuEvent {
  return new GpuEvent().record(typeof of === "string" ? GpuStream.current(of) : of);
}

function copyStream(device: string): GpuStream {
  const cuda = requireCuda("an asynchronous copy");
  const name = `cuda:${gpuIndex(device) ?? cuda.currentDevice()}`;
  let stream = copyStreams.get(name);
  if (stream === undefined) {
    stream = new GpuStream({ device: name });
    copyStreams.set(name, stream);
  }
  return stream;
}
