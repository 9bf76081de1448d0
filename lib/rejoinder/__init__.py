"""Rejoinder sets an article's thesis beside what its readers say back.

    import rejoinder
    talk = rejoinder.load("000_b03053bac9951049")     # or the path of a text file; `talk` shows itself
    rejoinder.answers.what_do_readers_say_back(talk)  # every question, answered

The rooms, from the text upwards; each knows only those above it in this list, and opens when it is
asked for.

read     bytes to a Discussion; the only room that reads seeds
coding   coding sheets: written blank, filled in, taken in without loss
measure  text to numbers, row by row: sentiment, themes, actors, keyness, links, thesis, stance
infer    numbers to estimates: intervals, agreement of coders, correction of machine shares
answers  one function for each notebook's question, and its tables
show     answers to pictures and pages; the coding desk
scores   how often the measures are right, on labelled public data

Below them all lie `errors` (what can go wrong, and what to do about it), `fragment` (text as a page shows
it, with nothing hidden), `whole` (files put in place whole or not at all) and `progress` (a bar for what
takes long).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rejoinder.corpus.load import load
from rejoinder.discussion import Discussion

if TYPE_CHECKING:
    from rejoinder import answers, coding, corpus, evaluation, measure, report, stats

_ROOMS = ("answers", "coding", "corpus", "evaluation", "measure", "report", "stats")

__all__ = [
    "Discussion",
    "answers",
    "coding",
    "corpus",
    "evaluation",
    "load",
    "measure",
    "report",
    "stats",
]


def __getattr__(name: str) -> object:
    if name in _ROOMS:  # opened when it is asked for: to import all of them takes its time
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
