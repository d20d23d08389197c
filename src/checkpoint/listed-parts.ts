// Parts that are whole tensors each, under the contract of PartsFolder: for what is stored in other ways.
import type { Found, StoredTensor, StoredTensors } from "./parts-folder.js";
import type { SafetensorsFile } from "./safetensors.js";
import { piecesOfRange, type TensorPart } from "./tensor-part.js";

export class ListedParts implements StoredTensors {
  readonly path: string;
  readonly #parts: ReadonlyMap<string, TensorPart>;
  readonly #files: readonly SafetensorsFile[];

  /** @param files that the parts read from, closed with the list */
  constructor(path: string, parts: readonly TensorPart[], files: readonly SafetensorsFile[]) {
    this.path = path;
    this.#parts = new Map(parts.map((part) => [part.name, part]));
    this.#files = files;
  }

  get names(): string[] {
    return [...this.#parts.keys()];
  }

  tensor(name: string): StoredTensor | undefined {
    return this.#parts.get(name);
  }

  /** All elements, whatever region is asked for: these are read whole. */
  *read(name: string): Generator<Found> {
    const part = this.#parts.get(name);
    if (part === undefined) return;
    for (const range of piecesOfRange(part.region.end, part.dtype))
      yield { to: range.begin, bytes: part.read(range) };
  }

  [Symbol.dispose](): void {
    for (const file of this.#files) file.close();
  }
}
