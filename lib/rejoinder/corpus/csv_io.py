"""Tables of text cells that a spreadsheet may have had in its hands: read whole, nothing guessed away.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it, which
reading takes off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from rejoinder.atomic_write import write_whole
from rejoinder.errors import CodingsError

MAX_BYTES = 100_000_000
# White space that a program may trim first, then a sign; full-width ones are signs in some countries.
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n']")
# Half a surrogate pair cannot be written, and with a NUL the file would be no text: U+FFFD is put.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_CELL = 2**31 - 1  # characters; csv's own limit of 131,072 is less than a long comment


@dataclass(frozen=True)
class Cells:
    """A table as it stands in a file: `header`, and `rows` by the number a spreadsheet gives them
    (the header's is 1). `remarks` say what was unusual about the file and did no harm."""

    name: str
    header: tuple[str, ...]
    rows: dict[int, dict[str, str]]
    remarks: tuple[str, ...]


def read_cells(path: Path, name: str) -> Cells:
    """The CSV file at `path`, called `name` in messages. Rows without any text are left out.

    Read too, and remarked on, are what spreadsheets make of one: semicolons or tabs for commas,
    UTF-16, Windows-1252. Raises CodingsError for what is missing, empty, too large or not a table,
    naming the row.
    """
    text, remarks = _decoded(_bytes(path, name), name)
    first = text.lstrip().split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    if mark != ",":
        remarks.append(f"cells are parted by {'tabs' if mark == chr(9) else 'semicolons'}, not commas")
    before = csv.field_size_limit(_CELL)
    rows: dict[int, list[str]] = {}
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            rows[len(rows) + 1] = row
    except csv.Error as error:
        raise CodingsError(
            f"row {len(rows) + 1} is not CSV ({error})",
            file=name,
            remedy="Look for a quotation mark that was opened and not closed, or save it anew as CSV.",
        ) from error
    finally:
        csv.field_size_limit(before)
    header = tuple(cell.strip() for cell in rows.pop(1, []))
    if not any(header):
        raise CodingsError("is empty", file=name, remedy="Its first row must name the columns.")
    for column in header:
        if header.count(column) > 1:
            raise CodingsError(
                f"row 1 has the column {column!r} {header.count(column)} times",
                file=name,
                remedy="Take out all but one.",
            )
    table = {}
    for number, row in rows.items():
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            raise CodingsError(
                f"row {number} has {len(row)} cells, the header has {len(header)}",
                file=name,
                remedy="A comma inside a cell needs quotation marks around the cell.",
            )
        table[number] = dict(zip(header, map(unguarded, row), strict=True))
    if len(table) < len(rows):
        remarks.append(f"{len(rows) - len(table)} rows without text were left out")
    return Cells(name, header, table, tuple(remarks))


def write_cells(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Put the table at `path`, whole or not at all (`write_whole`)."""
    lines: list[str] = []
    # A return within a cell is quoted only where it is part of what ends a line.
    writer = csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    write_whole(
        {path: _UNWRITABLE.sub("\ufffd", "".join(line.removesuffix("\r\n") + "\n" for line in lines))}
    )


def guarded(cell: str) -> str:
    """`cell` as no spreadsheet takes it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What was `guarded`, again."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise OSError(0, "not a file")
        if path.stat().st_size > MAX_BYTES:
            raise OSError(0, f"larger than {MAX_BYTES / 1e6:.0f} MB")
        return path.read_bytes()
    except OSError as error:
        raise CodingsError(
            f"cannot be read ({error.strerror})", file=name, remedy="Check the path, and mend the file."
        ) from error


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), ["it was saved as UTF-16, not UTF-8"]
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Excel's plain "CSV" on Windows; every byte means something in it or in Latin-1.
        text = data.decode("cp1252", errors="replace")
        return text, ["it was saved as Windows-1252, not UTF-8"]
    if "\0" in text:
        raise CodingsError("holds NUL bytes, so it is no table", file=name, remedy="Save it as CSV.")
    return text, []
