// Reading parts, whoever wrote them: the files of all ranks seen as one set of named whole tensors, of which a reader asks for the
// regions that it holds. What the indexes say is checked when they are opened, digests as parts are read.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { numElements, type Range } from "../tensor/element-range.js";
import { CheckpointError } from "./checkpoint-error.js";
import { bitsOfDtype } from "./dtypes.js";
import { nameOf } from "./parts-file.js";
import { type IndexedPart, readPartsIndex } from "./parts-index.js";
import { overlaps, type Region, runsOf } from "./region.js";
import { SafetensorsFile } from "./safetensors.js";
import { piecesOfRange } from "./tensor-part.js";

/** Bytes of a region that was asked for. */
export interface Found {
  /** Place of the first element in the region. */
  readonly to: number;
  readonly bytes: Uint8Array;
}

/** A tensor of which parts are stored. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** Named whole tensors, however they are stored. */
export interface StoredTensors extends Disposable {
  /** A file, for errors. */
  readonly path: string;
  readonly names: readonly string[];
  /** Dtype and shape of a whole tensor; undefined where there is none of that name. */
  tensor(name: string): StoredTensor | undefined;
  /** The elements of a region, in pieces, from whatever parts hold them. */
  read(name: string, wanted: Region): Iterable<Found>;
}

interface Place extends IndexedPart {
  readonly file: SafetensorsFile;
}

/** The open files of a set of parts. */
export class PartsFolder implements StoredTensors {
  /** Of the first index. */
  readonly path: string;
  readonly #files: readonly SafetensorsFile[];
  readonly #places: ReadonlyMap<string, readonly Place[]>;

  private constructor(path: string, files: readonly SafetensorsFile[], places: readonly Place[]) {
    this.path = path;
    this.#files = files;
    const byName = new Map<string, Place[]>();
    for (const place of places) byName.set(place.name, [...(byName.get(place.name) ?? []), place]);
    this.#places = byName;
  }

  /**
   * Opens all files of a set, `STEM-00001-of-00002` and so on.
   * @throws CheckpointError when one is missing or damaged, or when they do not make up whole tensors
   */
  static open(folder: string, stem: string): PartsFolder {
    const names = namesIn(folder, stem);
    const first = path.join(folder, `${names[0]}.json`);
    const files: SafetensorsFile[] = [];
    try {
      const places = names.flatMap((name) => {
        const file = SafetensorsFile.open(path.join(folder, `${name}.safetensors`));
        files.push(file);
        return placesIn(file, path.join(folder, `${name}.json`));
      });
      const set = new PartsFolder(first, files, places);
      for (const [name, of] of set.#places) requireWhole(name, of, first);
      return set;
    } catch (error) {
      for (const file of files) file.close();
      throw error;
    }
  }

  get names(): string[] {
    return [...this.#places.keys()];
  }

  tensor(name: string): StoredTensor | undefined {
    const [first] = this.#places.get(name) ?? [];
    return first && { dtype: first.file.entry(first.stored).dtype, shape: first.shape };
  }

  *read(name: string, wanted: Region): Generator<Found> {
    for (const place of this.#places.get(name) ?? []) yield* readPart(place, wanted);
  }

  [Symbol.dispose](): void {
    for (const file of this.#files) file.close();
  }
}

/** The names of a set's files without their endings. */
function namesIn(folder: string, stem: string): string[] {
  const place = /^\d{5}-of-(\d{5})\.json$/;
  const counts = fs.readdirSync(folder).flatMap((name) => {
    const isOfSet = name.startsWith(`${stem}-`);
    const count = isOfSet ? place.exec(name.slice(stem.length + 1))?.[1] : undefined;
    return count === undefined ? [] : Number(count);
  });
  const [count] = new Set(counts);
  if (count === undefined)
    throw new CheckpointError(`holds no ${stem}-00001-of-*.json; it is incomplete`, {
      path: folder,
    });
  if (counts.some((other) => other !== count))
    throw new CheckpointError(
      `holds ${stem} files of several saves, of ${[...new Set(counts)].join(" and of ")} files; remove those of one`,
      { path: folder },
    );
  return Array.from({ length: count }, (_, index) => nameOf({ stem, index, count }));
}

function placesIn(file: SafetensorsFile, index: string): Place[] {
  const parts = readPartsIndex(index);
  const listed = new Set(parts.map(({ stored }) => stored));
  const fail = (problem: string): never => {
    throw new CheckpointError(problem, { path: index });
  };
  if (listed.size < parts.length) fail("names a tensor of its file twice");
  const extra = [...file.tensors.keys()].find((name) => !listed.has(name));
  if (extra !== undefined) fail(`does not name ${JSON.stringify(extra)}, which its file holds`);
  return parts.map((part) => {
    const { shape } = file.entry(part.stored);
    const [held, wanted] = [numElements(shape), part.region.end - part.region.begin];
    if (held === wanted) return { ...part, file };
    return fail(
      `says that ${JSON.stringify(part.stored)} has ${wanted} elements, its file ${held}`,
    );
  });
}

/** Each element of a whole tensor is in one part, and in one only. */
function requireWhole(name: string, parts: readonly Place[], path: string): void {
  const [{ shape, file, stored }] = parts as [Place];
  const { dtype } = file.entry(stored);
  const fail = (problem: string): never => {
    throw new CheckpointError(`the parts of ${JSON.stringify(name)} ${problem}`, { path });
  };
  for (const part of parts) {
    if (part.shape.join() !== shape.join())
      fail(`are of tensors [${shape.join(", ")}] and [${part.shape.join(", ")}]`);
    const other = part.file.entry(part.stored).dtype;
    if (other !== dtype) fail(`are of types ${dtype} and ${other}`);
  }
  const runs = parts.flatMap(({ region }) => [...runsOf(region, shape)]);
  let position = 0;
  for (const { at, count } of runs.sort((a, b) => a.at - b.at)) {
    if (at < position) fail(`hold element ${at} twice`);
    if (at > position) break;
    position += count;
  }
  if (position < numElements(shape)) fail(`lack element ${position} of ${numElements(shape)}`);
}

/** The digest is checked of a part that is read whole. */
function* readPart(
  { file, stored, region, shape, sha256 }: Place,
  wanted: Region,
): Generator<Found> {
  const { dtype } = file.entry(stored);
  const itemBytes = (bitsOfDtype(dtype) as number) / 8;
  const hash = createHash("sha256");
  let isWhole = true;
  for (const piece of piecesOfRange(region.end - region.begin, dtype)) {
    const found = [...overlaps(within(region, piece), wanted, shape)];
    if (found.length === 0) {
      isWhole = false;
      continue;
    }
    const bytes = file.readRange(stored, piece.begin * itemBytes, piece.end * itemBytes);
    hash.update(bytes);
    for (const { from, to, count } of found)
      yield { to, bytes: bytes.subarray(from * itemBytes, (from + count) * itemBytes) };
  }
  if (!isWhole || hash.digest("hex") === sha256) return;
  throw new CheckpointError(
    `tensor ${JSON.stringify(stored)} is damaged: its SHA-256 differs from that of its index`,
    { path: file.path },
  );
}

function within(region: Region, { begin, end }: Range): Region {
  return { ...region, begin: region.begin + begin, end: region.begin + end };
}
