// A tensor of a file, made where it is wanted and as it is wanted: its bytes pass through one small buffer, so that nothing of its
// size is held beside it.
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
  readonly dtype?: DType;
  /** Default "cpu". */
  readonly device?: string;
}

/** A tensor of a file. */
export function tensorIn(file: SafetensorsFile, name: string, wish: Wish = {}): Tensor {
  const stored = engineDtypeOf(file.entry(name).dtype);
  const whole = empty(file.entry(name).shape, { dtype: stored, device: "cpu", ...wish });
  buffer ??= new Uint8Array(BUFFER_BYTES);
  const [bytes, count] = [itemSize(stored), whole.numel];
  const most = BUFFER_BYTES / bytes;
  for (let begin = 0; begin < count; begin += most) {
    const piece = buffer.subarray(0, Math.min(most, count - begin) * bytes);
    file.readInto(name, begin * bytes, piece);
    put(fromBytes(piece, [piece.length / bytes], stored), whole, begin);
  }
  return whole;
}

/** A whole tensor of a set of parts, on the CPU. */
export function storedTensor(parts: StoredTensors, name: string): Tensor {
  const { dtype: stored, shape } = parts.tensor(name) as StoredTensor;
  const dtype = engineDtypeOf(stored);
  const whole = empty(shape, { dtype });
  for (const { to, bytes } of parts.read(name, flatRegion(shape)))
    put(fromBytes(bytes, [bytes.length / itemSize(dtype)], dtype), whole, to);
  return whole;
}

/** Writes elements into a tensor from its element `to` on, and frees them. */
function put(elements: Tensor, whole: Tensor, to: number): void {
  scoped(() =>
    noGrad(() => {
      whole.view([-1]).narrow(0, to, elements.numel).copy_(elements);
    }),
  );
  elements.dispose();
}
