// Copies between host and GPU that run beside computation. They need pinned host memory, which the GPU reads by itself,
// and a stream of their own; each says when its numbers may be used.
import { requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { native } from "../native/native.js";
import { aDevice, aDType, aShape, aTensor } from "../tensor/arguments.js";
import { empty } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { DeviceError, gpuIndex, requireCuda } from "./device-error.js";
import { aStream, GpuEvent, GpuStream, recordStream, withStream } from "./streams.js";

/** A copy of a CPU tensor in pinned memory; the tensor itself when it is pinned already. */
export function pinMemory(tensor: Tensor): Tensor {
  requireValue("pinMemory: tensor", tensor, aTensor);
  requireCuda("pinned memory");
  if (isPinned(tensor)) return tensor;
  const pinned = emptyPinned(tensor.shape, tensor.dtype);
  pinned.copy_(tensor);
  return pinned;
}

/** True for a CPU tensor in pinned memory. */
export function isPinned(tensor: Tensor): boolean {
  requireValue("isPinned: tensor", tensor, aTensor);
  if (native.numGpus() === 0 || tensor.device !== "cpu") return false;
  return tensor.isPinned();
}

/** A CPU tensor in pinned memory, of undefined content. */
export function emptyPinned(shape: readonly number[], dtype: DType = "float32"): Tensor {
  requireValue("emptyPinned: shape", shape, aShape);
  requireValue("emptyPinned: dtype", dtype, aDType);
  requireCuda("pinned memory");
  return empty(shape, { dtype, pinMemory: true });
}

/** A copy under way; its source may be freed, and must not be changed, before `wait`. */
export class Transfer {
  readonly #tensor: Tensor;
  readonly #finish: (tensor: Tensor) => void;

  constructor(tensor: Tensor, finish: (tensor: Tensor) => void) {
    this.#tensor = tensor;
    this.#finish = finish;
  }

  /** The copy. To the GPU: work given to the current stream from now on sees it. To the host: it is there. */
  wait(): Tensor {
    this.#finish(this.#tensor);
    return this.#tensor;
  }
}

const copyStreams = new Map<string, GpuStream>();

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
  const copy = withStream(stream, () => {
    const target = empty(source.shape, { dtype: source.dtype, device });
    target.copy_(source, { nonBlocking: true });
    return target;
  });
  const done = new GpuEvent().record(stream);
  return new Transfer(copy, () => {
    done.wait();
    recordStream(copy, GpuStream.current(device));
  });
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
  const { into = emptyPinned(source.shape, source.dtype), stream = copyStream(source.device) } =
    options;
  requirePinned(into, "downloadAsync({ into })");
  stream.waitStream(GpuStream.current(source.device));
  withStream(stream, () => into.copy_(source, { nonBlocking: true }));
  recordStream(source, stream);
  const done = new GpuEvent().record(stream);
  return new Transfer(into, () => done.synchronize());
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

function requirePinned(tensor: Tensor, what: string): void {
  requireCuda(what);
  if (isPinned(tensor)) return;
  throw new DeviceError(
    `${what} needs a CPU tensor in pinned memory, got one on ${tensor.device}${tensor.device === "cpu" ? " that is not pinned" : ""}; ` +
      "use pinMemory(tensor) or emptyPinned(shape, dtype)",
  );
}
