"""Writes the same fifty bars in every way that Parquet files of bars come: `write_parquet.py <folder>`.

Minutes from 2021-01-04 10:00 UTC, and days from the same date for the files whose times are dates. All prices are
multiples of 1/8, so that float32 and decimals hold them exactly. Prints the names of the files, with what an importer
must be told about each, as JSON.
"""

import datetime
import decimal
import json
import pathlib
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(sys.argv[1])
ROWS = range(50)
COLUMNS = {
    "open": [100 + i / 8 for i in ROWS],
    "high": [101 + i / 8 for i in ROWS],
    "low": [99 + i / 8 for i in ROWS],
    "close": [100.5 + i / 8 for i in ROWS],
    "volume": [1000.0 + i for i in ROWS],
}
START = datetime.datetime(2021, 1, 4, 10, tzinfo=datetime.timezone.utc)
MINUTES = [START + datetime.timedelta(minutes=i) for i in ROWS]
DAYS = [START.date() + datetime.timedelta(days=i) for i in ROWS]
NAIVE = [time.replace(tzinfo=None) for time in MINUTES]
files = {}


def note(name, **options):
    files[name] = options
    return folder / f"{name}.parquet"


def write(name, times, columns=COLUMNS, options={}, **settings):
    pq.write_table(pa.table({"time": times, **columns}), note(name, **options), **settings)


def cast(kind):
    return {name: pa.array(values).cast(kind) for name, values in COLUMNS.items()}


utc_ms = pa.array(MINUTES, pa.timestamp("ms", "UTC"))
for unit in ["s", "ms", "us", "ns"]:
    write(f"utc-{unit}", pa.array(MINUTES, pa.timestamp(unit, "UTC")))
    write(f"naive-{unit}", pa.array(NAIVE, pa.timestamp(unit)))
for version in ["1.0", "2.4", "2.6"]:
    write(f"version-{version}", utc_ms, version=version)
for codec in ["none", "snappy", "gzip", "brotli", "zstd"]:
    for page in ["1.0", "2.0"]:
        write(f"{codec}-page-{page}", utc_ms, compression=codec, data_page_version=page)
write("checksums", utc_ms, write_page_checksum=True)
write("int96", pa.array(NAIVE, pa.timestamp("ns")), use_deprecated_int96_timestamps=True)
write("row-groups", utc_ms, row_group_size=7)
write("small-pages", utc_ms, data_page_size=64, write_batch_size=8)
write("no-dictionary", utc_ms, use_dictionary=False)
write("byte-stream-split", utc_ms, use_dictionary=False, use_byte_stream_split=list(COLUMNS))
write("delta", utc_ms, use_dictionary=False, column_encoding={"time": "DELTA_BINARY_PACKED"})
write("float32", utc_ms, cast(pa.float32()))
write("decimal-128", utc_ms, cast(pa.decimal128(20, 4)))
write("decimal-wide", utc_ms, cast(pa.decimal128(38, 20)))
write("decimal-integer", utc_ms, cast(pa.decimal128(9, 4)), store_decimal_as_integer=True)
write("decimal-long", utc_ms, cast(pa.decimal128(18, 4)), store_decimal_as_integer=True)
write("unsigned", utc_ms, {**COLUMNS, "volume": pa.array([1000 + i for i in ROWS], pa.uint32())})
write("unsigned-long", utc_ms, {**COLUMNS, "volume": pa.array([1000 + i for i in ROWS], pa.uint64())})
write("texts", utc_ms, {name: [str(value) for value in values] for name, values in COLUMNS.items()})
epoch = [int(time.timestamp()) for time in MINUTES]
for unit, factor in [("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)]:
    write(f"epoch-{unit}", [time * factor for time in epoch])
write("iso-texts", [time.isoformat() for time in MINUTES])
write("day-first", [time.strftime("%d/%m/%Y %H:%M") for time in MINUTES], options={"timeFormat": "dmy"})
new_york = [time.astimezone(datetime.timezone(datetime.timedelta(hours=-5))) for time in MINUTES]
write("new-york-texts", [time.strftime("%Y-%m-%d %H:%M") for time in new_york], options={"timeZone": "America/New_York"})
write("new-york", pa.array([t.replace(tzinfo=None) for t in new_york], pa.timestamp("us")), options={"timeZone": "America/New_York"})
write("close-stamp", pa.array([t + datetime.timedelta(minutes=1) for t in MINUTES], pa.timestamp("ms", "UTC")), options={"stamp": "close"})
clock = [time.time() for time in NAIVE]
dated = [time.date() for time in NAIVE]
pq.write_table(pa.table({"date": pa.array(dated), "time": pa.array(clock, pa.time64("us")), **COLUMNS}), note("clock-column"))
texts = {"date": [str(day) for day in dated], "time": [time.strftime("%H:%M:%S") for time in clock]}
pq.write_table(pa.table({**texts, **COLUMNS}), note("clock-texts"))
write("days", pa.array(DAYS, pa.date32()), options={"days": True})
schema = pa.schema([pa.field(name, pa.float64(), nullable=False) for name in COLUMNS])
required = pa.table(COLUMNS, schema=schema).add_column(0, pa.field("time", utc_ms.type, nullable=False), utc_ms)
pq.write_table(required, note("required"))
nested = {**COLUMNS, "extra": [{"open": i} for i in ROWS], "list": [[i] for i in ROWS], "flag": [True] * 50}
write("other-columns", utc_ms, nested)
pq.write_table(pa.table({"a": MINUTES, **{name[0] * 3: values for name, values in COLUMNS.items()}}), note("named", columns=["time", *COLUMNS]))

frame = pd.DataFrame(COLUMNS, index=pd.DatetimeIndex(MINUTES))
frame.to_parquet(note("pandas-index"))
frame.rename_axis("Date").to_parquet(note("pandas-named-index"))
frame.rename_axis("timestamp").reset_index().to_parquet(note("pandas-column"))
frame.tz_convert("America/New_York").to_parquet(note("pandas-new-york"))
frame.to_parquet(note("pandas-gzip"), compression="gzip")
polars = pl.DataFrame({"time": MINUTES, **COLUMNS})
polars.write_parquet(note("polars"))
polars.write_parquet(note("polars-snappy"), compression="snappy", row_group_size=8)
polars.write_parquet(note("polars-plain"), compression="uncompressed", use_pyarrow=False)
duckdb.sql("SET TimeZone = 'UTC'")
duckdb.sql("SELECT * FROM polars").write_parquet(str(note("duckdb")))
duckdb.sql("SELECT * FROM polars").write_parquet(str(note("duckdb-zstd")), compression="zstd", row_group_size=2048)
duckdb.sql("SELECT time::TIMESTAMP_NS AS time, open::DECIMAL(12, 4) AS open, high, low, close, volume FROM polars").write_parquet(str(note("duckdb-types")))
# Bars of two products, mixed and one after the other; the other one has a bar before those of XUSD.
other = pl.DataFrame({"time": [START - datetime.timedelta(minutes=1), *MINUTES], **{name: [value / 4 for value in [values[0], *values]] for name, values in COLUMNS.items()}})
both = pl.concat([polars.with_columns(symbol=pl.lit("XUSD")), other.with_columns(symbol=pl.lit("YUSD"))])
both.write_parquet(note("products-in-turn"))
both.sort("time").with_columns(pl.col("symbol").cast(pl.Categorical)).write_parquet(note("products-mixed"), row_group_size=16)
both.sort("time").to_pandas().rename(columns={"symbol": "Ticker"}).to_parquet(note("products-pandas"))

nulls = {name: [None if i == 3 else value for i, value in enumerate(values)] for name, values in COLUMNS.items()}
write("nulls", utc_ms, {**COLUMNS, "close": nulls["close"]}, options={"badRow": 4})
write("null-time", pa.array([None if i == 3 else time for i, time in enumerate(MINUTES)], utc_ms.type), options={"badRow": 4})
write("nulls-page-2.0", utc_ms, {**COLUMNS, "close": nulls["close"]}, options={"badRow": 4}, data_page_version="2.0", row_group_size=9)
pq.write_table(pa.table({"time": utc_ms, **COLUMNS}), folder / "lz4.parquet", compression="lz4")
pq.write_table(pa.table({"time": [True] * 50, **COLUMNS}), folder / "flags.parquet")
pq.write_table(pa.table({"time": utc_ms, "price": COLUMNS["open"]}), folder / "ticks.parquet")
pq.write_table(pa.table({"time": utc_ms, **{**COLUMNS, "high": [[1.0]] * 50}}), folder / "lists.parquet")
pq.write_table(pa.table({"time": utc_ms, **{**COLUMNS, "high": [True] * 50}}), folder / "high-flags.parquet")
pq.write_table(pa.table({"time": ["soon"] * 50, **COLUMNS}), folder / "words.parquet")
pq.write_table(pa.table({"time": ["03/04/2015"] * 50, **COLUMNS}), folder / "ambiguous.parquet")
pq.write_table(pa.table({"time": utc_ms, **COLUMNS}).slice(0, 0), folder / "empty.parquet")
print(json.dumps(files))
