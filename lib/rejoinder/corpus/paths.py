"""Which file is meant by the id of a seed or a path, and what to say where it is not one to read."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from rejoinder.errors import SeedError
from rejoinder.html import listed

SEEDS = Path(__file__).resolve().parents[3] / "seeds"

_LOOKED_AT = 1_000  # files of a folder among which the nearest name is looked for
_HEAD = 2_000  # bytes, in which a file says what it is
_PASTE = "paste article and comments into a plain text file (.txt), and give its path."
# What people keep articles in, by its first bytes; each would else be told as a fault of encoding.
_KINDS = (
    (re.compile(rb"PK\x03\x04"), "a document of Word or LibreOffice, or a zip file"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "a document of an older Word"),
    (re.compile(rb"\{\\rtf"), "a document in rich text (RTF)"),
    (re.compile(rb"%PDF-"), "a PDF"),
    (
        re.compile(
            rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.I | re.S
        ),
        "an HTML page",
    ),
)


def where(seed_id_or_path: str | Path) -> tuple[Path, str]:
    """The file, and the name to call it by, which for a seed holds no machine's folders."""
    given = str(seed_id_or_path)
    if re.fullmatch(r"[\w-]+", given) and (not os.path.lexists(given) or _is_seeds_folder(given)):
        return SEEDS / f"{given}.txt", f"seeds/{given}.txt"
    path = Path(given)
    if given.startswith("~"):
        try:
            path = path.expanduser()
        except RuntimeError:  # nobody of that name; then it may be the name of a file
            path = Path(given)
    inside = path.absolute().parent == SEEDS
    return path, f"seeds/{path.name}" if inside else str(path) if given.startswith("~") else given


def _is_seeds_folder(given: str) -> bool:
    """Whether what lies here under the id of a seed is the folder with an analyst's files about it."""
    return Path(given).is_dir() and (SEEDS / f"{given}.txt").is_file()


def seed_folder(seed_id_or_path: str | Path) -> tuple[Path, str]:
    """Where an analyst's files about a seed lie (layout, codebook, codings), and the name to call it
    by. The folder need not exist. Raises SeedError for a file whose name is of dots only."""
    path, name = where(seed_id_or_path)
    if not path.stem.strip("."):
        raise SeedError("has a name of dots only", file=name, remedy="Give the file another name.")
    if path.with_suffix("") == path:  # a file without an ending has its folder elsewhere
        return path.with_name(f"{path.name}.seed"), f"{name}.seed"
    return path.with_suffix(""), str(Path(name).with_suffix(""))


def check_is_page(path: Path, name: str) -> None:
    """Raise SeedError for what cannot be a pasted page: nothing at all, a folder, HTML, Word, PDF; with
    the name that may have been meant."""
    try:
        path.stat()
    except FileNotFoundError as error:
        raise SeedError("does not exist", file=name, remedy=_instead_of(path)) from error
    except (OSError, ValueError):
        return  # which reading it tells
    if path.is_dir():
        raise SeedError(
            "is a folder, not a text file", file=name or repr(name), remedy=_instead_of_folder(path)
        )
    if not path.is_file():
        return
    kind = _kind(path)
    if kind:
        how = "Open it in a browser" if "HTML" in kind else "Open it"
        raise SeedError(f"is {kind}, not plain text", file=name, remedy=f"{how}, {_PASTE}")


def _kind(path: Path) -> str:
    """What a file is, if it is no text as one pastes it; "" where nothing says so."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""  # which reading it tells
    found = [kind for sign, kind in _KINDS if sign.match(head)]
    if not found and path.suffix.lower() in (".html", ".htm", ".xhtml"):
        found = ["an HTML page"] if re.search(rb"<[a-z]+[\s>]", head, re.IGNORECASE) else []
    return found[0] if found else ""


def _instead_of(path: Path) -> str:
    """What to do about a file that is not there: the name nearest to it, and what there is."""
    ids = sorted(file.stem for file in SEEDS.glob("*.txt"))
    if path.parent == SEEDS:
        near = get_close_matches(path.stem, ids, n=1)
        mean = f"Did you mean {near[0]!r}? " if near else ""
        return (
            f"{mean}Seeds there are: {listed(map(repr, ids))}. A file of your own is given by its path."
        )
    counts = "" if path.is_absolute() else f" Paths count from {Path.cwd()}."
    if path.stem in ids:
        return f"Did you mean the seed {path.stem!r}?{counts}"
    from_above = SEEDS.parent / path
    if from_above.is_file():  # as one would write it beside README.md
        return f"Did you mean {os.path.relpath(from_above)!r}?{counts}"
    if not path.parent.is_dir():
        return f"There is no folder {str(path.parent)!r}.{counts}"
    near = get_close_matches(path.name, [*_files(path.parent), *ids], n=1)
    mean = f"Did you mean {near[0]!r}?" if near else "Check the name; a seed is given by its id alone."
    return f"{mean}{counts}"


def _instead_of_folder(path: Path) -> str:
    text = path.parent / f"{path.name}.txt"
    if text.is_file():
        return f"The text is beside it: {text.name!r}."
    names = _files(path, ".txt")
    return (
        f"Name a text file in it: {listed(map(repr, names))}."
        if names
        else "Name a text file; it holds none."
    )


def _files(folder: Path, suffix: str = "") -> list[str]:
    """The names of files in a folder, in order: of the first that there are, should they be many."""
    try:
        names = [file.name for file in islice(folder.iterdir(), _LOOKED_AT) if file.is_file()]
    except OSError:
        return []  # a folder that may not be looked into
    return sorted(name for name in names if name.endswith(suffix) and not name.startswith("."))
