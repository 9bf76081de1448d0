"""The report: the notebooks run on one seed or archive, as pages that load nothing from anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import NamedTuple

import pandas as pd

import rejoinder
from rejoinder.corpus.raw import seed_folder, where
from rejoinder.discussion import Discussion
from rejoinder.errors import ReportError

_LIBRARY = Path(rejoinder.__file__).parent
DATA = "data"  # in the folder of a report: its tables and figures as files
_STAMP = "made-from.json"  # in the folder of a report: what it was made from
_SETTINGS = re.compile(r"PYTHON|LANG|LC_|TZ$|REJOINDER|OMP_|OPENBLAS_|MKL_")  # that reach a kernel
_DATE = "SOURCE_DATE_EPOCH"  # seconds since 1970, as for any reproducible build
_READ = {"codebook": "codebook.toml", "codings": "codings.csv", "reading": "reading.md"}
_FIRST = "00_what_do_readers_say_back.ipynb"
_MADE = {"__pycache__", ".ipynb_checkpoints", "sheets"}  # files that no notebook reads


def build(
    seed: str | Path, *, notebooks: Path | None = None, out: Path = Path("reports"), fresh: bool = False
) -> Path:
    """Make a report on `seed`, an id in seeds/ or a path; the path of its index.html.

    Of the folder of an archive it has one page, of the notebook about many articles. The report is a
    folder in `out`. The first notebook of `notebooks` (default: `notebooks_folder`) becomes its index;
    the article and the comments come last. The same inputs give the same bytes: if text, codings,
    notebooks, library, packages and Python are unchanged, no notebook runs unless `fresh`; otherwise all
    run. An earlier report stays until the new one is whole; if it is of another file with the same name,
    the folder of the new one gets a suffix.

    Raises what `rejoinder.load` raises, and ReportError naming the notebook and what is wrong.
    """
    path = where(seed).absolute()
    subject = _subject(seed, path)
    notebooks = Path(notebooks or notebooks_folder()).resolve()
    run_in = Path.cwd() if _LIBRARY in notebooks.parents else notebooks
    # Kernels get a relative path, so that no page names the folders of this machine.
    by_id = subject.name == str(seed) and path.parent.name == "seeds"
    seen = by_id and path.parent == _nearest(run_in, "seeds", "*")
    given = str(seed) if seen else os.path.relpath(path.parent.resolve() / path.name, run_in)
    made_from = {
        "path": _hash([str(path.resolve())]),
        "text": subject.sha,
        "inputs": _hash([given, *_inputs(subject, notebooks)]),
    }
    target = _target(Path(out), subject.name, made_from)
    try:
        if fresh or not {**made_from, "pages": _pages(target)}.items() <= _stamp(target).items():
            # Imported here: finding that nothing has changed takes less time than this.
            from rejoinder.report.pages import write_pages

            with _replaced_when_whole(target) as folder:
                shown = str(seed) if by_id else path.name
                receipt = _receipt(subject, shown)
                about = {"run_in": run_in, "given": given, "receipt": receipt}
                write_pages(folder, subject.talk or subject.name, notebooks, **about)
                stamp = json.dumps({**made_from, "receipt": receipt, "pages": _pages(folder)}, indent=1)
                (folder / _STAMP).write_text(stamp, encoding="utf-8")
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise ReportError(what, file=target, remedy="Name another --out.") from error
    except ReportError as error:
        left = "The earlier report is unchanged." if target.exists() else "No report was written."
        raise ReportError(error.problem, file=error.file, remedy=f"{error.remedy} {left}") from None
    return target / "index.html"


class _Subject(NamedTuple):
    """What a report is on: its name, its hash, the folder of what was made of it by reading, and a
    discussion; of an archive, neither."""

    name: str
    sha: str
    folder: Path | None = None
    talk: Discussion | None = None


def _subject(seed: str | Path, path: Path) -> _Subject:
    if pieces := sorted((path / "comments").glob("*.parquet")):  # an archive
        return _Subject(path.name, _hash(f"{piece.name} {piece.stat().st_size}" for piece in pieces))
    talk = rejoinder.load(seed)
    return _Subject(talk.seed, talk.source.sha256, seed_folder(path), talk)


def verify(report: Path, *, seed: str | Path | None = None) -> pd.DataFrame:
    """Make the report in the folder `report` again, and compare.

    seed : the text it was made from; by default what its receipt names.

    Returns
    -------
    DataFrame: `what` (a line of the receipt, or a file of the report), `recorded`, `now` (hashes or
    versions; "" for none), for all that differs. No rows: the report is what its receipt says.
    Raises ReportError for a folder without a receipt, and what `build` raises.
    """
    if not (receipt := _stamp(report).get("receipt")):
        remedy = "Name the folder of a report: it holds index.html."
        raise ReportError("has no receipt of a report", file=report, remedy=remedy)
    with TemporaryDirectory() as scratch, _at(receipt["made"]):
        again = build(seed or receipt["seed"], out=Path(scratch), fresh=True).parent
        now = {**_stamp(again)["receipt"], **_pages(again)}
    recorded = {**receipt, **_pages(report)}
    rows = [(what, recorded.get(what, ""), now.get(what, "")) for what in {**recorded, **now}]
    return pd.DataFrame([row for row in rows if row[1] != row[2]], columns=["what", "recorded", "now"])


@contextmanager
def _at(day: str) -> Iterator[None]:
    """As if it were that day, for what a report says of itself."""
    before = os.environ.get(_DATE)
    os.environ[_DATE] = str(int(datetime.fromisoformat(f"{day}T00:00+00:00").timestamp()))
    try:
        yield
    finally:
        os.environ.pop(_DATE)
        os.environ.update({_DATE: before} if before else {})


def _receipt(subject: _Subject, shown: str) -> dict[str, str]:
    """What a report is made of: hashes of the text and of what was made of it by reading, versions, the
    day."""
    files = {what: subject.folder / name for what, name in _READ.items()} if subject.folder else {}
    hashes = {what: _digest(file) for what, file in files.items() if file.is_file()}
    required = (one for one in metadata.requires("rejoinder") or [] if ";" not in one)
    names = ["rejoinder", *(re.match(r"[\w-]+", one)[0] for one in required)]
    day = datetime.fromtimestamp(int(os.environ.get(_DATE) or time()), UTC).date()
    versions = {name: metadata.version(name) for name in names}
    text = {"seed": shown, "text": subject.sha}
    return text | hashes | {"made": day.isoformat(), "Python": platform.python_version(), **versions}


def notebooks_folder() -> Path:
    """The folder of the notebooks.

    It is `notebooks` in the working folder, or in its nearest parent that holds the collection (its first
    notebook); otherwise the notebooks that came with the package. Raises ReportError if there are none.
    """
    here = (_nearest(start, "notebooks", _FIRST) for start in (Path.cwd(), _LIBRARY))
    if found := next(filter(None, here), None):
        return found
    raise ReportError("finds no notebooks", file=Path.cwd(), remedy="Install the package again.")


def _nearest(start: Path, name: str, holding: str) -> Path | None:
    """The folder `name` of `start` or of its nearest parent that has one with such a file."""
    folders = (folder / name for folder in (start, *start.parents))
    return next((folder for folder in folders if any(folder.glob(holding))), None)


def _inputs(subject: _Subject, notebooks: Path) -> Iterator[str]:
    """All that a report depends on, beside its text."""
    from rejoinder.evaluation.models import results_file

    yield from (sys.version, platform.platform())
    yield from (f"{k}={v}" for k, v in sorted(os.environ.items()) if _SETTINGS.match(k))
    yield from sorted(info.name for entry in sys.path for info in Path(entry).glob("*-info"))
    yield from (f"models {_digest(file)}" for file in [results_file()] if file.is_file())
    for folder in filter(None, (_LIBRARY, notebooks, subject.folder)):
        files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
        yield from (f"{one} {_digest(folder / one)}" for one in files if not _MADE & {*one.parts})


def _target(out: Path, name: str, made_from: dict[str, str]) -> Path:
    """The folder for the report. Raises ReportError if something else is there and would be lost."""
    target = out / name
    earlier = _stamp(target)
    if earlier and all(earlier.get(key) != made_from[key] for key in ("path", "text")):
        target = out / f"{name}-{made_from['path'][:6]}"
    held = [*target.iterdir()] if target.is_dir() else [target] if os.path.lexists(target) else []
    known = {".html", ".csv", ".png", ".svg"}
    held += [*(target / DATA).iterdir()] if target / DATA in held else []
    if not all(one.suffix in known or one.name in (_STAMP, DATA) for one in held):
        what = "holds something that is not a report and would be lost"
        raise ReportError(what, file=target, remedy="Name another folder with --out.")
    return target


def _stamp(report: Path) -> dict:
    try:
        record = json.loads((report / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _pages(report: Path) -> dict[str, str]:
    """The files of a report, beside its stamp, with the hash of each."""
    files = (file for file in sorted(report.rglob("*.*")) if file.name != _STAMP)
    return {file.relative_to(report).as_posix(): _digest(file) for file in files}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _hash(parts: Iterable[str]) -> str:
    listed = json.dumps(list(parts)).encode()  # JSON keeps "a", "bc" and "ab", "c" apart
    return hashlib.sha256(listed).hexdigest()


@contextmanager
def _replaced_when_whole(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `target` unless something is raised meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as temporary:
        new, old = Path(temporary) / "new", Path(temporary) / "old"
        new.mkdir()
        yield new
        try:
            if target.exists():
                target.rename(old)
            new.rename(target)
        except BaseException:  # also Ctrl-C between the two
            if old.exists() and not target.exists():
                old.rename(target)
            raise
