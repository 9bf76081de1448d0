"""A text and the numbered lines of its file: nothing is trimmed, converted or repaired."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from rejoinder.corpus.paths import read_bytes
from rejoinder.errors import SeedError

# An article with ten thousand comments has about 5 MB; archives are to be split by article.
MAX_BYTES = 50_000_000

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|$)")
# How formats in which people keep articles begin, in small letters.
_FORMATS = {
    b"pk\x03\x04": "a document of Word or LibreOffice, or a zip file",
    b"\xd0\xcf\x11\xe0": "a document of an older Word",
    b"{\\rtf": "a document in rich text (RTF)",
    b"%pdf-": "a PDF",
    **dict.fromkeys((b"<!doctype html", b"<html", b"<?xml", b"<!--"), "an HTML page"),
}


@dataclass(frozen=True)
class Raw:
    """A decoded file. `text` keeps line ends and a byte order mark; `lines` are (start, end) of each line
    without surrounding space: line n of an editor is lines[n - 1]."""

    file: str
    text: str
    sha256: str
    lines: tuple[tuple[int, int], ...]

    def line(self, number: int) -> str:
        """The text of a line, "" for a blank one."""
        return self.text[slice(*self.lines[number - 1])]

    def line_at(self, offset: int) -> int:
        """The number of the line that holds the character at `offset`."""
        return bisect_right(self.lines, offset, key=lambda line: line[1]) + 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Start of the line number `first` and end of the line number `last`."""
        return self.lines[first - 1][0], self.lines[last - 1][1]

    def filled(self, first: int = 1, last: int | None = None) -> list[int]:
        """The numbers of the lines that are not blank, from `first` to `last` (by default to the end)."""
        lines = enumerate(self.lines[first - 1 : last], start=first)
        return [number for number, (start, end) in lines if start < end]


def read_raw(path: Path, *, name: str, encoding: str | None = None) -> Raw:
    """The text at `path`, called `name` in messages, in UTF-8 unless `encoding` says otherwise.

    Raises SeedError for a file that is missing, empty, over MAX_BYTES, not in that encoding or no text.
    """
    data = read_bytes(path, name, SeedError, most=MAX_BYTES)
    head = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if kind := next((kind for sign, kind in _FORMATS.items() if head.startswith(sign)), None):
        remedy = "Open it, paste article and comments into a plain text file (.txt), and give its path."
        raise SeedError(f"is {kind}, not plain text", file=name, remedy=remedy)
    text = _decoded(data, name, encoding or "utf-8")
    if "\0" in text:
        remedy = 'If it is UTF-16, use load(…, encoding="utf-16-le"); else save it as plain UTF-8 text.'
        line = _line_ends(text[: text.index("\0")]) + 1
        raise SeedError("holds NUL bytes, so it is not plain text", file=name, line=line, remedy=remedy)
    if not text.strip("\ufeff").strip():
        raise SeedError("is empty", file=name, remedy="Paste an article and its comments into it.")
    return Raw(name, text, hashlib.sha256(data).hexdigest(), _lines(text))


def _decoded(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (LookupError, ValueError) as error:
        wrong = isinstance(error, UnicodeDecodeError)
        line = _line_ends(data[: error.start].decode("latin-1")) + 1 if wrong else None
        remedy = (
            f'It looks like {_likely_encoding(data)}: use load(…, encoding="…"), or save it as UTF-8.'
        )
        raise SeedError(f"cannot be read ({error})", file=name, line=line, remedy=remedy) from error


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _likely_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    # The usual ones first: short text also fits rare code pages, in which it means something else.
    usual = ["utf_16", "utf_32", "cp1252"]
    found = (from_bytes(data[:1_000_000], cp_isolation=among).best() for among in (usual, None))
    return next((best.encoding for best in found if best), None)


def _lines(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for line in _LINE.finditer(text):
        if line.start() == len(text) and spans:
            break  # there is no line after the last line end
        content = line[1].lstrip("\ufeff") if line.start() == 0 else line[1]
        start = line.end(1) - len(content.lstrip())  # of a blank line its end
        spans.append((start, start + len(content.strip())))
    return tuple(spans)
