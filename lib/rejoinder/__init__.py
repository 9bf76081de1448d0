"""Rejoinder compares an article's thesis with what its readers feel, talk about and argue.

    import rejoinder
    talk = rejoinder.load("000_b03053bac9951049")   # the id of a seed, or the path of a file
    talk.comments                                   # a pandas table; `talk` alone shows a summary

Subpackages, imported when first used: `corpus` (files to a Discussion), `measure` (text to numbers),
`stats` (numbers to estimates with intervals), `tables` (a Discussion to tables), `plots` (tables to
figures), `coding` (sheets and app), `report` (notebooks to web pages), `evaluation` (how often the
measures are right, on public labelled data); and the modules `draft` (a codebook proposed by rules),
`archive` (many discussions, in Parquet files) and `invented` (such an archive, of known truth).
`read_export` gives the articles and comments of a file as tables.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.corpus.importers.read import read_export
    from rejoinder.corpus.load import load
    from rejoinder.discussion import Discussion

_NAMES = {"Discussion": "rejoinder.discussion", "load": "rejoinder.corpus.load"}
_NAMES |= {"read_export": "rejoinder.corpus.importers.read"}
_SUBPACKAGES = (
    "archive",
    "coding",
    "corpus",
    "draft",
    "evaluation",
    "measure",
    "plots",
    "report",
    "stats",
)
_SUBPACKAGES += ("tables", "invented")

__all__ = ["Discussion", "load", "read_export", *_SUBPACKAGES]


def __getattr__(name: str) -> object:
    if name in _NAMES:
        return getattr(import_module(_NAMES[name]), name)
    if name in _SUBPACKAGES:
        return import_module(f"rejoinder.{name}")
    raise AttributeError(f"module 'rejoinder' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
