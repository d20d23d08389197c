// The values of one column of a row group, page by page. What pages claim is held to their bytes before room is made for it.
import type { DecodedArray, Encoding, PageHeader } from "hyparquet";
import { assembleLists } from "hyparquet/src/assemble.js";
import { parquetHeader } from "hyparquet/src/column.js";
import { convert } from "hyparquet/src/convert.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from "hyparquet/src/delta.js";
import { byteStreamSplit } from "hyparquet/src/encoding.js";
import { readPlain } from "hyparquet/src/plain.js";
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from "hyparquet/src/schema.js";
import { readHybrid } from "./parquet-hybrid.js";

type ColumnDecoder = Parameters<typeof convert>[1];

/** Values of a column whatever its size, and more for each of its bytes: what repeats takes little room. */
const VALUES = { least: 1 << 16, perByte: 1024 };

/** A value, or a nest of lists, for each row. */
export function readColumn(
  bytes: Uint8Array,
  column: ColumnDecoder,
  numRows: number,
): DecodedArray {
  const most = Math.max(numRows, VALUES.least + VALUES.perByte * bytes.length);
  const rows: unknown[] = [];
  let dictionary: DecodedArray | undefined;
  let numValues = 0;
  for (const { header, body } of pagesOf(bytes)) {
    numValues += numValuesOf(header);
    if (numValues > most) throw new Error(`claims ${numValues} values in ${bytes.length} bytes`);
    if (header.dictionary_page_header !== undefined)
      dictionary = readDictionary(header, body, column);
    else addRows(rows, column, levelsAndValues(header, body, { column, dictionary }));
  }
  return rows;
}

interface Page {
  readonly header: PageHeader;
  readonly body: Uint8Array;
}

function* pagesOf(bytes: Uint8Array): Generator<Page> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: 0 };
  while (reader.offset < bytes.length - 1) {
    const header = parquetHeader(reader);
    const end = reader.offset + header.compressed_page_size;
    if (!(end >= reader.offset && end <= bytes.length))
      throw new Error(`a page of ${header.compressed_page_size} bytes goes beyond its column`);
    yield { header, body: bytes.slice(reader.offset, end) };
    reader.offset = end;
  }
}

function numValuesOf({
  data_page_header,
  data_page_header_v2,
  dictionary_page_header,
}: PageHeader): number {
  const page = data_page_header ?? data_page_header_v2 ?? dictionary_page_header;
  if (page === undefined || !(page.num_values >= 0))
    throw new Error("a page of a kind that is not known");
  return page.num_values;
}

function readDictionary(header: PageHeader, body: Uint8Array, column: ColumnDecoder): DecodedArray {
  const page = decompressPage(
    body,
    header.uncompressed_page_size,
    column.codec,
    column.compressors,
  );
  return convert(plainValues(page, 0, { column, count: numValuesOf(header) }), column);
}

function plainValues(
  page: Uint8Array,
  offset: number,
  { column, count }: { readonly column: ColumnDecoder; readonly count: number },
): DecodedArray {
  return readPlain({ view: viewOf(page), offset }, column.type, count, column.element.type_length);
}

function viewOf(page: Uint8Array): DataView {
  return new DataView(page.buffer, page.byteOffset, page.byteLength);
}

interface Decoded {
  readonly repetition: Int32Array | undefined;
  readonly definition: Int32Array | undefined;
  readonly values: DecodedArray;
}

interface Decoding {
  readonly column: ColumnDecoder;
  readonly dictionary: DecodedArray | undefined;
}

function levelsAndValues(header: PageHeader, body: Uint8Array, decoding: Decoding): Decoded {
  const { codec, compressors } = decoding.column;
  const page = header.data_page_header;
  if (page !== undefined) {
    const bytes = decompressPage(body, header.uncompressed_page_size, codec, compressors);
    return readPage(bytes, bytes, { ...page, lengths: undefined }, decoding);
  }
  const second = header.data_page_header_v2;
  if (second === undefined) throw new Error("a page of a kind that is not known");
  const lengths = [
    second.repetition_levels_byte_length,
    second.definition_levels_byte_length,
  ] as const;
  const numLevels = lengths[0] + lengths[1];
  const packed = body.slice(numLevels);
  const size = header.uncompressed_page_size - numLevels;
  const isPacked = second.is_compressed !== false && size > 0;
  const values = isPacked ? decompressPage(packed, size, codec, compressors) : packed;
  return readPage(body.subarray(0, numLevels), values, { ...second, lengths }, decoding);
}

interface DataPage {
  readonly num_values: number;
  readonly encoding: Encoding;
  /** Of levels, in pages of the second version, where they stand apart from the values. */
  readonly lengths: readonly [repetition: number, definition: number] | undefined;
}

function readPage(
  levels: Uint8Array,
  body: Uint8Array,
  { num_values: count, encoding, lengths }: DataPage,
  decoding: Decoding,
): Decoded {
  const { schemaPath } = decoding.column;
  const mostDefined = getMaxDefinitionLevel(schemaPath);
  const repetition = readLevels(levels, 0, {
    most: getMaxRepetitionLevel(schemaPath),
    count,
    length: lengths?.[0],
  });
  const definition = readLevels(levels, repetition.end, {
    most: mostDefined,
    count,
    length: lengths?.[1],
  });
  const numThere =
    definition.values?.reduce((sum, level) => sum + (level === mostDefined ? 1 : 0), 0) ?? count;
  const begin = lengths === undefined ? definition.end : 0;
  const values = readValues(body, begin, { ...decoding, encoding, count: numThere });
  return { repetition: repetition.values, definition: definition.values, values };
}

interface LevelsAsked {
  readonly most: number;
  readonly count: number;
  /** Bytes, where they do not begin with it. */
  readonly length: number | undefined;
}

function readLevels(
  bytes: Uint8Array,
  begin: number,
  { most, count, length }: LevelsAsked,
): { readonly values: Int32Array | undefined; readonly end: number } {
  if (most === 0) return { values: undefined, end: begin + (length ?? 0) };
  const from = length === undefined ? begin + 4 : begin;
  const end = from + (length ?? viewOf(bytes).getUint32(begin, true));
  const width = 32 - Math.clz32(most);
  return { values: readHybrid(bytes.subarray(0, end), from, { width, count }).values, end };
}

interface ValuesAsked extends Decoding {
  readonly encoding: Encoding;
  readonly count: number;
}

function readValues(page: Uint8Array, begin: number, asked: ValuesAsked): DecodedArray {
  const { encoding, column, count, dictionary } = asked;
  if (count === 0) return [];
  if (!/_DICTIONARY$/.test(encoding)) return convert(undecoded(page, begin, asked), column);
  const width = page[begin] ?? 0;
  const { values } = readHybrid(page, begin + 1, { width, count });
  return Array.from(values, (index) => {
    const value: unknown = dictionary?.[index];
    if (value === undefined)
      throw new Error(`value ${index} of a dictionary of ${dictionary?.length ?? 0}`);
    return value;
  });
}

function undecoded(
  page: Uint8Array,
  begin: number,
  { encoding, column, count }: ValuesAsked,
): DecodedArray {
  const reader = { view: viewOf(page), offset: begin };
  const { type } = column;
  switch (encoding) {
    case "PLAIN":
      return plainValues(page, begin, { column, count });
    case "RLE":
      return Array.from(
        readHybrid(page, begin + 4, { width: 1, count }).values,
        (bit) => bit === 1,
      );
    case "BYTE_STREAM_SPLIT":
      return byteStreamSplit(reader, count, type, column.element.type_length);
    case "DELTA_BINARY_PACKED": {
      const numbers = type === "INT32" ? new Int32Array(count) : new BigInt64Array(count);
      deltaBinaryUnpack(reader, count, numbers);
      return numbers;
    }
    case "DELTA_LENGTH_BYTE_ARRAY":
    case "DELTA_BYTE_ARRAY": {
      const texts = new Array<Uint8Array>(count);
      const unpack = encoding === "DELTA_BYTE_ARRAY" ? deltaByteArray : deltaLengthByteArray;
      unpack(reader, count, texts);
      return texts;
    }
    default:
      throw new Error(`encoding ${encoding} is not known`);
  }
}

/** A list that goes on in this page is the last of those before. */
function addRows(
  rows: unknown[],
  { schemaPath }: ColumnDecoder,
  { repetition, definition, values }: Decoded,
): void {
  const levels = (of: Int32Array | undefined) => Array.from(of ?? []);
  const assembled = assembleLists(rows, levels(definition), levels(repetition), values, schemaPath);
  if (assembled !== rows) for (const value of assembled) rows.push(value);
}
