// A tensor of a file, made where it is wanted and as it is wanted: its bytes pass through small buffers, so that nothing of its
// size is held beside it. On the way to a GPU one buffer is copied while the next is read.
import { HostBuffers } from "../device/host-buffers.js";
import { uploadAsync } from "../device/transfers.js";
import { openEffect } from "../host/index.js";
import { empty, fromBytes } from "../tensor/create.js";
import { type DType, itemSize } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { engineDtypeOf } from "./dtypes.js";
import type { StoredTensor, StoredTensors } from "./parts-folder.js";
import { flatRegion } from "./region.js";
import type { SafetensorsFile } from "./safetensors.js";

/** Small enough that a processor's cache still has what was read when it is converted. */
const BUFFER_BYTES = 4 * 2 ** 20;
let buffer: Uint8Array<ArrayBuffer> | undefined;

/** What is to be made of a tensor of a file. */
export interface Wish {
  /** Default: as it is stored. */
  readonly dtype?: DType | undefined;
  /** Default "cpu". */
  readonly device?: string | undefined;
  /** A type that numbers are rounded to before. */
  readonly via?: DType | undefined;
}

/** A tensor of a file. */
export function tensorIn(file: SafetensorsFile, name: string, wish: Wish = {}): Tensor {
  const stored = engineDtypeOf(file.entry(name).dtype);
  const { dtype = stored, device = "cpu", via } = wish;
  const whole = empty(file.entry(name).shape, { dtype, device });
  const reading = { file, name, stored, via };
  if (device.startsWith("cuda")) upload(reading, whole);
  else read(reading, whole);
  file.requireUnchanged();
  return whole;
}

/** Numbers in the type that was wished. */
export function converted(numbers: Tensor, { dtype = numbers.dtype, via = numbers.dtype }: Wish) {
  return numbers.to(via).to(dtype);
}

interface Reading {
  readonly file: SafetensorsFile;
  readonly name: string;
  readonly stored: DType;
  readonly via: DType | undefined;
}

function read({ file, name, stored, via }: Reading, whole: Tensor): void {
  buffer ??= new Uint8Array(BUFFER_BYTES);
  for (const { begin, bytes } of piecesOf(whole.numel * itemSize(stored), BUFFER_BYTES)) {
    const piece = buffer.subarray(0, bytes);
    file.readInto(name, begin, piece);
    const elements = fromBytes(piece, [bytes / itemSize(stored)], stored);
    put(elements, whole, { to: begin / itemSize(stored), via });
  }
}

function upload({ file, name, stored, via }: Reading, whole: Tensor): void {
  const numBytes = whole.numel * itemSize(stored);
  if (numBytes === 0) return;
  buffer ??= new Uint8Array(BUFFER_BYTES);
  const buffers = new HostBuffers({ bytes: Math.min(numBytes, BUFFER_BYTES) });
  using _ = openEffect(() => buffers.dispose(), "call");
  for (const { begin, bytes } of piecesOf(numBytes, BUFFER_BYTES)) {
    const piece = buffer.subarray(0, bytes);
    file.readInto(name, begin, piece); // not into pinned memory: V8 would hold that until it collects what it read through
    const staged = buffers.take([bytes], "uint8");
    scoped(() => void staged.copy_(fromBytes(piece, [bytes], "uint8")));
    const transfer = uploadAsync(staged, whole.device);
    const uploaded = transfer.wait();
    put(uploaded.view({ dtype: stored }), whole, { to: begin / itemSize(stored), via });
    uploaded.dispose();
    buffers.giveBack(staged, transfer);
  }
}

function* piecesOf(numBytes: number, most: number): Generator<{ begin: number; bytes: number }> {
  for (let begin = 0; begin < numBytes; begin += most)
    yield { begin, bytes: Math.min(most, numBytes - begin) };
}

/** A whole tensor of a set of parts, on the CPU. */
export function storedTensor(parts: StoredTensors, name: string): Tensor {
  const { dtype: stored, shape } = parts.tensor(name) as StoredTensor;
  const dtype = engineDtypeOf(stored);
  const whole = empty(shape, { dtype });
  for (const { to, bytes } of parts.read(name, flatRegion(shape)))
    put(fromBytes(bytes, [bytes.length / itemSize(dtype)], dtype), whole, { to });
  return whole;
}

/** Writes elements into a tensor from its element `to` on, and frees them. */
function put(
  elements: Tensor,
  whole: Tensor,
  { to, via = elements.dtype }: { readonly to: number; readonly via?: DType | undefined },
): void {
  scoped(() =>
    noGrad(() => {
      whole.view([-1]).narrow(0, to, elements.numel).copy_(elements.to(via));
    }),
  );
  elements.dispose();
}
