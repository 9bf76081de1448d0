"""The report: the notebooks run on one seed, as pages that load nothing from anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import rejoinder
from rejoinder.corpus.raw import seed_folder, where
from rejoinder.errors import ReportError

_LIBRARY = Path(rejoinder.__file__).parent
_STAMP = "made-from.json"  # in the folder of a report: what it was made from
_SETTINGS = re.compile(r"PYTHON|LANG|LC_|TZ$|REJOINDER|OMP_|OPENBLAS_|MKL_")  # that reach a kernel
_FIRST = "00_what_do_readers_say_back.ipynb"
_MADE = {"__pycache__", ".ipynb_checkpoints", "sheets"}  # files that no notebook reads


def build(
    seed: str | Path, *, notebooks: Path | None = None, out: Path = Path("reports"), fresh: bool = False
) -> Path:
    """Make a report on `seed`, an id in seeds/ or a path; the path of its index.html.

    The report is a folder in `out`. As soon as it is whole, it takes the place of an earlier one with the
    same name. The first notebook of `notebooks` (default: `notebooks_folder`) becomes its index; the
    article and the comments come last. The same inputs give the same bytes: if text, codings, notebooks,
    library, packages and Python are unchanged, no notebook runs unless `fresh`; otherwise all run.

    Raises what `rejoinder.load` raises, and ReportError naming the notebook and what is wrong.
    """
    talk = rejoinder.load(seed)
    path, target = where(seed).absolute(), Path(out) / talk.seed
    notebooks = Path(notebooks or notebooks_folder()).resolve()
    run_in = Path.cwd() if _LIBRARY in notebooks.parents else notebooks
    # Kernels get a relative path, so that no page names the folders of this machine.
    given = os.path.relpath(path.parent.resolve() / path.name, run_in)
    shown = str(seed) if path.stem == str(seed) and path.parent.name == "seeds" else path.name
    inputs = [given, shown, talk.source.sha256, *_inputs(path, notebooks)]
    made_from = _digest(json.dumps(inputs).encode())  # JSON keeps "a", "bc" and "ab", "c" apart
    _refuse_to_replace_other_files(target)
    try:
        stamp = target / _STAMP
        if fresh or not stamp.is_file() or stamp.read_bytes() != _stamp(target, made_from):
            # Imported here: finding that nothing has changed takes less time than this.
            from rejoinder.report.pages import write_pages

            with _replaced_when_whole(target) as folder:
                write_pages(folder, talk, notebooks, run_in=run_in, given=given, shown=shown)
                (folder / _STAMP).write_bytes(_stamp(folder, made_from))
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise ReportError(what, file=target, remedy="Name another --out.") from error
    except ReportError as error:
        left = "The earlier report is unchanged." if target.exists() else "No report was written."
        raise ReportError(error.problem, file=error.file, remedy=f"{error.remedy} {left}") from None
    return target / "index.html"


def notebooks_folder() -> Path:
    """The folder of the notebooks.

    It is `notebooks` in the working folder, or in its nearest parent that holds the collection (its first
    notebook); otherwise the notebooks that came with the package. Raises ReportError if there are none.
    """
    starts = (Path.cwd(), _LIBRARY)
    folders = (folder / "notebooks" for start in starts for folder in (start, *start.parents))
    if found := next((folder for folder in folders if (folder / _FIRST).is_file()), None):
        return found
    raise ReportError("finds no notebooks", file=Path.cwd(), remedy="Install the package again.")


def _inputs(path: Path, notebooks: Path) -> Iterator[str]:
    """All that a report depends on, beside its text."""
    yield from (sys.version, platform.platform())
    yield from (f"{k}={v}" for k, v in sorted(os.environ.items()) if _SETTINGS.match(k))
    yield from sorted(info.name for entry in sys.path for info in Path(entry).glob("*-info"))
    for folder in (_LIBRARY, notebooks, seed_folder(path)):
        for file in sorted(folder.rglob("*")):
            own = file.relative_to(folder)
            if file.is_file() and not _MADE & {*own.parts}:
                yield f"{own} {_digest(file.read_bytes())}"


def _refuse_to_replace_other_files(target: Path) -> None:
    held = [*target.iterdir()] if target.is_dir() else [target] if os.path.lexists(target) else []
    if not all(file.is_file() and (file.suffix == ".html" or file.name == _STAMP) for file in held):
        what = "holds something that is not a report and would be lost"
        raise ReportError(what, file=target, remedy="Name another folder with --out.")


def _stamp(report: Path, made_from: str) -> bytes:
    pages = {file.name: _digest(file.read_bytes()) for file in sorted(report.glob("*.html"))}
    return json.dumps({"inputs": made_from, "pages": pages}).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
