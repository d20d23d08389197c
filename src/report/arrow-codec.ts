// Rows of metrics to and from Arrow IPC streams (https://arrow.apache.org/docs/format/Columnar.html).
// apache-arrow takes 0.1 s to load, so it is loaded when the first batch is made, synchronously because
// training loops need not yield to the event loop.

import { createRequire } from "node:module";
import type * as Arrow from "apache-arrow";
import { kind, requireValue } from "../arguments/checks.js";
import { requireRun, someBytes } from "./arguments.js";
import {
  METRICS_COLUMNS,
  type MetricsColumn,
  MetricsFormatError,
  type MetricsMetadata,
  type MetricsRow,
  namesOfOthers,
  rowsOfTable,
} from "./metrics.js";

const CONTINUATION = 0xffffffff;
/** The eight bytes that end an Arrow IPC stream. */
export const END_OF_STREAM = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0);

const aMap = kind<ReadonlyMap<string, string>>("a Map", (value) => value instanceof Map);

let loaded: typeof Arrow | undefined;
function arrow(): typeof Arrow {
  loaded ??= createRequire(import.meta.url)("apache-arrow") as typeof Arrow;
  return loaded;
}

/** One complete Arrow IPC stream (schema, one record batch, end) of the rows; `ownNames` are the run's own metrics. */
export function encodeRows(
  rows: readonly MetricsRow[],
  metadata: MetricsMetadata,
  ownNames?: readonly string[],
): Uint8Array {
  requireRun("encodeRows", rows, metadata);
  const names = ownNames ?? namesOfOthers(rows);
  const { RecordBatch, RecordBatchStreamWriter, Struct, makeData } = arrow();
  const schema = schemaOf(metadata, names);
  const children = [
    ...METRICS_COLUMNS.map((column) => dataOf(column, rows)),
    ...names.map((name) => float64Of(rows.map(({ others }) => others?.[name] ?? null))),
  ];
  const data = makeData({ type: new Struct(schema.fields), length: rows.length, children });
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  writer.write(new RecordBatch(schema, data));
  return writer.finish().toUint8Array(true);
}

/** Rows and metadata of an Arrow IPC stream; throws `MetricsFormatError` for anything else. */
export function decodeRows(stream: Uint8Array): { rows: MetricsRow[]; metadata: MetricsMetadata } {
  requireValue("decodeRows: stream", stream, someBytes);
  const table = tableOf(stream);
  const rows = rowsOfTable(table);
  return { rows, metadata: metadataOfEntries(table.schema.metadata) };
}

/** Cuts a complete stream into its schema message and the batches after it, without the end mark. */
export function splitStream(stream: Uint8Array): { schema: Uint8Array; batches: Uint8Array } {
  requireValue("splitStream: stream", stream, someBytes);
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (stream.length < 16 || view.getUint32(0, true) !== CONTINUATION) {
    throw new MetricsFormatError(`${stream.length} bytes do not begin with an Arrow IPC message`);
  }
  const schemaEnd = 8 + view.getInt32(4, true);
  return {
    schema: stream.subarray(0, schemaEnd),
    batches: stream.subarray(schemaEnd, stream.length - END_OF_STREAM.length),
  };
}

function tableOf(stream: Uint8Array): Arrow.Table {
  try {
    return arrow().tableFromIPC(stream);
  } catch (cause) {
    throw new MetricsFormatError(`${stream.length} bytes are not an Arrow IPC stream of metrics`, {
      cause,
    });
  }
}

function schemaOf(metadata: MetricsMetadata, names: readonly string[]): Arrow.Schema {
  const { Field, Float64, Int16, Int32, Schema } = arrow();
  const types = { int16: new Int16(), int32: new Int32(), float64: new Float64() };
  const fields = METRICS_COLUMNS.map(
    (column) => new Field(column.name, types[column.type], column.nullable),
  );
  const own = names.map((name) => new Field(name, types.float64, true));
  const entries = Object.entries({ format: "notebooster.metrics.v1", ...metadata });
  return new Schema(
    [...fields, ...own],
    new Map(entries.map(([key, value]) => [key, String(value)])),
  );
}

function dataOf(column: MetricsColumn, rows: readonly MetricsRow[]): Arrow.Data {
  const { Int16, Int32, makeData } = arrow();
  const values = rows.map((row) => row[column.name]);
  const length = values.length;
  if (column.type === "int16") {
    return makeData({ type: new Int16(), length, data: Int16Array.from(values, Number) });
  }
  if (column.type === "int32") {
    return makeData({ type: new Int32(), length, data: Int32Array.from(values, Number) });
  }
  return float64Of(values);
}

function float64Of(values: readonly (number | null)[]): Arrow.Data {
  const { Float64, makeData } = arrow();
  const { length } = values;
  const nullCount = values.filter((value) => value === null).length;
  const data = Float64Array.from(values, Number);
  return makeData({ type: new Float64(), length, nullCount, nullBitmap: bitmapOf(values), data });
}

function bitmapOf(values: readonly (number | null)[]): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(values.length / 64) * 8);
  for (const [index, value] of values.entries()) {
    if (value !== null) bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bitmap;
}

/** Reads the metadata of a schema; what is missing is left out. */
export function metadataOfEntries(entries: ReadonlyMap<string, string>): MetricsMetadata {
  requireValue("metadataOfEntries: entries", entries, aMap);
  const totalSteps = entries.get("totalSteps");
  const mfuFormula = entries.get("mfuFormula");
  return {
    runId: entries.get("runId") ?? "",
    title: entries.get("title") ?? "",
    startedAtMs: Number(entries.get("startedAtMs") ?? 0),
    ...(totalSteps === undefined ? {} : { totalSteps: Number(totalSteps) }),
    ...(mfuFormula === undefined ? {} : { mfuFormula }),
  };
}
