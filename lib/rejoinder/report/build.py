"""The report: the notebooks run on one seed, as pages that load nothing from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import rejoinder
from rejoinder.corpus.paths import seeds_folder, where
from rejoinder.errors import ReportError
from rejoinder.report.execution_cache import Kept

NOTEBOOKS = seeds_folder().parent / "notebooks"

_KEPT = ".kept"  # beside the reports


def build(
    seed: str | Path,
    *,
    notebooks: Path = NOTEBOOKS,
    out: Path = Path("reports"),
    fresh: bool = False,
) -> Path:
    """The index.html of a report on `seed`, an id in seeds/ or a path, in a folder of `out`.

    The first notebook becomes the index; after the notebooks come the methods, the article and the
    comments. The report appears when all of it is made; until then an earlier one is left as it was. The
    same seed and notebooks give the same bytes. A notebook of which nothing has changed since it was last
    run is not run again, unless all is to be made `fresh`.

    Raises what `rejoinder.load` raises, and ReportError naming the notebook and what is wrong.
    """
    talk = rejoinder.load(seed)
    path, _ = where(seed)
    # A kernel runs in another folder; but a page should not name the folders of this machine.
    by_id = path == seeds_folder() / f"{seed}.txt"
    given, shown = (str(seed), str(seed)) if by_id else (str(path.resolve()), path.name)
    target = Path(out) / talk.seed
    _check_replaceable(target)
    if len(talk.comments) and talk.codings.empty:
        rejoinder.answers.offered_sheet(talk)  # as the notebooks do, which may not run
    try:
        kept = Kept(target.parent / _KEPT / talk.seed, talk, given, Path(notebooks))
        keys = kept.keys()
        if fresh or not kept.holds(target, keys):
            # Imported only here: to find that nothing has changed takes less time than this.
            from rejoinder.report.pages import write_pages

            with _replaced_when_whole(target) as folder:
                options = {"given": given, "shown": shown, "kept": kept, "keys": keys, "fresh": fresh}
                write_pages(folder, talk, notebooks, **options)
            kept.sign(target, keys)
    except OSError as error:
        raise ReportError(
            f"cannot be written ({error.strerror})", file=target, remedy="Name another --out."
        ) from error
    except ReportError as error:
        left = "The earlier report is as it was." if target.exists() else "No report is left."
        remedy = f"{error.remedy} {left}"
        raise ReportError(error.problem, file=error.file, remedy=remedy) from None
    return target / "index.html"


def _check_replaceable(target: Path) -> None:
    """Raise ReportError if there is something at `target` that is no report: it would be lost."""

    def is_page(file: Path) -> bool:
        return file.is_file() and file.suffix == ".html"

    kept = target.name == _KEPT
    if kept or (target.exists() and not (target.is_dir() and all(map(is_page, target.iterdir())))):
        raise ReportError(
            "holds something that is no report and would be lost",
            file=target,
            remedy="Give the text another name." if kept else "Name another folder with --out.",
        )


@contextmanager
def _replaced_when_whole(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `target` if nothing is raised meanwhile."""
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
