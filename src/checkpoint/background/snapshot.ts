// Planned files with copies of their tensors, which training no longer changes and a thread may own.
import type { PlannedFile } from "../planned-file.js";
import type { TensorSource } from "../safetensors-writer.js";

/** A tensor as bytes. */
interface CopiedSource extends Omit<TensorSource, "bytes"> {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

export type Snapshot = readonly PlannedFile<CopiedSource>[];

/** Copies every tensor; a GPU is waited for. */
export function snapshotOf(files: readonly PlannedFile[]): Snapshot {
  return files.map((file) =>
    "sources" in file ? { ...file, sources: file.sources.map(copied) } : file,
  );
}

/** What a thread takes over instead of copying it again. */
export function buffersOf(snapshot: Snapshot): ArrayBuffer[] {
  return snapshot.flatMap((file) =>
    "sources" in file
      ? file.sources.flatMap(({ pieces }) => pieces.map(({ buffer }) => buffer))
      : [],
  );
}

export function filesOf(snapshot: Snapshot): PlannedFile[] {
  return snapshot.map((file) =>
    "sources" in file
      ? {
          ...file,
          sources: file.sources.map(({ pieces, ...source }) => ({
            ...source,
            bytes: () => pieces,
          })),
        }
      : file,
  );
}

function copied({ bytes, ...source }: TensorSource): CopiedSource {
  const given = bytes();
  const pieces = given instanceof Uint8Array ? [given] : given;
  return { ...source, pieces: Array.from(pieces, owned) };
}

/** The bytes of a tensor are a copy already; those of others may be a view. */
function owned(piece: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole =
    piece.buffer instanceof ArrayBuffer && piece.byteLength === piece.buffer.byteLength;
  return isWhole ? (piece as Uint8Array<ArrayBuffer>) : piece.slice();
}
