// A tensor of a GGUF file, dequantised piece by piece into the memory where it is wanted.
import { empty, fromBytes } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { DEQUANTIZE } from "./dequantize.js";
import type { GgufEntry, GgufFile } from "./gguf-file.js";

/** Numbers that are dequantised at once; what is made on the way takes some 50 bytes for each. */
const PIECE = 2 ** 20;

export interface Wanted {
  readonly dtype: DType;
  readonly device: string;
  /** As `Wish.via`. */
  readonly via?: DType | undefined;
}

/** @param wanted what to make of it */
export function ggufTensor(file: GgufFile, entry: GgufEntry, wanted: Wanted): Tensor {
  const { dtype, device } = wanted;
  const whole = empty(entry.shape, { dtype, device });
  const { block, bytes, name } = entry.type;
  const dequantize = DEQUANTIZE[name] as (blocks: Tensor) => Tensor;
  const numBlocks = entry.bytes / bytes;
  const most = PIECE / block;
  for (let begin = 0; begin < numBlocks; begin += most) {
    const count = Math.min(most, numBlocks - begin);
    const piece = new Uint8Array(count * bytes);
    file.readInto(entry, begin * bytes, piece);
    scoped(() =>
      noGrad(() => {
        const numbers = dequantize(fromBytes(piece, [count, bytes], "uint8")).reshape([-1]);
        whole
          .view([-1])
          .narrow(0, begin * block, count * block)
          .copy_(wanted.via === undefined ? numbers : numbers.to(wanted.via));
      }),
    );
  }
  file.requireUnchanged();
  return whole;
}
