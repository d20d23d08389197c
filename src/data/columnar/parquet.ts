// Row groups of Parquet, read by hyparquet. What the file says of itself is compared with its size before room is made for it.
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type DecodedArray,
  type FileMetaData,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetSchema,
  type RowGroup,
  type SchemaTree,
} from "hyparquet";
import { assembleNested } from "hyparquet/src/assemble.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { getTreePath } from "hyparquet/src/schema.js";
import type { DataRow } from "../rows/read-rows.js";
import { bytesOf, DAMAGED, type OpenFile } from "./groups.js";
import { readColumn } from "./parquet-column.js";
import { plainValue } from "./plain-value.js";
import { boundedCompressors } from "./unpacking.js";

/** Rows of a group whatever its size: columns of nothing but nulls take no bytes. */
const MOST_ROWS = 1 << 24;
const TEXT = new TextDecoder("utf-8", { fatal: true });

export async function* parquetGroups(file: OpenFile): AsyncGenerator<readonly DataRow[]> {
  const metadata = await metadataOf(file);
  const schema = parquetSchema(metadata);
  let begin = 0;
  for (const [index, group] of metadata.row_groups.entries()) {
    const end = begin + Number(group.num_rows);
    try {
      if (end > file.skip) yield rowsOf(file, schema, group).slice(Math.max(0, file.skip - begin));
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

function rowsOf(file: OpenFile, schema: SchemaTree, group: RowGroup): readonly DataRow[] {
  const columns = new Map<string, DecodedArray>();
  for (const { meta_data: column } of group.columns) {
    if (column === undefined) throw new Error("a column has no description");
    const name = column.path_in_schema.join(".");
    columns.set(
      name,
      named(name, () => valuesOf(file, schema, { column, group })),
    );
  }
  const numRows = Number(group.num_rows);
  const whole = schema.children.map(
    (child) => [child.element.name, wholeColumn(columns, child)] as const,
  );
  for (const [name, values] of whole)
    if (values.length !== numRows)
      throw new Error(`column ${name} has ${values.length} values in ${numRows} rows`);
  return Array.from({ length: numRows }, (_, row) =>
    Object.fromEntries(whole.map(([name, values]) => [name, plainValue(values[row])])),
  );
}

function valuesOf(
  file: OpenFile,
  schema: SchemaTree,
  { column, group }: { readonly column: ColumnMetaData; readonly group: RowGroup },
): DecodedArray {
  const schemaPath = getTreePath(schema, column.path_in_schema);
  const element = (schemaPath.at(-1) as SchemaTree).element;
  const begin = Number(column.dictionary_page_offset || column.data_page_offset);
  const bytes = bytesOf(file, begin, begin + Number(column.total_compressed_size));
  const how = { parsers: PARSERS, compressors: boundedCompressors };
  const decoder = { ...column, pathInSchema: column.path_in_schema, schemaPath, element, ...how };
  return readColumn(bytes, decoder, Number(group.num_rows));
}

function named<T>(column: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`column ${column}: ${(cause as Error).message}`, { cause });
  }
}

/** Lists and structures of the columns that they are made of. */
function wholeColumn(columns: Map<string, DecodedArray>, child: SchemaTree): DecodedArray {
  if (child.children.length > 0) assembleNested(columns, child, PARSERS);
  const values = columns.get(child.element.name);
  if (values === undefined) throw new Error(`column ${child.element.name} is not there`);
  return values;
}

function bufferOf(file: OpenFile): AsyncBuffer {
  const slice = (begin: number, end = file.size) => bytesOf(file, begin, end).buffer;
  return { byteLength: file.size, slice };
}

/** Texts that are no UTF-8 are refused, not mended. */
const PARSERS: ParquetParsers = {
  ...DEFAULT_PARSERS,
  stringFromBytes: (bytes) => bytes && TEXT.decode(bytes),
};
