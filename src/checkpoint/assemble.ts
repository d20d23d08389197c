// A tensor from the pieces in which files give it: none of them is larger than a buffer may be.
import { empty, fromBytes } from "../tensor/create.js";
import { itemSize } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { engineDtypeOf } from "./dtypes.js";
import type { Found, StoredTensor, StoredTensors } from "./parts-folder.js";
import { flatRegion, numElements } from "./region.js";
import type { SafetensorsFile } from "./safetensors.js";
import { piecesOfRange } from "./tensor-part.js";

/** A tensor of a file, on the CPU. */
export function tensorIn(file: SafetensorsFile, name: string): Tensor {
  const { dtype, shape } = file.entry(name);
  const itemBytes = itemSize(engineDtypeOf(dtype));
  function* pieces(): Generator<Found> {
    for (const { begin, end } of piecesOfRange(numElements(shape), dtype))
      yield { to: begin, bytes: file.readRange(name, begin * itemBytes, end * itemBytes) };
  }
  return assembled({ dtype, shape }, pieces());
}

/** A whole tensor of a set of parts, on the CPU. */
export function storedTensor(parts: StoredTensors, name: string): Tensor {
  const stored = parts.tensor(name) as StoredTensor;
  return assembled(stored, parts.read(name, flatRegion(stored.shape)));
}

function assembled({ dtype: stored, shape }: StoredTensor, pieces: Iterable<Found>): Tensor {
  const dtype = engineDtypeOf(stored);
  let whole: Tensor | undefined;
  for (const { to, bytes } of pieces) {
    const count = bytes.length / itemSize(dtype);
    if (count === numElements(shape)) {
      whole = fromBytes(bytes, shape, dtype);
      continue;
    }
    whole ??= empty(shape, { dtype });
    put(fromBytes(bytes, [count], dtype), whole, to);
  }
  return whole ?? empty(shape, { dtype });
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
