// What is to be written as data: each rank plans the files that it writes, then writes them at once or from a copy of the
// tensors in the background.
import { createHash, type Hash } from "node:crypto";
import path from "node:path";
import { replaceFile } from "./durable-files.js";
import type { Fingerprints } from "./fingerprint.js";
import { indexOfParts, type StoredPart } from "./parts-index.js";
import { storeSafetensors, type TensorSource } from "./safetensors-writer.js";

/** A file of a few bytes, such as a configuration. */
export interface SmallFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** A file of tensors. */
export interface TensorFile<Source = TensorSource> {
  /** With its ending, ".safetensors". */
  readonly name: string;
  readonly sources: readonly Source[];
  /** Of what whole tensors the file's are parts; it is written beside the file, with digests. */
  readonly parts?: { readonly name: string; readonly list: readonly StoredPart[] };
}

export type PlannedFile<Source = TensorSource> = SmallFile | TensorFile<Source>;

/** Those that one of several ranks writes where all hold the same: files of tensors in turn, the others by the first. */
export function ownFiles(
  files: readonly PlannedFile[],
  { rank, numRanks }: { readonly rank: number; readonly numRanks: number },
): PlannedFile[] {
  const small = files.filter((file) => "content" in file);
  const tensors = files.filter((file) => "sources" in file);
  return [...tensors.filter((_, index) => index % numRanks === rank), ...(rank === 0 ? small : [])];
}

/** Writes files into an existing folder; each is whole or absent. */
export function writeFiles(folder: string, files: readonly PlannedFile[]): Fingerprints {
  return Object.assign(
    {},
    ...files.map((file) =>
      "content" in file ? writeSmall(folder, file) : writeTensors(folder, file),
    ),
  ) as Fingerprints;
}

function writeTensors(folder: string, { name, sources, parts }: TensorFile): Fingerprints {
  const file = path.join(folder, name);
  if (parts === undefined) return { [name]: storeSafetensors(file, sources) };
  const hashes = new Map<string, Hash>();
  const hashed = sources.map((source) => {
    const hash = createHash("sha256");
    hashes.set(source.name, hash);
    return { ...source, bytes: () => hashing(source.bytes(), hash) };
  });
  const fingerprint = storeSafetensors(file, hashed);
  const digestOf = (stored: string) => (hashes.get(stored) as Hash).digest("hex");
  const index = { name: parts.name, content: indexOfParts(parts.list, digestOf) };
  return { [name]: fingerprint, ...writeSmall(folder, index) };
}

/** The digest is of what was in memory, not of what a disk gives back. */
function* hashing(given: Uint8Array | Iterable<Uint8Array>, hash: Hash): Generator<Uint8Array> {
  for (const piece of given instanceof Uint8Array ? [given] : given) {
    hash.update(piece);
    yield piece;
  }
}

function writeSmall(folder: string, { name, content }: SmallFile): Fingerprints {
  return {
    [name]: replaceFile(path.join(folder, name), (into) => into.write(Buffer.from(content))),
  };
}
