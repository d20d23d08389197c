// A rank's parts as a file of safetensors with an index beside it.

import { numElements } from "../tensor/element-range.js";
import type { StoredPart } from "./parts-index.js";
import type { PlannedFile, TensorFile } from "./planned-file.js";
import type { TensorSource } from "./safetensors-writer.js";
import { placeOf } from "./sharded-index.js";
import { piecesOf, type TensorPart } from "./tensor-part.js";

/** Which of a set of files: `state-00001-of-00002` is the first of two. */
export interface PartsPlace {
  readonly stem: string;
  readonly index: number;
  readonly count: number;
}

export function partsFile(parts: Iterable<TensorPart>, place: PartsPlace): PlannedFile {
  const numOf = new Map<string, number>();
  const sources: TensorSource[] = [];
  const list: StoredPart[] = [];
  for (const part of parts) {
    const { name, dtype, shape, region } = part;
    const number = numOf.get(name) ?? 0;
    numOf.set(name, number + 1);
    const stored = number === 0 ? name : `${name}#${number}`;
    sources.push({ name: stored, dtype, shape: shapeIn(part), bytes: () => piecesOf(part) });
    list.push({ stored, name, shape, region });
  }
  const name = nameOf(place);
  const file: TensorFile = {
    name: `${name}.safetensors`,
    sources,
    parts: { name: `${name}.json`, list },
  };
  return file;
}

/** "state-00001-of-00002", without an ending. */
export function nameOf({ stem, index, count }: PartsPlace): string {
  return `${stem}-${placeOf(index, count)}`;
}

/** A box as it is; a range of one has no shape but its length. */
function shapeIn({ region: { size, begin, end } }: TensorPart): readonly number[] {
  return end - begin === numElements(size) ? size : [end - begin];
}
