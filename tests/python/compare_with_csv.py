"""Reads a catalog file with pyarrow and compares every value with a CSV file's: `compare_with_csv.py <arrow> <csv>`.

The CSV has a header `time,open,high,low,close,volume[,spread]`; its times are epoch milliseconds of the bars' opens.
Prints a JSON summary; exits 1 at the first difference.
"""

import csv
import json
import sys

import pyarrow as pa
import pyarrow.feather as feather

arrow_path, csv_path = sys.argv[1:]
table = feather.read_table(arrow_path)
with open(csv_path, newline="") as file:
    rows = list(csv.DictReader(file))

if table.num_rows != len(rows):
    sys.exit(f"{table.num_rows} rows in Arrow, {len(rows)} in CSV")
for name in rows[0]:
    values = table.column(name)
    if name == "time":
        values = values.cast(pa.int64())
    for line, (actual, row) in enumerate(zip(values.to_pylist(), rows), start=2):
        expected = int(row[name]) if name == "time" else float(row[name])
        if actual != expected:
            sys.exit(f"{name} in line {line}: {actual!r} in Arrow, {expected!r} in CSV")

table.validate(full=True)
metadata = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
types = {field.name: str(field.type) for field in table.schema}
print(json.dumps({"rows": table.num_rows, "types": types, "metadata": metadata}))
