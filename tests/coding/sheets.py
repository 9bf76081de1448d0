"""What the tests of coding do to sheets."""

from dataclasses import replace

from rejoinder.corpus.csv_io import read_cells
from rejoinder.csv_cells import write_cells

EACH, OF_ARTICLE = 25, 12  # what is coded of a comment of the first seed, and of its article
ALL = 9 * EACH + OF_ARTICLE


def changed(talk, *, reword="", drop=()):
    """`talk` with one of the statements reworded, and without some."""
    table = talk.codebook.statements.drop(list(drop))
    text = table["text"].where(table.index != reword, "In other words.")
    return replace(talk, codebook=replace(talk.codebook, statements=table.assign(text=text)))


def rows(sheet):
    """The rows of a sheet by comment."""
    return {row["comment_id"]: row for row in read_cells(sheet).rows.values()}


def change(path, *changes):
    """Rewrite the sheet at `path`: each change is (row, column, value), or a function of the rows."""
    table = list(read_cells(path).rows.values())
    for one in changes:
        if callable(one):
            table = one(table) or table
        else:
            table[one[0]][one[1]] = one[2]
    write_cells(path, table[0], (row.values() for row in table))
