"""Which file the id or path of a text means, what to say where there is none, and its bytes."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from rejoinder.errors import RejoinderError, SeedError
from rejoinder.html import listed

_LOOKED_AT = 1_000  # files of a folder among which a similar name is looked for


def seeds_folder() -> Path:
    """The folder `seeds` of the working folder or its nearest parent that has one; else a path."""
    here = Path.cwd()
    folders = (folder / "seeds" for folder in (here, *here.parents))
    return next((folder for folder in folders if folder.is_dir()), here / "seeds")


def where(seed_id_or_path: str | Path) -> tuple[Path, str]:
    """The file meant, and its name for messages, which for a seed is the same on every machine.

    Letters, digits, - and _ alone are a seed's id, unless the working folder has a file of that name.
    """
    given, seeds = str(seed_id_or_path), seeds_folder()
    seed = seeds / f"{given}.txt"
    if re.fullmatch(r"[\w-]+", given) and (
        not os.path.lexists(given) or (Path(given).is_dir() and seed.is_file())
    ):
        return seed, f"seeds/{given}.txt"
    path = Path(os.path.expanduser(given))  # noqa: PTH111 - Path's raises for "~name" of nobody
    of_seed = Path(os.path.abspath(path)).parent == seeds  # noqa: PTH100 - resolve() follows links
    return path, f"seeds/{path.name}" if of_seed else str(path)


def seed_folder(seed_id_or_path: str | Path) -> tuple[Path, str]:
    """The folder of a text's layout, codebook and codings, if there is one, and its name for messages.
    Raises SeedError for a text whose name is all dots."""
    path, name = where(seed_id_or_path)
    if not path.stem.strip("."):
        raise SeedError("has a name that is all dots", file=name, remedy="Rename the file.")
    if not path.suffix:  # text and folder cannot have the same name
        return path.with_name(f"{path.name}.seed"), f"{name}.seed"
    return path.with_suffix(""), str(Path(name).with_suffix(""))


def check_there(path: Path, name: str) -> None:
    """Raise SeedError if `path` is a folder or nothing; the remedy suggests what may be meant."""
    is_folder = os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for a name that is too long
    if is_folder or not os.path.lexists(path):
        seeds = sorted(file.stem for file in seeds_folder().glob("*.txt"))
        beside = (file.name for file in islice(path.parent.glob("*.txt"), _LOOKED_AT))
        close = get_close_matches(path.name, [*beside, *seeds], n=1)
        meant = f"Did you mean {close[0]!r}? " if close else ""
        problem = "is a folder, not a text file" if is_folder else "does not exist"
        remedy = f"{meant}Paths count from {Path.cwd()}; seeds: {listed(map(repr, seeds))}."
        raise SeedError(problem, file=name, remedy=remedy)


def read_bytes(path: Path, name: str, error: type[RejoinderError], *, most: int) -> bytes:
    """The content of a file. Raises `error` if it cannot be read, is no file or has over `most` bytes."""
    try:
        if path.exists() and not path.is_file():  # a device could be read forever
            raise OSError(0, "not a file")
        if (size := path.stat().st_size) > most:
            raise OSError(0, f"{size / 1e6:,.0f} MB; the limit is {most / 1e6:,.0f} MB")
        return path.read_bytes()
    except (OSError, ValueError) as fault:
        problem = f"cannot be read ({getattr(fault, 'strerror', None) or fault})"
        raise error(problem, file=name, remedy="Check path, size and permissions.") from fault
