# Writes the Parquet and Arrow files beside it: python write_seeds.py
import os

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))
turn = pa.struct([("role", pa.string()), ("content", pa.string())])
schema = pa.schema(
    [("messages", pa.list_(turn)), ("id", pa.int64()), ("source", pa.dictionary(pa.int32(), pa.string())), ("score", pa.float64()), ("flag", pa.bool_())]
)
rows = [
    {
        "messages": [{"role": "user", "content": f"q{i}"}, {"role": "assistant", "content": None if i == 3 else "a" * i}] if i != 4 else None,
        "id": i,
        "source": ["web", "book", None][i % 3],
        "score": i / 2,
        "flag": i % 2 == 0,
    }
    for i in range(8)
]
table = pa.Table.from_pylist(rows, schema=schema)


def parquet(name, **how):
    pq.write_table(table, os.path.join(here, name + ".parquet"), write_statistics=False, store_schema=False, **how)


parquet("plain", compression="none", use_dictionary=False)
parquet("snappy", compression="snappy", row_group_size=4)
parquet("zstd", compression="zstd", data_page_version="2.0")
parquet("gzip", compression="gzip")
parquet(
    "delta",
    compression="none",
    use_dictionary=False,
    column_encoding={"id": "DELTA_BINARY_PACKED", "messages.list.element.content": "DELTA_BYTE_ARRAY", "messages.list.element.role": "DELTA_LENGTH_BYTE_ARRAY", "score": "BYTE_STREAM_SPLIT"},
)


def arrow(name, **how):
    feather.write_feather(table, os.path.join(here, name + ".arrow"), chunksize=4, **how)


for packing in ["uncompressed", "lz4", "zstd"]:
    arrow(packing, compression=packing)

# Columns of the kinds that are laid out otherwise, in a stream: no index stands behind it.
kinds = pa.table(
    {
        "text": pa.array(["a", None, "bc", "def"], pa.large_string()),
        "view": pa.array(["a", None, "bc", "longer than twelve bytes"], pa.string_view()),
        "tags": pa.array([["x"], [], None, ["y", "z"]], pa.large_list(pa.string())),
        "pair": pa.array([[1, 2], None, [3, 4], [5, 6]], pa.list_(pa.int16(), 2)),
        "map": pa.array([[("k", 1)], [], None, [("l", 2), ("m", 3)]], pa.map_(pa.string(), pa.int8())),
        "time": pa.array([0, 1, None, 2], pa.timestamp("us", tz="UTC")),
        "day": pa.array([0, 1, None, 2], pa.date32()),
        "price": pa.array([1, 2, None, 3], pa.decimal128(9, 2)),
        "bytes": pa.array([b"ab", None, b"cd", b"ef"], pa.binary(2)),
        "half": pa.array([0, 1, 2, None], pa.float16()),
        "nothing": pa.array([None] * 4, pa.null()),
        "source": pa.array(["web", "book", None, "web"]).dictionary_encode(),
    }
)


def stream(name, columns):
    with pa.ipc.new_stream(os.path.join(here, name + ".arrow"), columns.schema) as writer:
        writer.write_table(columns, max_chunksize=3)


stream("stream", table)
stream("kinds", kinds)
