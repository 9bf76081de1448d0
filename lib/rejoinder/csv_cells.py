"""CSV tables written so that no spreadsheet runs a cell.

A cell that would be taken for a formula gets an apostrophe, which `corpus.csv_io` removes on reading.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

from rejoinder.atomic_write import write_whole

# White space that a program may trim first, then a sign; in some countries a full-width one.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n']")
# A NUL or half a surrogate pair cannot be written to a text file: U+FFFD takes its place.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def write_cells(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write the table to `path`, completely or not at all. Raises OSError."""
    lines: list[str] = []
    # csv quotes a return inside a cell only if its line terminator contains one.
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    writer.writerows([header, *([guarded(cell) for cell in row] for row in rows)])
    text = "".join(line.removesuffix("\r\n") + "\n" for line in lines)
    write_whole({path: _UNWRITABLE.sub("\ufffd", text)})


def guarded(cell: str) -> str:
    """`cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
