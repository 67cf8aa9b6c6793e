"""usage: tables.py DATABASE FOLDER-OF-CSV FOLDER-OF-JSONL

Reads tables that were exported as CSV and as JSON Lines with pandas, and holds them to the database: the same columns, the
same number of rows, and the same value in each cell. In CSV an empty field without quotes is null, which pandas can't tell
from an empty text, so the two count as the same. Prints how many tables and cells there are. Exit code 77: the package is not
installed.
"""

import pathlib
import sqlite3
import sys

try:
    import pandas
except ImportError as problem:
    print(f"not installed: {problem.name}")
    sys.exit(77)

database, csv, jsonl = sqlite3.connect(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])


def shown(value):
    if value is None or value == "" or (isinstance(value, float) and value != value):
        return ""
    try:
        return repr(float(value))
    except (TypeError, ValueError):
        return str(value)


tables = cells = 0
for path in sorted(csv.glob("*.csv")):
    table = path.stem
    # line ends stay as they are written
    read = pandas.read_csv(path, dtype=str, keep_default_na=False, lineterminator="\n")
    lines = (jsonl / f"{table}.jsonl").read_text("utf-8")
    rows = pandas.read_json(jsonl / f"{table}.jsonl", lines=True, dtype=False, precise_float=True) if lines else None
    cursor = database.execute(f'select * from "{table}"')
    columns = [column[0] for column in cursor.description]
    assert list(read.columns) == columns, (table, list(read.columns), columns)
    kept = sorted([shown(cell) for cell in row] for row in cursor)
    assert sorted([shown(cell) for cell in row] for row in read.values.tolist()) == kept, table
    if rows is None:
        assert not kept, table
    else:
        assert list(rows.columns) == columns, table
        assert sorted([shown(cell) for cell in row] for row in rows.values.tolist()) == kept, table
    tables += 1
    cells += len(kept) * len(columns)
print(tables, cells)
