"""Stance to the thesis and to each claim, as coded: tables that the answers are made of."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.alike import comment_share
from rejoinder.answers.answer import NO_CODEBOOK
from rejoinder.answers.coded import (
    DISPUTED,
    NO_CODINGS,
    PARTLY_SEEN,
    UNCODED,
    evidence,
    offered_sheet,
    settled,
)
from rejoinder.corpus.codings import STANCE
from rejoinder.discussion import CLAIM_KINDS as KINDS
from rejoinder.discussion import Discussion
from rejoinder.stats.estimate import Estimate

# What a comment may be to a claim: a stance, a dispute between coders, or nothing known.
STANDS = (*STANCE, DISPUTED, PARTLY_SEEN, UNCODED)
# All coders find that the comment speaks to the claim, be it differently.
SPEAKS = ("agree", "disagree", "mixed", "unclear", DISPUTED)
_COUNTED = ("mixed", "unclear", DISPUTED, PARTLY_SEEN, "silent", UNCODED)


def has_stances(talk: Discussion) -> bool:
    """Whether anybody has coded stance to the thesis or to a claim."""
    return bool(talk.codebook is not None and talk.codings["item"].isin(talk.codebook.claims.index).any())


def missing(talk: Discussion) -> str:
    """What is missing to answer, and the blank sheet that was written for it; "" where nothing is."""
    if has_stances(talk):
        return ""
    why = NO_CODEBOOK if talk.codebook is None else NO_CODINGS
    return f"{why} {offered_sheet(talk)}"


def stances(talk: Discussion) -> pd.DataFrame:
    """`coded.settled` of the thesis and of each claim; without columns where there is no codebook."""
    claims = talk.codebook.claims.index if talk.codebook is not None else []
    return settled(talk)[list(claims)]


def thesis_stances(talk: Discussion) -> pd.Series:
    """The stance of each comment to the thesis; "uncoded" throughout where nobody named one."""
    unknown = pd.Series(UNCODED, index=talk.comments.index, dtype="str")
    return stances(talk).get("thesis", unknown)


def coded_share(talk: Discussion, values: pd.Series, wanted: list[str]) -> Estimate:
    """The share of `wanted` among the comments that were coded."""
    return comment_share(talk, values[values != UNCODED].isin(wanted))


def claim_stances(talk: Discussion) -> pd.DataFrame:
    """One row per claim, the thesis first: `kind`, `text`, `agree` and `disagree` (Estimate, share of
    the coded comments), then counts: `mixed`, `unclear`, `disputed` (the coders differ), `seen by
    some` (only some of them see a stance), `silent`, `uncoded`; those without any but `silent` are left
    out. Empty where there is no codebook."""
    table = stances(talk)
    rows = [
        {
            "kind": talk.codebook.claims.loc[claim, "kind"],
            "text": talk.codebook.claims.loc[claim, "text"],
            **{v: coded_share(talk, table[claim], [v]) for v in ("agree", "disagree")},
            **{v: int((table[claim] == v).sum()) for v in _COUNTED},
        }
        for claim in table.columns
    ]
    found = pd.DataFrame(
        rows,
        index=pd.Index(table.columns, name="claim"),
        columns=["kind", "text", "agree", "disagree", *_COUNTED],
    )
    return found.drop(columns=[v for v in _COUNTED if v != "silent" and not found[v].any()])


def kind_stances(talk: Discussion) -> pd.DataFrame:
    """Facts, forecasts and judgements apart (the thesis aside): one row per kind with the number of
    `claims`, and `speak`, `agree`, `disagree` (Estimate): the share of the coded comments that speak
    to at least one of them, agree with one, disagree with one. Empty without a codebook."""
    rows = {}
    for kind, cells in by_kind(talk).items():
        coded = cells[(cells != UNCODED).any(axis=1)]
        rows[kind] = {"claims": cells.shape[1]} | {
            name: comment_share(talk, coded.isin(values).any(axis=1))
            for name, values in (("speak", SPEAKS), ("agree", ["agree"]), ("disagree", ["disagree"]))
        }
    columns = ["claims", "speak", "agree", "disagree"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("kind")


def by_kind(talk: Discussion) -> dict[str, pd.DataFrame]:
    """The stances to the claims of each kind that there is, the thesis aside."""
    if talk.codebook is None:
        return {}
    table, kinds = stances(talk), talk.codebook.claims["kind"].drop("thesis")
    return {k: table[list(kinds.index[kinds == k])] for k in KINDS if (kinds == k).any()}


def stance_cells(talk: Discussion) -> pd.DataFrame:
    """One row per claim and comment, for the picture: `claim`, `kind`, `text` (of the claim),
    `comment_id`, `stance`."""
    table = stances(talk).rename_axis(index="comment_id", columns=None)
    cells = table.melt(var_name="claim", value_name="stance", ignore_index=False).reset_index()
    if talk.codebook is None:
        return cells.reindex(columns=["claim", "kind", "text", "comment_id", "stance"]).head(0)
    claims = talk.codebook.claims[["kind", "text"]]
    return cells.join(claims, on="claim")[["claim", "kind", "text", "comment_id", "stance"]]


def telling_words(talk: Discussion, *, each: int = 5) -> pd.DataFrame:
    """For each claim and stance the words that decided it, for `page.quotes`: `claim`, `stance`, `text`,
    `source`, `mark`; in the order of the claims, then agree, disagree, mixed, unclear, disputed, seen by
    some; of each at most so many comments, and the source of the last tells how many more there are."""
    table, cells, rows = stances(talk), [], []
    for claim in table.columns:
        for value in (*SPEAKS, PARTLY_SEEN):
            found = list(table.index[table[claim] == value])
            cells += [(comment, claim) for comment in found[:each]]
            more = ["" for _ in found[:each]]
            if len(found) > each:
                more[-1] = f" ({len(found) - each:,} more are not quoted)"
            rows += [(claim, value, note) for note in more]
    if not rows:
        return pd.DataFrame(columns=["claim", "stance", "text", "source", "mark"])
    told = pd.DataFrame(rows, columns=["claim", "stance", "more"]).join(evidence(talk, cells))
    source = told["claim"] + ", " + told["stance"] + ": " + told["source"] + told["more"]
    return told.assign(source=source).drop(columns="more")
