// Rows of Parquet and Arrow as pyarrow writes them: the same values as Python sees, whatever encoding, packing or group they stand in.
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readHybrid } from "../../dist/src/data/columnar/parquet-hybrid.js";
import { BadRows } from "../../dist/src/data/rows/bad-rows.js";
import { readRows } from "../../dist/src/data/rows/read-rows.js";
import { SupervisedDataset } from "../../dist/src/data/supervised-dataset.js";
import { AutoTokenizer } from "../../dist/src/tokenizer/auto-tokenizer.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";

const folder = sharedFolder();

/** Rows of each file as Python's JSON has them. */
const written = python(
  `
import json, os
from decimal import Decimal
import pyarrow as pa, pyarrow.parquet as pq, pyarrow.feather as feather
folder = args[0]
rows = []
for i in range(700):
    turns = [{"role": "user", "content": f"question {i} \\u00e9\\U0001f600"}, {"role": "assistant", "content": "answer " * (i % 7)}]
    if i % 5 == 0: turns = turns + [{"role": "user", "content": None}]
    rows.append({
        "messages": turns if i % 11 else None,
        "id": i - 300,
        "big": 2**52 + i,
        "score": i / 8 if i % 3 else None,
        "source": ["web", "book", None][i % 3],
        "tags": [["a", None, "b"], [], None][i % 3],
        "nested": {"deep": [{"x": i, "y": [i % 2 == 0]}]} if i % 4 else None,
        "flag": i % 2 == 0,
    })
schema = pa.schema([
    ("messages", pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))),
    ("id", pa.int32()), ("big", pa.int64()), ("score", pa.float64()),
    ("source", pa.dictionary(pa.int32(), pa.string())), ("tags", pa.large_list(pa.large_string())),
    ("nested", pa.struct([("deep", pa.list_(pa.struct([("x", pa.int64()), ("y", pa.list_(pa.bool_()))])))])),
    ("flag", pa.bool_()),
])
table = pa.Table.from_pylist(rows, schema=schema)
names = []
def parquet(name, **how):
    names.append(name + ".parquet")
    pq.write_table(table, os.path.join(folder, names[-1]), **how)
for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    parquet(codec, compression=codec, row_group_size=256)
parquet("plain", use_dictionary=False, compression="none")
parquet("pages", data_page_version="2.0", data_page_size=512, row_group_size=300, write_page_index=True)
parquet("delta", use_dictionary=False, data_page_version="2.0", column_encoding={
    "id": "DELTA_BINARY_PACKED", "big": "DELTA_BINARY_PACKED", "score": "BYTE_STREAM_SPLIT", "messages.list.element.content": "DELTA_BYTE_ARRAY",
    "messages.list.element.role": "DELTA_LENGTH_BYTE_ARRAY"})
for codec in ["uncompressed", "lz4", "zstd"]:
    names.append(codec + ".feather")
    feather.write_feather(table, os.path.join(folder, names[-1]), compression=codec, chunksize=256)
names.append("stream.arrow")
with pa.OSFile(os.path.join(folder, names[-1]), "wb") as sink, pa.ipc.new_stream(sink, schema) as writer:
    for batch in table.to_batches(max_chunksize=256): writer.write_batch(batch)
pq.write_table(pa.table({"text": ["a", "b"], "n": [1, 2**53 + 1]}), os.path.join(folder, "int64.parquet"))
pq.write_table(pa.table({"text": pa.array([], pa.string())}), os.path.join(folder, "empty.parquet"))
pq.write_table(pa.table({"text": pa.array([b"good", b"bad \\xff"], pa.binary())}).cast(pa.schema([("text", pa.binary())])), os.path.join(folder, "binary.parquet"))
kinds = pa.table({
    "text": pa.array(["a", None, "bc", "def"], pa.large_string()),
    "view": pa.array(["a", None, "twelve bytes", "longer than twelve bytes"], pa.string_view()),
    "tags": pa.array([["x"], [], None, ["y", "z"]], pa.large_list(pa.string())),
    "pair": pa.array([[1, 2], None, [3, 4], [5, 6]], pa.list_(pa.int16(), 2)),
    "map": pa.array([[("k", 1)], [], None, [("l", 2), ("m", 3)]], pa.map_(pa.string(), pa.int8())),
    "half": pa.array([0, 1.5, -2, None], pa.float16()),
    "small": pa.array([255, 0, None, 7], pa.uint8()),
    "nothing": pa.array([None] * 4, pa.null()),
    "source": pa.array(["web", "book", None, "web"]).dictionary_encode(),
    "many": pa.array([["web"], None, ["book", "web"], []], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
})
as_python = [{**row, "map": None if row["map"] is None else dict(row["map"])} for row in kinds.to_pylist()]
# What Python has no JSON of: the same rows in Parquet and in Arrow.
others = pa.table({
    "micro": pa.array([1009000, -1, None, 2**50], pa.timestamp("us", tz="UTC")),
    "milli": pa.array([1009000, -1, None, 2**40], pa.timestamp("ms")),
    "day": pa.array([0, -1, None, 20000], pa.date32()),
    "price": pa.array([Decimal("0.3"), Decimal("-3.1"), None, Decimal(10**8)], pa.decimal128(20, 1)),
    "bytes": pa.array([b"ab", None, b"cd", b"ef"], pa.binary(2)),
    "blob": pa.array([[1], None, [2, 3], []], pa.list_(pa.float32())),
})
for name, table in [("kinds", kinds), ("others", others)]:
    with pa.OSFile(os.path.join(folder, name + ".arrow"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=3)
pq.write_table(others, os.path.join(folder, "others.parquet"))
more = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
with pa.OSFile(os.path.join(folder, "deltas.arrow"), "wb") as sink, pa.ipc.new_stream(sink, pa.schema([("text", pa.dictionary(pa.int32(), pa.string()))]), options=more) as writer:
    for words in [["a", "b"], ["a", "b", "c"]]:
        writer.write_batch(pa.record_batch({"text": pa.DictionaryArray.from_arrays(pa.array(range(len(words)), pa.int32()), pa.array(words))}))
union = pa.UnionArray.from_sparse(pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["a", "b"])])
with pa.OSFile(os.path.join(folder, "union.arrow"), "wb") as sink, pa.ipc.new_stream(sink, pa.schema([("u", union.type)])) as writer:
    writer.write_batch(pa.record_batch({"u": union}))
print(json.dumps({"names": names, "rows": rows, "kinds": as_python}))
`,
  folder,
) as {
  readonly names: readonly string[];
  readonly rows: readonly object[];
  readonly kinds: readonly object[];
};

function rowsOf(name: string): unknown[] {
  const bad = new BadRows();
  const rows = Array.from(readRows(path.resolve(folder, name), bad), ({ value, line }) => [
    line,
    value,
  ]);
  expect(bad.count).toBe(0);
  return rows;
}

test.each(written.names)("%s holds the rows that Python wrote, in their order", (name) => {
  expect(rowsOf(name)).toEqual(written.rows.map((row, index) => [index + 1, row]));
});

const valuesOf = (name: string) => rowsOf(name).map((row) => (row as [number, unknown])[1]);

test("Arrow's kinds of columns have Python's values", () => {
  expect(valuesOf("kinds.arrow")).toEqual(written.kinds);
  expect(valuesOf("deltas.arrow")).toEqual(["a", "b", "a", "b", "c"].map((text) => ({ text })));
});

test("times, days, decimals and bytes are the same in Arrow and in Parquet", () => {
  const rows = valuesOf("others.arrow");
  expect(rows).toEqual(valuesOf("others.parquet"));
  expect(rows[0]).toMatchObject({ micro: "1970-01-01T00:00:01.009Z", price: 0.3 });
});

test("a column of a kind that is not read is refused by its name", () => {
  expect(() => rowsOf("union.arrow")).toThrow(
    "union.arrow: column u holds unions, which are not read; leave it out: pyarrow's table.drop_columns",
  );
});

test("an Arrow file that is cut where a record batch ends is refused, and not taken for a shorter one", () => {
  const file = path.join(scratchFolder(), "cut.feather");
  const whole = fs.readFileSync(path.join(folder, "uncompressed.feather"));
  const endOfData = whole.lastIndexOf(Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]));
  fs.writeFileSync(file, whole.subarray(0, endOfData));
  expect(() => rowsOf(file)).toThrow(/cut.feather: .*its end is not that of an Arrow file/);
});

const tokenizer = await AutoTokenizer.fromPretrained(
  byteTokenizer(sharedFolder(), { config: { pad_token: "</s>" } }),
);
const options = { tokenizer, maxLength: 64 };

test("a whole number beyond 2^53 is refused where it is used, and harmless where it is not", () => {
  const file = path.join(folder, "int64.parquet");
  expect(SupervisedDataset.fromFile(file, options).length).toBe(2);
  const columns = { prompt: "text", completion: "n" };
  expect(() => SupervisedDataset.fromFile(file, { ...options, columns })).toThrow(
    /int64.parquet:2: n holds 9007199254740993, beyond 2\^53.*write it as text/,
  );
});

test("bytes that are no UTF-8 are refused with the row group", () => {
  expect(() => rowsOf("binary.parquet")).toThrow(
    /binary.parquet: row group 0 \(rows 1 to 2\): .*encoded data was not valid.*it is damaged or cut off; fetch or write it again/,
  );
});

test("shards of a folder, a pattern and a list are read in the order of their numbers", () => {
  const shards = scratchFolder();
  for (const number of [10, 2, 1]) {
    const rows = [0, 1].map((row) => JSON.stringify({ text: `${number}.${row}` }));
    fs.writeFileSync(path.join(shards, `part-${number}.jsonl`), rows.join("\n"));
  }
  fs.writeFileSync(path.join(shards, "README.md"), "no rows");
  fs.writeFileSync(path.join(shards, "_notes.jsonl"), "{}");
  const texts = (files: string | string[]) => {
    const dataset = SupervisedDataset.fromFile(files, options);
    return Array.from({ length: dataset.length }, (_, row) =>
      tokenizer.decode(dataset.example(row).inputIds, { skipSpecialTokens: true }),
    );
  };
  const inOrder = ["1.0", "1.1", "2.0", "2.1", "10.0", "10.1"];
  expect(texts(shards)).toEqual(inOrder);
  expect(texts(path.join(shards, "part-*.jsonl"))).toEqual(inOrder);
  expect(texts(["part-2.jsonl", "part-1.jsonl"].map((name) => path.join(shards, name)))).toEqual([
    "2.0",
    "2.1",
    "1.0",
    "1.1",
  ]);
  expect(() => texts(path.join(shards, "part-*.parquet"))).toThrow(
    "holds no file of rows whose name is like part-*.parquet",
  );
});

test("a file that is cut off, no Parquet, or empty is refused with a remedy, and the next file is read", () => {
  const cut = path.join(scratchFolder(), "cut.parquet");
  const whole = fs.readFileSync(path.join(folder, "snappy.parquet"));
  for (const bytes of [
    whole.subarray(0, whole.length / 2),
    Buffer.from("not parquet at all"),
    Buffer.alloc(0),
  ]) {
    fs.writeFileSync(cut, bytes);
    expect(() => SupervisedDataset.fromFile(cut, options)).toThrow(
      /cut.parquet: is no Parquet file: .*fetch or write it again/,
    );
  }
  expect(() => SupervisedDataset.fromFile(path.join(folder, "empty.parquet"), options)).toThrow(
    "holds no rows",
  );
  expect(rowsOf("none.parquet").length).toBe(written.rows.length);
});

test("a run that claims a thousand million values gives those that its page has", () => {
  const run = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1);
  expect(readHybrid(run, 0, { width: 1, count: 3 })).toEqual({
    values: Int32Array.of(1, 1, 1),
    end: 6,
  });
  expect(() => readHybrid(run.subarray(0, 5), 0, { width: 1, count: 3 })).toThrow(
    "a page ends at byte 5, before its values do",
  );
});

test.each(["snappy.parquet", "lz4.feather", "stream.arrow"])(
  "%s is read from behind any row",
  (name) => {
    for (const after of [1, 256, 300, 699, 700]) {
      const rows = readRows(path.join(folder, name), new BadRows(), after);
      expect(Array.from(rows, ({ line, value }) => [line, value])).toEqual(
        written.rows.slice(after).map((row, index) => [after + index + 1, row]),
      );
    }
  },
);
