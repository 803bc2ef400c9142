"""Reads an exported Parquet, CSV, JSON and NDJSON file with pandas, and the Parquet file with pyarrow, Polars and DuckDB
too; compares every value with the dataset's Arrow file: `read_export.py <arrow> <folder>`. Prints what it found."""

import json
import pathlib
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow.feather as feather
import pyarrow.parquet as pq

table = feather.read_table(sys.argv[1])
folder = pathlib.Path(sys.argv[2])
expected = table.to_pandas()
parquet = folder / "bars.parquet"
duckdb.sql("SET TimeZone = 'UTC'")
frames = {
    "pandas": pd.read_parquet(parquet),
    "polars": pl.read_parquet(parquet).to_pandas(),
    "duckdb": duckdb.sql(f"SELECT * FROM '{parquet}'").df(),
    "csv": pd.read_csv(folder / "bars.csv", parse_dates=["time"]),
    "json": pd.DataFrame(json.loads((folder / "bars.json").read_text())),
    "ndjson": pl.read_ndjson(folder / "bars.ndjson").to_pandas(),
}
for name, frame in frames.items():
    if list(frame.columns) != list(expected.columns) or len(frame) != len(expected):
        sys.exit(f"{name}: {list(frame.columns)}, {len(frame)} rows")
    for column in expected.columns:
        actual, wanted = frame[column], expected[column]
        if column == "time":
            actual, wanted = (pd.to_datetime(times, utc=True).astype("datetime64[ms, UTC]") for times in (actual, wanted))
        if not (actual.to_numpy() == wanted.to_numpy()).all():
            sys.exit(f"{name}: {column} differs")
opened = pq.read_table(parquet)
opened.validate(full=True)
metadata = {key.decode(): value.decode() for key, value in opened.schema.metadata.items()}
types = {field.name: str(field.type) for field in opened.schema}
print(json.dumps({"rows": opened.num_rows, "types": types, "metadata": metadata, "same": list(frames)}))
