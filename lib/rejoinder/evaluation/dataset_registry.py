"""Public labelled data, which the project does not hold: which sets there are, and what a folder has."""

from __future__ import annotations

import hashlib
import io
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from rejoinder.errors import BenchmarkError

_REGISTRY = Path(__file__).with_name("benchmarks.toml")


@dataclass(frozen=True)
class LabelledFile:
    """`name` is the path below the folder, `sha256` what it is known by ("" where nobody knows), `url`
    where it is published in this form ("" where it is not). A table has to have `columns`. `published`
    is the path of the same as text with tabs ("" where there is none), which has no checksum here."""

    name: str
    sha256: str = ""
    url: str = ""
    columns: tuple[str, ...] = ()
    published: str = ""


@dataclass(frozen=True)
class LabelledSet:
    """`measure`, in words `task`, is measured on `n` `rows`; `kin` tells how near these are to comments
    under an opinion article. `title` names the figures; `fetch` says why the files cannot be had from
    `home` as they are ("" where they can); `comments` whether they are comments on opinion pieces."""

    name: str
    measure: str
    task: str
    title: str
    rows: str
    kin: str
    n: int
    cite: str
    licence: str
    home: str
    files: tuple[LabelledFile, ...]
    fetch: str = ""
    comments: bool = False


@cache
def sets() -> dict[str, LabelledSet]:
    """Every set that the project can measure on, by its name."""
    table = tomllib.loads(_REGISTRY.read_text(encoding="utf-8"))
    return {
        name: LabelledSet(
            name, **{**entry, "files": tuple(LabelledFile(**file) for file in entry["files"])}
        )
        for name, entry in table.items()
    }


def found(folder: str | Path) -> list[str]:
    """The names of the sets of which `folder` holds a file, in the order of `sets`."""
    return [name for name, one in sets().items() if any(place(folder, f).is_file() for f in one.files)]


def place(folder: str | Path, file: LabelledFile) -> Path:
    """Where a file is below `folder`, or would be: the folder of one set will do as well."""
    tries = [
        Path(folder).joinpath(*parts[skip:])
        for name in filter(None, (file.name, file.published))
        for parts in [PurePosixPath(name).parts]
        for skip in range(len(parts))
    ]
    return next((path for path in tries if path.is_file()), tries[0])


def opened(folder: str | Path, file: LabelledFile) -> io.BytesIO:
    """The bytes of a file below `folder`.

    Raises BenchmarkError if it is missing or is not the version that was measured.
    """
    path = place(folder, file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BenchmarkError(
            f"this file of labelled texts cannot be read ({error.strerror})",
            file=path,
            remedy=f"A set is measured with all its files or not at all: complete "
            f"`{PurePosixPath(file.name).parent}/` or take it away; {_REGISTRY.name} in rejoinder/read "
            "says where the data comes from",
        ) from error
    by_form = file.published and path.name == PurePosixPath(file.published).name
    if file.sha256 and not by_form and _sha256(data) != file.sha256:
        raise BenchmarkError(
            "this is not the version that the project's figures were measured on",
            file=path,
            remedy=f"Restore the file, or change its checksum in rejoinder/read/{_REGISTRY.name} and "
            "measure anew",
        )
    return io.BytesIO(data)


def checksums(folder: str | Path, name: str) -> dict[str, str]:
    """The SHA-256 of each file of a set as it lies below `folder`, by the name it is known under."""
    return {file.name: _sha256(opened(folder, file).read()) for file in sets()[name].files}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
