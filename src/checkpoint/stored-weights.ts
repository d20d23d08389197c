// Weights as a model is filled from them, whatever format they are stored in: named tensors whose shapes are known, each made when it
// is asked for.
import path from "node:path";
import { sampleDigest } from "../files/sample-digest.js";
import { hubName } from "../hub/cache-link.js";
import type { Tensor } from "../tensor/tensor.js";
import { tensorIn, type Wish } from "./assemble.js";
import type { TensorEntry } from "./safetensors-header.js";
import type { WeightsFolder } from "./weights-folder.js";

/** A linear layer whose weight is stored in NF4: its parts have the names that they have in `Nf4Linear`. */
export interface Nf4Layer {
  readonly shape: readonly [outFeatures: number, inFeatures: number];
  /** Whether magnitudes are codes too. */
  readonly isDouble: boolean;
}

/** Named tensors of a folder or a file. */
export interface StoredWeights extends Disposable {
  /** Where they are, for errors. */
  readonly path: string;
  /** What a person calls the model: the folder, the file, or its name on the Hub. */
  readonly place: string;
  readonly names: readonly string[];
  /** Linear layers whose weights are stored in NF4, by name; undefined: none. */
  readonly nf4Layers?: ReadonlyMap<string, Nf4Layer>;
  has(name: string): boolean;
  entry(name: string): Pick<TensorEntry, "dtype" | "shape">;
  tensor(name: string, wish?: Wish): Tensor;
  /** Tells the tensor from others by its type, its shape and a sample of its bytes: all of a small one, some of any other. */
  digest(name: string): string;
  /** They are closed by being disposed of alone, also when the cell is cut off that opened them. */
  keepOpen(): void;
}

/** Those of a folder of safetensors. */
export function folderWeights(folder: WeightsFolder): StoredWeights {
  return {
    path: folder.folder,
    place: hubName(folder.folder) ?? path.resolve(folder.folder),
    names: folder.names,
    has: (name) => folder.has(name),
    entry: (name) => folder.entry(name),
    tensor: (name, wish) => tensorIn(folder.fileOf(name), name, wish),
    digest(name) {
      const file = folder.fileOf(name);
      const { dtype, shape, begin, end } = file.entry(name);
      const read = (at: number, bytes: Uint8Array) => file.readInto(name, at, bytes);
      return sampleDigest(`${dtype} ${shape}`, end - begin, read);
    },
    keepOpen: () => folder.keepOpen(),
    [Symbol.dispose]: () => folder.close(),
  };
}
