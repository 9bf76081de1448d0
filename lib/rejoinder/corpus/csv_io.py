"""CSV tables of text that a spreadsheet may have saved in between: no cell is converted or dropped."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from unicodedata import category

from rejoinder.corpus.raw import decoded, read_bytes, shown
from rejoinder.csv_cells import unguarded
from rejoinder.errors import CodingsError, RejoinderError

_SEPARATOR = re.compile(r"\A\"?sep=.\"?\r?\n")  # Excel's own first line, which it does not count
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
csv.field_size_limit(2**31 - 1)  # the default of 131,072 characters is less than a long comment


@dataclass(frozen=True)
class Cells:
    """A table as its file holds it: `header`, the names of its columns, and `lines`, the cells of each
    row by the number that a spreadsheet shows. `remarks` say what was unusual and did no harm."""

    name: str
    header: tuple[str, ...]
    lines: dict[int, list[str]]
    remarks: tuple[str, ...]

    @property
    def rows(self) -> dict[int, dict[str, str]]:
        """Each row by its number, its values by column."""
        return {n: dict(zip(self.header, row, strict=True)) for n, row in self.lines.items()}


def read_cells(path: Path) -> Cells:
    """The CSV file at `path` without its empty rows and columns.

    The header is the first row of two or more filled cells: above it may be a title. Semicolons or tabs
    for commas, UTF-16 and Windows-1252 are read, and all of this is remarked on. Raises CodingsError,
    with the row, for a file that is missing, empty, too large or not a table.
    """
    text, remarks = decoded(read_bytes(path, CodingsError), shown(path), CodingsError)
    table = parsed(text, shown(path), CodingsError)
    return replace(table, remarks=(*remarks, *table.remarks))


def parsed(
    text: str,
    name: str,
    error: type[RejoinderError],
    *,
    is_header: Callable[[list[str]], bool] = lambda row: sum(map(bool, map(tidy, row))) > 1,
    delimiter: str | None = None,
    unnamed: str = "",
) -> Cells:
    """The table in the text of a CSV file.

    The first row that `is_header` names the columns, or the first of all; columns without a name are
    called `unnamed` and their number, or must be empty. Raises `error`, with the row, for what is not a
    table.
    """
    remarks: list[str] = []
    text = _SEPARATOR.sub("", text)
    lines = ({one: line.count(one) for one in _DELIMITERS} for line in io.StringIO(text))
    times = next((found for found in lines if any(found.values())), {",": 0})
    delimiter = delimiter or max(times, key=times.get)
    if delimiter != ",":
        remarks.append(f"cells are separated by {_DELIMITERS[delimiter]}, not commas")
    rows, table, problems = [], {}, []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        problems.append(f"row {len(rows) + 1} is not CSV ({fault}): is a quotation mark not closed?")
    above = next((n for n, row in enumerate(rows) if is_header(row)), 0)
    header = [" ".join(tidy(cell).split()) for cell in rows[above]] if rows else []
    if unnamed:
        header = [name or f"{unnamed} {n}" for n, name in enumerate(header, start=1)]
    below = rows[above + 1 :]
    short = any(0 < len(row) < len(header) for row in below)
    filled = {at for row in below for at, cell in enumerate(row) if tidy(cell)} if short else set()
    named = [name for name in header if name]
    if not named:
        problems.append("is empty: its first row must name the columns")
    elif (times := named.count(twice := max(named, key=named.count))) > 1:
        problems.append(f"row {above + 1} has the column {twice!r} {times} times")
    for number, row in enumerate(below, start=above + 2):
        if not "".join(row).strip():
            continue
        if len(row) != len(header) or len(named) < len(header):
            # Spreadsheets add empty cells at the end of a row, and leave some out.
            nameless = (cell for name, cell in zip_longest(header, row, fillvalue="") if not name)
            if found := next(filter(tidy, nameless), None):
                problems.append(f"row {number} has {found!r:.80} in a column without a name")
            if filled & {*range(len(row), len(header))}:
                problems.append(f"row {number} has {len(row)} cells, the header has {len(header)}")
            row = [row[at] if at < len(row) else "" for at, name in enumerate(header) if name]
        table[number] = [unguarded(cell) if cell[:1] == "'" else cell for cell in row]
    if problems:
        remedy = "Correct it in a spreadsheet and save it as CSV."
        raise error(problems[0], file=name, remedy=remedy)
    if title := " ".join(filter(None, (tidy(cell) for row in rows[:above] for cell in row))):
        remarks.append(f"{title!r:.80} above the header was left out")
    if empty := len(rows) - 1 - above - len(table):
        remarks.append(f"{empty} rows without text were left out")
    return Cells(name, tuple(named), table, tuple(remarks))


def tidy(cell: str) -> str:
    """`cell` without invisible signs and without white space around it."""
    return cell.strip() if cell.isascii() else "".join(c for c in cell if category(c) != "Cf").strip()
