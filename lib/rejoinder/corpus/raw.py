"""Which file an id or path means, and its text with numbered lines: nothing is trimmed or converted."""

from __future__ import annotations

import hashlib
import os
import re
from bisect import bisect_right
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from unicodedata import category

from rejoinder.errors import RejoinderError, SeedError
from rejoinder.wording import listed

IMPORTED = "source.toml"  # in the folder of an imported seed
MAX_BYTES, _ENOUGH = 100_000_000, 100_000  # of a file; signs that show its encoding
_ENCODING = (
    "Save it as UTF-8 text, or name its encoding, as encoding=… of load or --encoding of a command: of "
    'older programs it is "cp1252" in Western Europe, "cp1251" for Cyrillic; else try "utf-16".'
)
_STRANGE = re.compile("[À-ÿ]{4}")  # such letters in a row are of no word
# What ends a line for one program or another: in pasted texts they stand between comments.
_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]*+(?:\r\n|[\n\r\v\f\u2028\u2029])|[^\n\r\v\f\u2028\u2029]++")


@dataclass(frozen=True)
class Raw:
    """A decoded file. `text` keeps line ends and a byte order mark; `lines` are (start, end) of each line
    without surrounding space: line n of an editor is lines[n - 1]. Vertical tabs, form feeds, U+2028 and
    U+2029 end a line too."""

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


def seeds_folder() -> Path:
    """The folder `seeds` of the working folder or its nearest parent that has one; else a path."""
    here = Path.cwd()
    folders = (folder / "seeds" for folder in (here, *here.parents))
    return next((folder for folder in folders if folder.is_dir()), here / "seeds")


def where(seed_id_or_path: str | Path) -> Path:
    """The file meant, whether it exists or not.

    Letters, digits, - and _ alone are a seed's id, unless the working folder has a file of that name.
    """
    given = str(seed_id_or_path)
    folder, text, there = seeds_folder() / given, seeds_folder() / f"{given}.txt", os.path.lexists(given)
    if re.fullmatch(r"[\w.-]+", given) and not there and is_imported(folder):
        return folder
    if re.fullmatch(r"[\w-]+", given) and (not there or (Path(given).is_dir() and text.is_file())):
        return text
    return Path(os.path.expanduser(given))  # noqa: PTH111 - Path's raises for "~name" of nobody


def is_imported(folder: Path) -> bool:
    """Whether it is the folder of an imported seed."""
    return os.path.isfile(folder / IMPORTED)  # noqa: PTH113 - is_file raises for a long name


def shown(path: Path) -> str:
    """The name of a file for messages; for a file in `seeds` it is the same on every machine."""
    whole, seeds = Path(os.path.abspath(path)), seeds_folder()  # noqa: PTH100 - resolve() follows links
    return f"seeds/{whole.relative_to(seeds)}" if whole.is_relative_to(seeds) else str(path)


def seed_folder(seed_id_or_path: str | Path) -> Path:
    """The folder of a text's layout, codebook and codings, whether it exists or not.
    Raises SeedError for a text whose name is all dots."""
    path = where(seed_id_or_path)
    if is_imported(path):
        return path
    if not path.stem.strip("."):
        raise SeedError("has a name that is all dots", file=shown(path), remedy="Rename the file.")
    # Without a suffix, text and folder would have the same name.
    return path.with_suffix("") if path.suffix else path.with_name(f"{path.name}.seed")


def read_raw(path: Path, *, encoding: str | None = None) -> Raw:
    """The text at `path`, in UTF-8 unless `encoding` or the setting REJOINDER_ENCODING names another.

    Raises SeedError for a file that is missing, empty, over MAX_BYTES, not in that encoding or no text;
    where there is no file, the remedy suggests what may be meant.
    """
    name, is_folder = shown(path), os.path.isdir(path)  # noqa: PTH112 - is_dir raises for a long name
    if is_folder or not os.path.lexists(path):
        problem = "is a folder, but no archive and no imported seed" if is_folder else "does not exist"
        raise SeedError(problem, file=name, remedy=_meant(path))
    data = read_bytes(path, SeedError)
    try:
        text = data.decode(encoding or chosen_encoding() or "utf-8")
    except (LookupError, ValueError) as error:
        wrong = isinstance(error, UnicodeDecodeError)
        line = len(lines_of(data[: error.start].decode("latin-1") + "x")) if wrong else None
        raise SeedError(f"cannot be read ({error})", file=name, line=line, remedy=_ENCODING) from error
    if (nul := text.find("\0")) >= 0:
        line = len(lines_of(text[: nul + 1]))
        raise SeedError("holds NUL bytes: it is not UTF-8 text", file=name, line=line, remedy=_ENCODING)
    if not text.strip("\ufeff").strip():
        raise SeedError("is empty", file=name, remedy="Paste an article and its comments into it.")
    return Raw(name, text, hashlib.sha256(data).hexdigest(), lines_of(text))


def read_bytes(path: Path, error: type[RejoinderError], *, most: int = MAX_BYTES) -> bytes:
    """The content of a file. Raises `error` if it cannot be read, is no file or has over `most` bytes."""
    try:
        if path.exists() and not path.is_file():  # a device could be read forever
            raise OSError(0, "not a file")
        if (size := path.stat().st_size) > most:
            raise OSError(0, f"{size / 1e6:,.0f} MB; the limit is {most / 1e6:,.0f} MB")
        return path.read_bytes()
    except (OSError, ValueError) as fault:
        problem = f"cannot be read ({getattr(fault, 'strerror', None) or fault})"
        remedy = "Check path, size and permissions."
        raise error(problem, file=shown(path), remedy=remedy) from fault


def chosen_encoding() -> str | None:
    """That of the setting REJOINDER_ENCODING, which --encoding of a command sets."""
    return os.environ.get("REJOINDER_ENCODING") or None


def decoded(
    data: bytes, name: str | None, error: type[RejoinderError], encoding: str | None = None
) -> tuple[str, list[str]]:
    """Text in UTF-8, UTF-16 with a mark, Windows-1252 or the `encoding`, and remarks. Raises `error` for
    NUL bytes, and where the letters are none of a language that is written in Windows-1252."""
    text, saved = "", "UTF-8"
    try:
        if encoding:
            text = data.decode(encoding).removeprefix("\ufeff")
        elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text, saved = data.decode("utf-16", errors="replace"), "UTF-16"
        else:
            text = data.decode("utf-8-sig")
    except (LookupError, UnicodeDecodeError) as fault:
        if encoding:
            raise error(f"cannot be read ({fault})", file=name, remedy=_ENCODING) from fault
        # As spreadsheets on Windows save a plain "CSV", in languages of Western Europe.
        text, saved = data.decode("cp1252", errors="replace"), "Windows-1252"
        signs = "".join(text[:_ENOUGH].split())
        strange = len(_STRANGE.findall(signs)) * 1_000 > len(signs)
        if strange or sum(sign > "~" for sign in signs) * 3 > len(signs):
            raise error(
                "is in an encoding that was not recognised", file=name, remedy=_ENCODING
            ) from fault
    if "\0" in text:
        raise error("holds NUL bytes: it is no text", file=name, remedy="Save it as UTF-8 text.")
    return text, [f"it was saved as {saved}, not UTF-8"] if saved != "UTF-8" else []


def _meant(path: Path) -> str:
    seeds = [file.stem for file in seeds_folder().glob("*.txt")]
    seeds = sorted([*seeds, *(file.parent.name for file in seeds_folder().glob(f"*/{IMPORTED}"))])
    beside = [file.name for file in path.parent.glob("*.txt")]
    close = get_close_matches(path.name, beside + seeds, n=1)
    meant = f"Did you mean {close[0]!r}? " if close else ""
    return f"{meant}Paths count from {Path.cwd()}; seeds: {listed(map(repr, seeds), most=12) or 'none'}."


def lines_of(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each line, without the space around it."""
    spans, at = [], 0
    for line in _LINE.findall(text):
        content = line.lstrip("\ufeff") if at == 0 else line
        if all(category(sign) == "Cf" for sign in content.strip()):  # nobody sees it
            content = ""
        start = at + len(line) - len(content.lstrip())  # of a blank line its end
        spans.append((start, start + len(content.strip())))
        at += len(line)
    return tuple(spans)
