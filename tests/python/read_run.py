"""Prints the tables of a stored run: per file its number of rows, column types and first row."""

import json
import pathlib
import sys

import pyarrow.feather

tables = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.arrow")):
    table = pyarrow.feather.read_table(path)
    tables[path.stem] = {
        "rows": table.num_rows,
        "types": {field.name: str(field.type) for field in table.schema},
        "first": table.slice(0, 1).to_pylist()[0] if table.num_rows > 0 else None,
    }
print(json.dumps(tables, default=str))
