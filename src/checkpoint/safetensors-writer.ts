// Writing a safetensors file: the header from names, types and shapes, then each tensor's bytes as they are asked
// for, so that one tensor at a time is in memory. Order and padding follow huggingface/safetensors (widest
// elements first, then by name; header padded to 8 bytes): equal tensors give equal files.

import path from "node:path";
import { CheckpointError } from "./checkpoint-error.js";
import { bitsOfDtype, tensorBytes } from "./dtypes.js";
import { replaceFile, requireDiskSpace } from "./durable-files.js";
import type { Fingerprint, FingerprintedFile } from "./fingerprint.js";
import { LENGTH_BYTES, MAX_HEADER_BYTES } from "./safetensors-header.js";

/** A tensor to store; `bytes` is called once, when its turn comes. */
export interface TensorSource {
  /** Its name in the file. */
  readonly name: string;
  /** Stored name of the element type, such as "BF16" (`storedDtypeOf`). */
  readonly dtype: string;
  /** Size of each dimension. */
  readonly shape: readonly number[];
  /** Gives the elements, row-major and little-endian: all at once, or piece by piece where that is more than 4 GiB. */
  readonly bytes: () => Uint8Array | Iterable<Uint8Array>;
}

/**
 * Writes `sources` to `file` in one step: the old file stays until the new one is on disk. `metadata` defaults to
 * what Hugging Face expects. Throws a CheckpointError naming file and tensor; then nothing has changed.
 */
export function writeSafetensors(
  file: string,
  sources: Iterable<TensorSource>,
  metadata: Readonly<Record<string, string>> = { format: "pt" },
): void {
  storeSafetensors(file, sources, metadata);
}

/** As `writeSafetensors`; gives the fingerprint of the file. */
export function storeSafetensors(
  file: string,
  sources: Iterable<TensorSource>,
  metadata: Readonly<Record<string, string>> = { format: "pt" },
): Fingerprint {
  const ordered = orderOfFile([...sources]);
  const sizes = ordered.map((source) => sizeOf(source, file));
  const header = encodeHeader(ordered, sizes, metadata);
  if (header.length - LENGTH_BYTES > MAX_HEADER_BYTES) {
    throw new CheckpointError(
      `${ordered.length} tensors need a header longer than ${MAX_HEADER_BYTES} bytes; use shards`,
      { path: file },
    );
  }
  requireUniqueNames(ordered, file);
  requireDiskSpace(
    path.dirname(file),
    sizes.reduce((sum, size) => sum + size, header.length),
  );
  return replaceFile(file, (into) => {
    into.write(header);
    ordered.forEach((source, index) => {
      const written = writePieces(into, source.bytes());
      if (written === sizes[index]) return;
      throw new CheckpointError(
        `tensor "${source.name}" gave ${written} bytes, its shape needs ${sizes[index]}`,
        { path: file },
      );
    });
  });
}

function writePieces(into: FingerprintedFile, given: Uint8Array | Iterable<Uint8Array>): number {
  let written = 0;
  for (const piece of given instanceof Uint8Array ? [given] : given) {
    into.write(piece);
    written += piece.length;
  }
  return written;
}

/** Bytes of data a source will take; throws a CheckpointError for a type or shape that has no size. */
export function sizeOf(source: TensorSource, file: string): number {
  const size = tensorBytes(source.dtype, source.shape);
  if (typeof size === "number") return size;
  throw new CheckpointError(`tensor "${source.name}": ${size}`, { path: file });
}

/** Sorts them as a file has them, in which order they are asked for their bytes. */
export function orderOfFile(sources: TensorSource[]): TensorSource[] {
  const width = (source: TensorSource) => bitsOfDtype(source.dtype) ?? 0;
  return sources.sort(
    (a, b) => width(b) - width(a) || Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
  );
}

function encodeHeader(
  sources: readonly TensorSource[],
  sizes: readonly number[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const fields = [`"__metadata__":${JSON.stringify(metadata)}`];
  let position = 0;
  sources.forEach(({ name, dtype, shape }, index) => {
    const end = position + (sizes[index] ?? 0);
    fields.push(
      `${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [position, end] })}`,
    );
    position = end;
  });
  const json = Buffer.from(`{${fields.join(",")}}`);
  const header = Buffer.alloc(LENGTH_BYTES + Math.ceil(json.length / 8) * 8, " ");
  header.writeBigUInt64LE(BigInt(header.length - LENGTH_BYTES));
  json.copy(header, LENGTH_BYTES);
  return header;
}

function requireUniqueNames(sources: readonly TensorSource[], file: string): void {
  const seen = new Set(["__metadata__"]);
  for (const { name } of sources) {
    if (seen.has(name))
      throw new CheckpointError(`tensor name ${JSON.stringify(name)} is reserved or given twice`, {
        path: file,
      });
    seen.add(name);
  }
}
