"""Every headline without each comment, thread and author: does it hold, or hang on one?"""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan

import numpy as np
import pandas as pd

from rejoinder.answers.alike import clusters
from rejoinder.answers.answer import some
from rejoinder.answers.headlines import ESTIMATE, HEADLINES, Finding, Headline
from rejoinder.answers.once import once
from rejoinder.answers.view import View
from rejoinder.discussion import Discussion
from rejoinder.errors import known
from rejoinder.progress import progress
from rejoinder.stats.estimate import Estimate, signed

_KINDS = {"comment": "comment", "thread": "thread of several", "author": "author"}
HOLDS, NOTHING, NONE_LEFT = "holds", "nothing to tell", "none to leave out"


def without_each(talk: Discussion, headline: Headline) -> pd.DataFrame:
    """A headline with each comment, thread and author left out in turn: `left_out` (comment, thread,
    author), `which`, `estimate`, `finding`; in the first row nothing is. Threads of one comment and
    unknown authors are not listed. Only that first row where the headline has no comment."""
    view = View(talk)
    units = headline.units(view)
    rows = [("nothing", "", headline.come_to(view, units))]
    ids = units.index.get_level_values("comment_id")
    threads = talk.threads[talk.threads.map(talk.threads.value_counts()) > 1]
    labels = {
        "comment": pd.Series(talk.comments.index, talk.comments.index),
        "thread": threads,
        "author": talk.comments["author"].dropna(),
    }
    known_by: dict[tuple, Finding] = {}  # among thousands most are alike
    like = _Likeness(units, clusters(talk))
    for kind, names in labels.items():
        own = names.reindex(ids)
        places = own.reset_index(drop=True).groupby(own.to_numpy(), sort=False).groups
        for which, at in progress(places.items(), f"{headline.name}, without each {kind}"):
            key = like.trace(ids[at].unique())
            if key not in known_by:
                known_by[key] = headline.come_to(view, units.iloc[np.delete(np.arange(len(ids)), at)])
            rows.append((kind, which, known_by[key]))
    table = pd.DataFrame(rows, columns=["left_out", "which", "finding"])
    table.insert(2, "estimate", [finding.estimate for finding in table["finding"]])
    return table


class _Likeness:
    """Which comments and threads are alike: left out, one brings a headline to what the other does.

    An estimate takes its units in no order. So it hangs on what the comments hold that are left out,
    and on what is left in each of their clusters.
    """

    def __init__(self, units: pd.Series | pd.DataFrame, clusterings: list[pd.Series]):
        table = units.to_frame() if isinstance(units, pd.Series) else units
        rows = table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)
        held: dict[str, tuple] = {}
        for comment_id, row in zip(units.index.get_level_values("comment_id"), rows, strict=True):
            held[comment_id] = (*held.get(comment_id, ()), row)
        self._codes = dict(
            zip(held, pd.factorize(pd.Series(held.values(), dtype=object))[0], strict=True)
        )
        self._clusterings = []
        for labels in clusterings:
            of = labels.reindex(list(held)).dropna().to_dict()
            members: dict[str, list[int]] = {}
            for comment_id, label in of.items():
                members.setdefault(label, []).append(self._codes[comment_id])
            self._clusterings.append((of, {label: tuple(sorted(own)) for label, own in members.items()}))

    def trace(self, comments: Iterable[str]) -> tuple:
        """Equal for what is alike."""
        found = [tuple(sorted(self._codes[i] for i in comments))]
        for of, members in self._clusterings:
            touched: dict[str, list[int]] = {}
            for i in comments:
                if i in of:
                    touched.setdefault(of[i], []).append(self._codes[i])
            found.append(
                tuple(sorted((members[label], tuple(sorted(own))) for label, own in touched.items()))
            )
        return tuple(found)


@once
def left_out(talk: Discussion) -> pd.DataFrame:
    """Which headlines hold whatever comment, thread or author is left out: one row per headline with
    `notebook`, `headline`, `estimate`, `answer`, and for `comments`, `threads` (of several comments) and,
    where any is known, `authors` "holds" or what it hangs on."""
    rows = []
    for headline in progress(HEADLINES, "headlines, with comments left out"):
        table = without_each(talk, headline)
        first = table["finding"].iloc[0]
        row = {
            "notebook": headline.notebook,
            "headline": headline.name,
            "estimate": first.estimate,
            "answer": str(first),
        }
        for kind in ("comment", "thread", "author"):
            own = table[table["left_out"] == kind].set_index("which")["finding"]
            row[f"{kind}s"] = _hangs(first, own)
        rows.append(row)
    table = pd.DataFrame(rows)
    return table if talk.comments["author"].notna().any() else table.drop(columns="authors")


def _hangs(first: Finding, without: pd.Series) -> str:
    if isnan(first.estimate.value):
        return NOTHING
    if without.empty:
        return NONE_LEFT
    says = [which for which, finding in without.items() if finding.says != first.says]
    leans = [which for which, finding in without.items() if finding.leans != first.leans]
    if says:
        return f"hangs on {some(says, most=3)}"
    return f"{HOLDS}; the side of the estimate hangs on {some(leans, most=3)}" if leans else HOLDS


def held(talk: Discussion, notebook: str) -> str:
    """Whether the first headline of a notebook ("03") holds without any one comment or thread, and
    between what it then lies, as sentences. Raises NameNotKnown for another notebook."""
    known(notebook, dict.fromkeys(one.notebook for one in HEADLINES), "notebook with a headline,")
    headline = next(one for one in HEADLINES if one.notebook == notebook)
    table = without_each(talk, headline)
    first, table = table["finding"].iloc[0], table.iloc[1:]
    subject = f"{headline.name[0].upper()}{headline.name[1:]}: {first}."
    if isnan(first.estimate.value) or table.empty:
        return f"{subject} There is nothing to leave out."
    parts = []
    for kind, own in table.groupby("left_out", sort=False):
        told = _hangs(first, own.set_index("which")["finding"])
        parts.append(f"Without any one {_KINDS[kind]}: {told}.")
    names = [
        row.which if row.left_out == "comment" else f"the {row.left_out} {row.which}"
        for row in table.itertuples()
    ]
    values = pd.Series([one.value for one in table["estimate"]], names).dropna()
    if len(set(values)) > 1:
        ends = [
            f"{_shown(first.estimate, v)} (without {i})"
            for i, v in ((values.idxmin(), values.min()), (values.idxmax(), values.max()))
        ]
        parts.append(f"It then lies between {ends[0]} and {ends[1]}.")
    return f"{subject} {' '.join(parts)}"


def _shown(estimate: Estimate, value: float) -> str:
    return signed(value) if estimate.count is None else f"{value:.2f}"


def firmness(talk: Discussion) -> dict[str, str]:
    """For each notebook's first headline (keys "02" to "08") the answer, and whether it holds without any
    one comment, thread or author, or what it hangs on: "can't tell: holds"."""
    found: dict[str, str] = {}
    for row in left_out(talk).to_dict("records"):
        kinds = {"comments": "", "threads": " (thread)", "authors": " (author)"}
        told = [f"{row[kind]}{note}" for kind, note in kinds.items() if kind in row]
        moved = [one for one in told if not one.startswith((NONE_LEFT, f"{HOLDS} (", f"{NOTHING} ("))]
        says = row["answer"].partition(ESTIMATE)[0]
        held_so = moved[0] if moved[0] != HOLDS else moved[-1]
        held_so = held_so.replace("the side of the estimate", "its side")
        found.setdefault(row["notebook"], held_so if held_so == NOTHING else f"{says}: {held_so}")
    return found
