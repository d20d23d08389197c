// Record batches of Arrow, read by apache-arrow. A file (Feather) is a stream with eight bytes before it and an index behind it, so
// both are read from beginning to end, a batch in memory at a time.
import {
  CompressionType,
  compressionRegistry,
  MapRow,
  type RecordBatch,
  RecordBatchReader,
  StructRow,
  Vector,
} from "apache-arrow";
import { decompressZstd } from "hyparquet-compressors";
import type { DataRow } from "../rows/read-rows.js";
import { requireLengths } from "./arrow-lengths.js";
import { bytesOf, DAMAGED, type OpenFile } from "./groups.js";
import { unpackLz4Frame } from "./lz4-frame.js";
import { plainValue } from "./plain-value.js";

const MAGIC = "ARROW1\0\0";
const PIECE_BYTES = 1 << 20;

// A copy each: numbers must begin at multiples of eight bytes.
compressionRegistry.set(CompressionType.ZSTD, { decode: (data) => decompressZstd(data).slice() });
compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: (data) => unpackLz4Frame(data) });

export async function* arrowGroups(file: OpenFile): AsyncGenerator<readonly DataRow[]> {
  let begin = 0;
  for (const [index, batch] of batchesOf(file)) {
    const end = begin + batch.numRows;
    if (end > file.skip) yield rowsOf(batch, { index, from: Math.max(0, file.skip - begin) });
    begin = end;
  }
}

function* batchesOf(file: OpenFile): Generator<[number, RecordBatch]> {
  const start = Buffer.from(bytesOf(file, 0, Math.min(MAGIC.length, file.size)));
  const begin = start.toString("latin1") === MAGIC ? MAGIC.length : 0;
  let index = 0;
  try {
    const reader = RecordBatchReader.from(pieces(file, begin));
    reader.open();
    for (const batch of reader) {
      requireLengths(batch.data);
      yield [index++, batch];
    }
  } catch (cause) {
    throw new Error(`record batch ${index}: ${(cause as Error).message}; ${DAMAGED}`, { cause });
  }
}

function* pieces(file: OpenFile, begin: number): Generator<Uint8Array> {
  for (let at = begin; at < file.size; at += PIECE_BYTES)
    yield bytesOf(file, at, Math.min(at + PIECE_BYTES, file.size));
}

function rowsOf(
  batch: RecordBatch,
  { index, from }: { readonly index: number; readonly from: number },
): readonly DataRow[] {
  const columns = batch.schema.fields.map(({ name }, i) => [name, batch.getChildAt(i)] as const);
  try {
    return Array.from({ length: batch.numRows - from }, (_, i) =>
      Object.fromEntries(
        columns.map(([name, column]) => [name, arrowValue(column?.get(from + i))]),
      ),
    );
  } catch (cause) {
    throw new Error(`record batch ${index}: ${(cause as Error).message}; ${DAMAGED}`, { cause });
  }
}

function arrowValue(value: unknown): unknown {
  if (value instanceof Vector) return Array.from(value, arrowValue);
  if (value instanceof StructRow || value instanceof MapRow)
    return Object.fromEntries(
      Array.from(value as Iterable<[string, unknown]>, ([name, each]) => [name, arrowValue(each)]),
    );
  return plainValue(value);
}
