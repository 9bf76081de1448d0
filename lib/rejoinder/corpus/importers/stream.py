"""A file of any size as a series of exports: JSON lines (also compressed), CSV and Parquet by pieces."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import zstandard

from rejoinder.corpus.importers import tables
from rejoinder.corpus.importers.export import Export, export_of
from rejoinder.corpus.importers.read import GZIP, JSON_READERS, PARQUET, UTF_16, ZSTD, records_of
from rejoinder.corpus.importers.records import Records
from rejoinder.corpus.raw import chosen_encoding, decoded, shown
from rejoinder.errors import ExportError

_HEAD = 100_000  # bytes that tell whether each line is a record
_LONGEST = 10_000_000  # letters of a cell of a table


def read_pieces(
    path: str | Path,
    *,
    size: int,
    columns: Mapping[str, str] | None = None,
    pseudonym: Callable[[str], str] | None = None,
) -> Iterator[Callable[[], Export]]:
    """The file as exports of up to `size` records each, which a call makes; of a format that is no list
    of records, one.

    Parameters
    ----------
    columns : as for `read_export`; `pseudonym` : makes one of a person's name or id.

    A line that is no record is left out as "not JSON". A record without an id gets the number that it has
    in the file. Comments that name no article, and articles without an id, are of the article "article".
    Raises ExportError as `read_export`, also where it is called.
    """
    path, number = Path(path).expanduser(), 0
    rows = _rows(path)
    if rows is None:
        yield lambda: export_of(records_of(path, columns or {}), pseudonym=pseudonym)
        return
    try:
        while piece := list(islice(rows, size)):
            yield partial(_export, path, piece, number, columns or {}, pseudonym)
            number += len(piece)
    except (OSError, EOFError, csv.Error, zstandard.ZstdError) as error:
        remedy = "Export or download it again; what was read up to there is kept."
        raise ExportError(
            f"cannot be read to its end ({error})", file=shown(path), remedy=remedy
        ) from error


def _export(
    path: Path,
    piece: list[dict | None],
    before: int,
    columns: Mapping[str, str],
    pseudonym: Callable[[str], str] | None,
) -> Export:
    good = [row for row in piece if isinstance(row, dict)]
    try:
        found = next(filter(None, (read(good) for read in JSON_READERS)), None) if good else Records("")
        found = found or tables.records(good, columns)
        for place, record in enumerate(found.comments, start=before + 1):
            record["name"] = record["name"] or f"c{place:02d}"
        for place, row in enumerate(piece, start=before + 1):
            if not isinstance(row, dict):
                found.comment(f"line {place}", left_out="not JSON")
        return export_of(found, pseudonym=pseudonym)
    except ExportError as error:
        raise ExportError(
            error.problem, file=shown(path), line=error.line, remedy=error.remedy
        ) from error


def _rows(path: Path) -> Iterator[dict | None] | None:
    """The records of a file one by one, None for a line that is none; None for another kind of file."""
    with _opened(path) as file:
        head = file.read(_HEAD)
    if head.startswith(PARQUET):
        return _parquet_rows(path)
    if head.startswith(UTF_16):
        return None
    encoding = _encoding(head, path)
    text = head.decode(encoding, "replace")
    first, *rest = [line for line in text.split("\n") if line.strip()][:3] or [""]
    if first.startswith("{") and rest and rest[0].startswith("{") and _json(first):
        return _json_rows(path, encoding)
    header = first.split(tables.delimiter(first) or "\0")
    if tables.is_header(header) and len(header) > 1:
        return _csv_rows(path, encoding, tables.delimiter(first))
    return None


def _encoding(head: bytes, path: Path) -> str:
    """Of a file, by how it begins. Raises ExportError if nothing tells it."""
    if chosen := chosen_encoding():
        return chosen
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # which may end within a sign
    except UnicodeDecodeError:
        decoded(head, shown(path), ExportError)
        return "cp1252"
    return "utf-8-sig"


def _opened(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        sign = file.read(4)
    if sign.startswith(GZIP):
        return gzip.open(path)
    if sign != ZSTD:
        return path.open("rb")
    # Dumps of Reddit use a window that the default refuses.
    unpacker = zstandard.ZstdDecompressor(max_window_size=2**31)
    return unpacker.stream_reader(path.open("rb"), read_across_frames=True, closefd=True)


def _lines(path: Path, encoding: str, newline: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(_opened(path), encoding=encoding, errors="replace", newline=newline)


def _json(line: str) -> dict | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _json_rows(path: Path, encoding: str) -> Iterator[dict | None]:
    with _lines(path, encoding, "\n") as lines:  # other signs that end a line can stand inside a text
        yield from (_json(line) for line in lines if line.strip())


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[dict]:
    csv.field_size_limit(_LONGEST)
    with _lines(path, encoding, "") as lines:
        for row in csv.DictReader(lines, delimiter=delimiter, restkey=""):
            yield {name: "" if cell is None else cell for name, cell in row.items() if name}


def _parquet_rows(path: Path) -> Iterator[dict]:
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches(batch_size=1_000):
        yield from batch.to_pylist()
