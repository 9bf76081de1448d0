"""A line for a notebook on its method: how often it is right, and how near that is to its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from rejoinder.answers.answer import count, joined
from rejoinder.answers.argue import thesis_guessed
from rejoinder.answers.measured import ENOUGH, degrees
from rejoinder.answers.right import rows_of, rungs, said
from rejoinder.answers.whom import toned_mentions
from rejoinder.discussion import Discussion
from rejoinder.errors import known
from rejoinder.evaluation.dataset_registry import sets
from rejoinder.evaluation.results import record
from rejoinder.text import tokens

# What stands for somebody without naming him.
PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs"})


_ASKED = "How often is this right?"


class _Kind(NamedTuple):
    """What a notebook shows: the `measure` of the figures, and the `units` here with their texts."""

    measure: str
    units: str
    texts: Callable[[Discussion], pd.Series]


def _comments(talk: Discussion) -> pd.Series:
    return talk.comments["text"]


KINDS = {
    "tone": _Kind("sentiment", "comments", _comments),
    "tone toward": _Kind(
        "tone toward",
        "sentences that name somebody",
        lambda talk: toned_mentions(talk)["text"].drop_duplicates(),
    ),
    "links": _Kind("links", "comments", _comments),
    "stance": _Kind("stance", "comments", _comments),
}


def how_often_right(talk: Discussion, what: str) -> tuple[str, str]:
    """How often a method is right and on what, and what this discussion has in common with that or has
    not: two sentences or more, for `say`. `what`: tone, tone toward, links, stance, thesis or names.

    Raises NameNotKnown for another."""
    known(what, [*KINDS, *UNMEASURED], "method")
    if what in UNMEASURED:
        return f"{_ASKED} Nobody knows: {UNMEASURED[what][0]}.", UNMEASURED[what][1](talk)
    kind = KINDS[what]
    table = rungs()
    table = table[table["measure"] == kind.measure]
    figures = "; ".join(_figure(part) for _, part in table.groupby("dataset", sort=False))
    return f"{_ASKED} {figures[:1].upper()}{figures[1:]}.", _in_common(talk, kind)


def every_fit(talk: Discussion) -> pd.DataFrame:
    """`how_often_right` of each method: one row each, `method`, `how often it is right`, `beside the
    texts here`."""
    rows = [(what, *how_often_right(talk, what)) for what in [*KINDS, *UNMEASURED]]
    told = [(what, line.removeprefix(_ASKED).strip(), more) for what, line, more in rows]
    return pd.DataFrame(told, columns=["method", "how often it is right", "beside the texts here"])


def _in_common(talk: Discussion, kind: _Kind) -> str:
    lengths = np.array([len(tokens(text)) for text in kind.texts(talk)])
    if not len(lengths):
        return f"Here there are no {kind.units} to hold beside these."
    theirs = []
    for name, one in record()["sets"].items():
        if sets()[name].measure == kind.measure:
            low, middle, high = one["words"]
            inside = int(((lengths >= low) & (lengths <= high)).sum())
            theirs.append(
                f"The {sets()[name].rows} are {sets()[name].kin}; their texts have a median of "
                f"{middle:.0f} words, nine in ten have {low:.0f} to {high:.0f}, and so have {inside:,} "
                f"of the {len(lengths):,} here."
            )
    return (
        f"What the {len(lengths):,} {kind.units} here have in common with these, or not: they have a "
        f"median of {np.median(lengths):.0f} words. {' '.join(theirs)}"
    )


def abstaining(polarity: pd.Series) -> str:
    """How many comments have a tone strong enough for its sign to be right often enough, as sentences.

    `polarity`: of each comment, NaN where no word is scored.
    """
    table = degrees()
    table = table[table["measure"] == "sentiment"]
    each = [
        f"on {dataset} {'at no degree' if np.isnan(least) else f'from {least:.1f} on'}"
        for dataset, least in zip(table["on"], table["least degree"], strict=True)
    ]
    least = table["least degree"].max(skipna=False)
    strong = int((polarity.abs() >= least).sum())
    return (
        f"Of scores of every degree the sign is right in at least {100 * ENOUGH:.0f} of 100 "
        f"{joined(each)}. By the stricter of these it may be read for {strong:,} of "
        f"{count(len(polarity), 'comment')}, one by one; for the others only in the mean."
    )


def _thesis(talk: Discussion) -> str:
    n = int((talk.article["role"] == "body").sum())
    return (
        f"Of the {count(n, 'sentence')} of this article a blind guess would hit one with a chance of 1 "
        f"in {n:,}. {thesis_guessed(talk)}"
    )


def _names(talk: Discussion) -> str:
    words = [word for text in talk.comments["text"] for word in tokens(text)]
    pronouns = sum(word in PRONOUNS for word in words)
    named = int((toned_mentions(talk)["side"] == "readers").sum())
    return (
        "A name is found wherever one of its aliases in the codebook stands as a whole word in its own "
        f"capitals: {count(named, 'time')} in the comments. They also hold {count(pronouns, 'pronoun')} "
        "(he, she, they and their forms), of which none is found."
    )


UNMEASURED = {
    "thesis": ("no public set of theses is measured here, and its rules were weighed by hand", _thesis),
    "names": ("no public set of names is measured here", _names),
}


def _figure(part: pd.DataFrame) -> str:
    """The figure of a measure on one set, and the rungs right below and above it."""
    value = part.set_index("who")
    top = "one human" if "one human" in value.index else "best published"
    beside = [
        f"{who} {value['value'][who]:.2f}" for who in ("chance", "VADER", top) if who in value.index
    ]
    ours = value.loc["rejoinder"]
    return f"on {rows_of(ours['dataset'])} {said(ours)}, beside {joined(beside)}"
