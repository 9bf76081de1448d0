"""What the tests of coding do to sheets."""

from rejoinder.corpus.csv_io import read_cells, write_cells


def rows(sheet):
    """The rows of a sheet by comment."""
    return {row["comment_id"]: row for row in read_cells(sheet, "sheet").rows.values()}


def change(path, *changes):
    """Rewrite the sheet at `path`: each change is (row, column, value), or a function of the rows."""
    table = list(read_cells(path, "sheet").rows.values())
    for one in changes:
        if callable(one):
            table = one(table) or table
        else:
            table[one[0]][one[1]] = one[2]
    write_cells(path, table[0], (row.values() for row in table))
