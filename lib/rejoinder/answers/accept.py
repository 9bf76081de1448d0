"""Do readers accept the thesis? Stance to it and to each claim, as coded."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.alike import comment_share
from rejoinder.answers.answer import Answer, count, joined, some
from rejoinder.answers.coded import DISPUTED, PARTLY_SEEN, UNCODED, apart, who_coded
from rejoinder.answers.stances import (
    SPEAKS,
    STANDS,
    claim_stances,
    coded_share,
    has_stances,
    missing,
    stances,
    thesis_stances,
)
from rejoinder.discussion import Discussion
from rejoinder.stats.estimate import Estimate
from rejoinder.stats import half_width_of, how_many

_TOLD = {DISPUTED: "disputed between the coders", PARTLY_SEEN: "in which only some coders hear a stance"}


def do_readers_accept_the_thesis(talk: Discussion) -> Answer:
    """Notebook 06: stance to the thesis and to each claim."""
    question, notebook = "Do readers accept the thesis?", "06_do_readers_accept_the_thesis"
    if not has_stances(talk):
        return Answer(question, f"Can't tell. {missing(talk)}", "Nobody has read for it.", notebook)
    thesis = thesis_stances(talk)
    if (thesis == UNCODED).all():
        short = f"Can't tell: stance to the thesis was not coded. {claims_met(talk)}"
        return Answer(question, short, who_coded(talk), notebook)
    agree, disagree = (coded_share(talk, thesis, [side]) for side in ("agree", "disagree"))
    short = (
        f"{verdict(talk).capitalize()}: {agree.of('comments')} "
        f"agree{'s' if agree.count == 1 else ''} with the thesis, {disagree.of('comments')} "
        f"disagree{'s' if disagree.count == 1 else ''}"
        f"{rest_of(thesis)}. {claims_met(talk)} {who_speaks(talk)}"
    )
    sure = f"{who_coded(talk)} {why_verdict(talk)}"
    return Answer(question, short, sure, notebook)


def rest_of(thesis: pd.Series) -> str:
    """How many comments are on neither side of the thesis, and where they are, in words: "; 7 silent"."""
    counts = thesis.value_counts()
    rest = [f"{counts[value]} {_TOLD.get(value, value)}" for value in STANDS[2:] if value in counts]
    return f"; {joined(rest)}" if rest else ""


def sides_taken(talk: Discussion) -> Estimate:
    """Of the comments that take a side on the thesis, the share that agrees."""
    thesis = thesis_stances(talk)
    return comment_share(talk, thesis[thesis.isin(["agree", "disagree"])] == "agree")


def verdict(talk: Discussion) -> str:
    """Accepted or rejected by those who take a side, where the interval of `sides_taken` lies beyond one
    half; else can't tell."""
    taken = sides_taken(talk)
    if not (taken.low > 0.5 or taken.high < 0.5):  # also where nobody takes a side
        return "can't tell"
    return f"{'accepted' if taken.low > 0.5 else 'rejected'} by those who take a side"


def why_verdict(talk: Discussion) -> str:
    """What the verdict rests on, as a sentence."""
    taken = sides_taken(talk)
    if not taken.n:
        return "No comment takes a side on the thesis."
    return (
        f"Of those that take a side on the thesis, {taken} agree{'s' if taken.count == 1 else ''}; only "
        "an interval beyond one half would decide it. The silent are on no side."
    )


def who_speaks(talk: Discussion) -> str:
    """How many comments speak to the thesis or to any claim, as a sentence."""
    speaks = stances(talk).isin([*SPEAKS, PARTLY_SEEN]).any(axis=1)
    speakers = speaks.index[speaks]
    named = f": {some(speakers)}" if len(speakers) else ""
    return f"All this comes from {count(len(speakers), 'comment')}{named}."


def claims_met(talk: Discussion) -> str:
    """How many claims get an answer, and which find agreement or disagreement, as sentences."""
    table = claim_stances(talk).drop(index="thesis", errors="ignore")
    if table.empty:
        return "The codebook names no claims beside the thesis."
    cells = stances(talk)[table.index]
    coded = (cells != UNCODED).any()
    if not coded.any():
        return "The claims beside the thesis were not coded."
    spoken = cells.isin(SPEAKS).any()
    partly = int((~spoken & (cells == PARTLY_SEEN).any()).sum())
    n = int(coded.sum())
    parts = [f"Of {count(n, 'coded claim')}, {int(spoken.sum())} find an answer"]
    parts[0] += f", {partly} one that only some coders see." if partly else "."
    for side, noun in (("agree", "agreement with"), ("disagree", "disagreement with")):
        met = table[[estimate.count > 0 for estimate in table[side]]]
        order = sorted(met.index, key=lambda claim: -met.loc[claim, side].count)
        named = [f"“{met.loc[c, 'text'].rstrip('.')}” ({met.loc[c, side].counted()})" for c in order]
        if named:
            parts.append(f"There is {noun} {some(named, most=3)}.")
    return " ".join(parts)


def kinds_apart(talk: Discussion) -> str:
    """Whether anybody shares a forecast and rejects a judgement, or the other way round, the thesis being
    one or the other, as a sentence."""
    if not has_stances(talk):
        return missing(talk)
    kinds, table = talk.codebook.claims["kind"], stances(talk)
    forecasts, judgements = (table[kinds.index[kinds == kind]] for kind in ("forecast", "judgement"))
    found = []
    for side, other in (("agree", "disagree"), ("disagree", "agree")):
        both = (forecasts == side).any(axis=1) & (judgements == other).any(axis=1)
        if both.any():
            names = some(both.index[both])
            found.append(f"{names}: {side} with a forecast, {other} with a judgement.")
    return (
        " ".join(found) or "No comment shares a forecast and rejects a judgement, or the other way round."
    )


def how_many_to_code() -> pd.DataFrame:
    """How well a share is known by how many comments are coded: one row per `machine` and `coded` (10 to
    1,000), and `half_width`, how far the 95 % interval reaches to either side at a share of one half.

    `machine` is how well a machine's labels go with a reader's: none, or their correlation.
    """
    machines = {"no machine": None} | {f"correlation {r}": r for r in (0.5, 0.7, 0.9)}
    sizes = [10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1_000]
    rows = [(n, half_width_of(n, agreement=r), name) for name, r in machines.items() for n in sizes]
    return pd.DataFrame(rows, columns=["coded", "half_width", "machine"])


def enough_to_code(half_width: float) -> str:
    """How many comments to code for a share to be known to within `half_width`, as a sentence."""
    alone, helped = how_many(half_width), how_many(half_width, agreement=0.7)
    return (
        f"For a share near one half to within {half_width:.2f} to either side, {alone:,} comments; with "
        "a machine whose labels correlate with the reader's by 0.7, which none here is known to do, "
        f"{helped:,}."
    )


def thesis_by_choice(talk: Discussion) -> pd.DataFrame:
    """The stance to the thesis under other choices, a row each: `agree`, `disagree` (Estimate, of the
    coded comments), and how many take `no side`: by each coder alone, and as bounds, with all that is
    not settled between the coders given to either side."""
    table = apart(talk).query("item == 'thesis'")
    rows = {"what all coders say": thesis_stances(talk)}
    for coder, own in table.groupby("coder"):
        values = own.set_index("comment_id")["value"]
        rows[f"{coder} alone"] = values.reindex(talk.comments.index).fillna(UNCODED)
    for side in ("agree", "disagree"):
        settled_so = rows["what all coders say"].replace([DISPUTED, PARTLY_SEEN], side)
        rows[f"bound: all that coders see differently is called {side}"] = settled_so
    return pd.DataFrame(
        [
            {
                "choice": choice,
                "agree": coded_share(talk, values, ["agree"]),
                "disagree": coded_share(talk, values, ["disagree"]),
                "no side": int((~values.isin(["agree", "disagree", UNCODED])).sum()),
            }
            for choice, values in rows.items()
        ]
    )
