// Row groups of Parquet, read by hyparquet. What the file says of itself is compared with its size before room is made for it.
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from "hyparquet";
import type { DataRow } from "../rows/read-rows.js";
import { bytesOf, DAMAGED, type OpenFile } from "./groups.js";
import { requirePages } from "./parquet-pages.js";
import { plainValue } from "./plain-value.js";
import { boundedCompressors } from "./unpacking.js";

/** Rows of a group whatever its size: columns of nothing but nulls take no bytes. */
const MOST_ROWS = 1 << 24;
const TEXT = new TextDecoder("utf-8", { fatal: true });

export async function* parquetGroups(file: OpenFile): AsyncGenerator<readonly DataRow[]> {
  const metadata = await metadataOf(file);
  let begin = 0;
  for (const [index, group] of metadata.row_groups.entries()) {
    const end = begin + Number(group.num_rows);
    try {
      if (end > file.skip)
        yield (await groupOf(file, { ...metadata, row_groups: [group] })).slice(
          Math.max(0, file.skip - begin),
        );
    } catch (cause) {
      const where = `row group ${index} (rows ${begin + 1} to ${end})`;
      throw new Error(`${where}: ${(cause as Error).message}; ${DAMAGED}`, { cause });
    }
    begin = end;
  }
}

async function metadataOf(file: OpenFile): Promise<FileMetaData> {
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(bufferOf(file), { geoparquet: false });
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

/** The rows of the only group of `metadata`. */
async function groupOf(file: OpenFile, metadata: FileMetaData): Promise<readonly DataRow[]> {
  for (const group of metadata.row_groups) requirePages(file, group);
  const options = { metadata, compressors: boundedCompressors, parsers: PARSERS };
  const rows = await parquetReadObjects({ file: bufferOf(file), ...options });
  return rows.map((row) => plainValue(row) as DataRow);
}

function bufferOf(file: OpenFile): AsyncBuffer {
  const slice = (begin: number, end = file.size) => bytesOf(file, begin, end).buffer;
  return { byteLength: file.size, slice };
}

/** Texts that are no UTF-8 are refused, not mended. */
const PARSERS = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && TEXT.decode(bytes) };
