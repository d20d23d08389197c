// Weights as a model is filled from them, whatever format they are stored in: named tensors whose shapes are known, each made when it
// is asked for.
import type { Tensor } from "../tensor/tensor.js";
import { tensorIn, type Wish } from "./assemble.js";
import type { TensorEntry } from "./safetensors-header.js";
import type { WeightsFolder } from "./weights-folder.js";

/** Named tensors of a folder or a file. */
export interface StoredWeights extends Disposable {
  /** Where they are, for errors. */
  readonly path: string;
  readonly names: readonly string[];
  has(name: string): boolean;
  entry(name: string): Pick<TensorEntry, "dtype" | "shape">;
  tensor(name: string, wish?: Wish): Tensor;
}

/** Those of a folder of safetensors. */
export function folderWeights(folder: WeightsFolder): StoredWeights {
  return {
    path: folder.folder,
    names: folder.names,
    has: (name) => folder.has(name),
    entry: (name) => folder.entry(name),
    tensor: (name, wish) => tensorIn(folder.fileOf(name), name, wish),
    [Symbol.dispose]: () => folder.close(),
  };
}
