// What the pages of a column say they hold, compared with their size before they are read: a page of a few bytes may claim to repeat one
// value two thousand million times.
import type { RowGroup } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { bytesOf, type OpenFile } from "./groups.js";

/** Values of a column whatever its size, and more for each of its bytes: what repeats takes little room. */
const VALUES = { least: 1 << 16, perByte: 1024 };

/** @throws Error for a column whose pages claim more values than its rows and bytes warrant */
export function requirePages(file: OpenFile, { columns, num_rows: numRows }: RowGroup): void {
  for (const { meta_data: column } of columns) {
    if (column === undefined) throw new Error("a column has no description");
    const begin = Number(column.dictionary_page_offset || column.data_page_offset);
    const size = Number(column.total_compressed_size);
    const most = Math.max(Number(numRows), VALUES.least + VALUES.perByte * size);
    const numValues = valuesIn(bytesOf(file, begin, begin + size), most);
    if (numValues <= most) continue;
    throw new Error(
      `column ${column.path_in_schema.join(".")} claims ${numValues} values in ${size} bytes`,
    );
  }
}

function valuesIn(bytes: Uint8Array<ArrayBuffer>, most: number): number {
  const reader = { view: new DataView(bytes.buffer), offset: 0 };
  let numValues = 0;
  while (reader.offset < bytes.length - 1 && numValues <= most) {
    const header = parquetHeader(reader);
    const page =
      header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header;
    const size = header.compressed_page_size;
    if (!(size >= 0) || !((page?.num_values ?? 0) >= 0))
      throw new Error(`a page of ${size} bytes and ${page?.num_values} values`);
    numValues += page?.num_values ?? 0;
    reader.offset += size;
  }
  return numValues;
}
