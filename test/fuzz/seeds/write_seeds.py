# Writes the Parquet files beside it: python write_seeds.py
import os

import pyarrow as pa
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

