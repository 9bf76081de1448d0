"""Bytes to text and numbered lines, exactly: nothing is trimmed, converted or repaired."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rejoinder.errors import SeedError

# An article with ten thousand comments is about 5 MB; archives are to be split by article.
MAX_BYTES = 50_000_000

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|$)")


@dataclass(frozen=True)
class Raw:
    """A decoded file. `text` is what the bytes say: line ends and a byte order mark are kept."""

    file: str
    text: str
    sha256: str
    lines: tuple[tuple[int, int], ...]
    """(start, end) of each line without surrounding space; line n of an editor is lines[n - 1]."""

    def blank(self, line: int) -> bool:
        start, end = self.lines[line - 1]
        return start == end

    def line_at(self, offset: int) -> int:
        """The number of the line that holds the character at `offset`."""
        return bisect_right(self._ends, offset) + 1

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.lines]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets from the first letter of line `first` to the last of line `last`."""
        return self.lines[first - 1][0], self.lines[last - 1][1]


def read_raw(path: Path, *, name: str, encoding: str | None = None) -> Raw:
    """The file at `path`, called `name` in messages; UTF-8 unless `encoding` says otherwise.

    Raises SeedError for what is missing, not a file, empty, over MAX_BYTES, not in the encoding,
    or holds NUL bytes.
    """
    data = _bytes(path, name)
    text = _decoded(data, name, encoding)
    if "\0" in text:
        raise SeedError(
            "holds NUL bytes, so it is not plain text",
            file=name,
            line=_line_ends(text[: text.index("\0")]) + 1,
            remedy='If it is UTF-16, read it with load(…, encoding="utf-16-le"); else save it anew as '
            "plain UTF-8 text, and look at what stood there.",
        )
    if not text.strip("\ufeff").strip():
        raise SeedError("is empty", file=name, remedy="Paste an article and its comments into it.")
    return Raw(name, text, hashlib.sha256(data).hexdigest(), _lines(text))


def _bytes(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        is_file = path.is_file()
    except FileNotFoundError as error:
        raise SeedError(
            "does not exist",
            file=name,
            remedy="Give the id of a seed in seeds/, or the path of a text file.",
        ) from error
    except (OSError, ValueError) as error:
        raise SeedError(
            f"cannot be reached ({getattr(error, 'strerror', None) or error})",
            file=name[:200],
            remedy="Check the path and its permissions.",
        ) from error
    if not is_file:
        raise SeedError(
            "is a folder or a device, not a text file", file=name, remedy="Name the file in it."
        )
    if size > MAX_BYTES:
        raise SeedError(
            f"has {size / 1e6:,.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are read at once",
            file=name,
            remedy="Split it: one file for each article with its comments.",
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise SeedError(
            f"cannot be read ({error.strerror})", file=name, remedy="Check its permissions."
        ) from error


def _decoded(data: bytes, name: str, encoding: str | None) -> str:
    try:
        return data.decode(encoding or "utf-8")
    except LookupError as error:
        raise SeedError(
            f"was asked for as {encoding!r}, which is no known encoding",
            file=name,
            remedy='Use a name such as "utf-8" or "cp1252".',
        ) from error
    except UnicodeDecodeError as error:
        guess = _likely_encoding(data)
        raise SeedError(
            f"is not {error.encoding.upper()} text: byte {error.start} is {data[error.start]:#04x}"
            + (f"; it looks like {guess}" if guess else ""),
            file=name,
            line=_line_ends(data[: error.start].decode("latin-1")) + 1,
            remedy=f'Read it with load(…, encoding="{guess or "…"}"), or save it as UTF-8.',
        ) from error
    except ValueError as error:
        raise SeedError(
            f"cannot be read as {encoding!r} ({error})", file=name, remedy="Use another encoding."
        ) from error


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _likely_encoding(data: bytes) -> str | None:
    """The encoding that charset-normalizer thinks likeliest, by Python's name for it."""
    from charset_normalizer import from_bytes

    # The usual ones first: on short text rarer code pages fit as well and mean something else.
    for among in (["utf_16", "utf_32", "cp1252"], None):
        best = from_bytes(data[:1_000_000], cp_isolation=among).best()
        if best is not None:
            return best.encoding
    return None


def _lines(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for line in _LINE.finditer(text):
        if line.start() == len(text) and spans:
            break  # what follows the last line end is not a line
        start, end = line.span(1)
        content = line[1]
        if start == 0:
            start += len(content) - len(content.lstrip("\ufeff"))
            content = content.lstrip("\ufeff")
        inner = content.strip()
        left = start + (len(content) - len(content.lstrip()) if inner else 0)
        spans.append((left, left + len(inner)) if inner else (end, end))
    return tuple(spans)
