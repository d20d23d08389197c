// Row groups of Parquet, read by hyparquet. What the file says of itself is compared with its size before room is made for it.
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from "hyparquet";
import type { DataRow } from "../rows/read-rows.js";
import { bytesOf, DAMAGED, type OpenFile } from "./groups.js";
import { plainValue } from "./plain-value.js";
import { boundedCompressors } from "./unpacking.js";

/** Rows of a group whatever its size: columns of nothing but nulls take no bytes. */
const MOST_ROWS = 1 << 24;
const TEXT = new TextDecoder("utf-8", { fatal: true });

export async function* parquetGroups(file: OpenFile): AsyncGenerator<readonly DataRow[]> {
  const buffer: AsyncBuffer = {
    byteLength: file.size,
    slice: (begin, end = file.size) => bytesOf(file, begin, end).buffer,
  };
  const metadata = await metadataOf(buffer);
  let begin = 0;
  for (const [index, group] of metadata.row_groups.entries()) {
    const end = begin + Number(group.num_rows);
    if (end > file.skip)
      yield await groupOf(buffer, metadata, { index, begin: Math.max(begin, file.skip), end });
    begin = end;
  }
}

async function metadataOf(buffer: AsyncBuffer): Promise<FileMetaData> {
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
  } catch (cause) {
    throw new Error(`is no Parquet file: ${(cause as Error).message}; ${DAMAGED}`, { cause });
  }
  for (const [index, { num_rows: numRows }] of metadata.row_groups.entries())
    if (!(numRows >= 0n && numRows <= MOST_ROWS))
      throw new Error(
        `row group ${index} has ${numRows} rows; at most ${MOST_ROWS} are read; ${DAMAGED}`,
      );
  return metadata;
}

interface GroupRows {
  readonly index: number;
  readonly begin: number;
  readonly end: number;
}

async function groupOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  { index, begin, end }: GroupRows,
): Promise<readonly DataRow[]> {
  const options = { file, metadata, rowStart: begin, rowEnd: end };
  try {
    const rows = await parquetReadObjects({
      ...options,
      compressors: boundedCompressors,
      parsers: PARSERS,
    });
    return rows.map((row) => plainValue(row) as DataRow);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`row group ${index} (rows ${begin + 1} to ${end}): ${message}; ${DAMAGED}`, {
      cause,
    });
  }
}

/** Texts that are no UTF-8 are refused, not mended. */
const PARSERS = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && TEXT.decode(bytes) };
