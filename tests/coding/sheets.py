"""What the tests of coding do to sheets."""

import csv
import io

from rejoinder.corpus.csv_io import read_cells


def rows(sheet):
    """The rows of a sheet by comment."""
    return {row["comment_id"]: row for row in read_cells(sheet, "sheet").rows.values()}


def change(path, *changes):
    """Rewrite the CSV at `path`: each change is (row, column, value), or a function of the rows."""
    table = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    for one in changes:
        if callable(one):
            table = one(table) or table
        else:
            table[one[0]][one[1]] = one[2]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
