"""Executed notebooks kept beside the reports, each under the hash of whatever its outputs depend on.

That is: its cells, the seed and what analysts say of it, the files that lie beside the notebooks, every
file of the library, Python, every installed package, and the settings of the environment that reach
them. Whatever of these changes, the notebook runs again.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import rejoinder
from rejoinder.atomic_write import write_whole
from rejoinder.corpus.paths import seed_folder
from rejoinder.discussion import Discussion

if TYPE_CHECKING:
    from nbformat import NotebookNode

_LIBRARY = Path(rejoinder.__file__).parent
_SETTINGS = re.compile(r"PYTHON|MPL|MATPLOTLIB|LANG|LC_|TZ$|REJOINDER|OMP_|OPENBLAS_|MKL_")
_PARTS = ("cell_type", "source", "metadata")  # of a cell, that what it shows depends on
# Made by running, and read by no notebook.
_NOT_READ = {"__pycache__", ".ipynb_checkpoints", "sheets"}


class Kept:
    """What is kept in `folder` of the `notebooks`, a folder, run on the discussion of a `seed`."""

    def __init__(self, folder: Path, talk: Discussion, seed: str, notebooks: Path):
        self._folder, self._notebooks = Path(folder), Path(notebooks)
        self._basis = _hash(
            [
                sys.version,
                platform.platform(),
                *(f"{k}={v}" for k, v in sorted(os.environ.items()) if _SETTINGS.match(k)),
                *_installed(),
                *_contents(_LIBRARY),
                seed,
                talk.source.sha256,
                *_contents(seed_folder(seed)[0]),
                *_contents(notebooks, but=".ipynb"),
            ]
        )

    def keys(self) -> dict[str, str]:
        """For each notebook the hash of its cells and of all that their outputs depend on, by name."""
        return {file.name: self._key(file) for file in sorted(self._notebooks.glob("*.ipynb"))}

    def _key(self, file: Path) -> str:
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
        try:
            cells = json.loads(text)["cells"]
            parts = [json.dumps([cell.get(key) for key in _PARTS]) for cell in cells]
        except (ValueError, KeyError, TypeError, AttributeError):  # no notebook: whoever runs it says so
            parts = [text]
        return _hash([self._basis, *parts])

    def executed(self, name: str, key: str) -> NotebookNode | None:
        """The notebook `name` as it was once executed under `key`, if it is kept."""
        import nbformat  # which takes a second, and where nothing has changed is not needed

        record = self._record(name)
        return nbformat.from_dict(record["notebook"]) if record.get("key") == key else None

    def keep(self, name: str, key: str, notebook: NotebookNode) -> None:
        """Keep `notebook`, executed, in the place of what was kept of it before."""
        self._write(name, {"key": key, "notebook": notebook})

    def holds(self, report: Path, keys: Mapping[str, str]) -> bool:
        """Whether the folder `report` is, byte for byte, what was made of notebooks of these `keys`."""
        record = self._record("report")
        return record.get("key") == _hash(keys.values()) and record["files"] == _files(report)

    def sign(self, report: Path, keys: Mapping[str, str]) -> None:
        """Say that the folder `report` was made of notebooks of these `keys`."""
        self._write("report", {"key": _hash(keys.values()), "files": _files(report)})

    def _record(self, name: str) -> dict:
        file = self._folder / f"{name}.json"
        try:
            record = json.loads(file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):  # nothing is lost: it runs again
            return {}
        return record if isinstance(record, dict) else {}

    def _write(self, name: str, record: Mapping) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole({self._folder / f"{name}.json": json.dumps(record)})


def _hash(parts: Iterable[str]) -> str:
    # Each is hashed by itself: otherwise "a", "bc" would be "ab", "c".
    each = (hashlib.sha256(part.encode("utf-8", "surrogateescape")).hexdigest() for part in parts)
    return hashlib.sha256("".join(each).encode()).hexdigest()


def _installed() -> list[str]:
    """Each installed package: its name and version, and the list of its files with their hashes."""
    folders = (Path(entry) for entry in sys.path if Path(entry).is_dir())
    packages = sorted(p for f in folders for p in f.glob("*-info") if p.is_dir())
    return [f"{p.name} {_digest(p / 'RECORD')}" for p in packages]


def _contents(folder: Path, *, but: str = "") -> list[str]:
    """Each file below `folder` and its hash, without those whose names end in `but`."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and not _NOT_READ & {*f.parts})
    return [f"{f.relative_to(folder)} {_digest(f)}" for f in files if not but or not f.name.endswith(but)]


def _files(report: Path) -> dict[str, str]:
    """The pages in a report's folder by name, with their hashes."""
    return {f.name: _digest(f) for f in sorted(report.glob("*.html"))}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
