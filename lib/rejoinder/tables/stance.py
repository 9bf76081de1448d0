"""06 and 07: stance to the thesis and to each claim, as coded."""

from __future__ import annotations

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.tables.adjudication import DISPUTED, UNCODED, settled

VALUES = ("agree", "disagree", "mixed", "unclear", DISPUTED, "silent", UNCODED)
# What a comment says of a claim on which it is not silent, as its coders agree.
SPEAKS = ("agree", "disagree", "mixed", "unclear")


def stances(talk: Discussion, *, coder: str | None = None) -> pd.DataFrame:
    """`adjudication.settled` of the thesis and of each claim; no columns without a codebook."""
    return settled(talk, coder=coder)[list(talk.codebook.claims.index)]


def thesis_stances(talk: Discussion, *, coder: str | None = None) -> pd.Series:
    """The stance of each comment to the thesis; "uncoded" throughout where there is none."""
    unknown = pd.Series(UNCODED, index=talk.comments.index, dtype="str")
    return stances(talk, coder=coder).get("thesis", unknown)


def counts(talk: Discussion) -> pd.DataFrame:
    """How many comments take which stance to each claim.

    Returns
    -------
    DataFrame, index `claim_id`, the thesis first: `kind`, `text`, then a count of comments for each of
    VALUES. No rows without a codebook.
    """
    table = stances(talk)
    found = {value: (table == value).sum().astype("int64") for value in VALUES}
    return talk.codebook.claims[["kind", "text"]].assign(**found)


def sides(talk: Discussion, *, coder: str | None = None) -> pd.DataFrame:
    """The comments that take a side on the thesis or on a claim.

    Returns
    -------
    DataFrame, index `comment_id`: `agrees`, `disagrees` (lists of claims), `side`: 1 if it only agrees,
    −1 if it only disagrees, 0 if it does both. No rows where nobody takes a side.
    """
    table = stances(talk, coder=coder)
    table = table[table.isin(["agree", "disagree"]).any(axis=1)]
    held = {"agrees": table == "agree", "disagrees": table == "disagree"}
    claims = {name: [list(table.columns[row]) for row in rows.to_numpy()] for name, rows in held.items()}
    one, other = (rows.any(axis=1).astype(int) for rows in held.values())
    return pd.DataFrame(claims, table.index).assign(side=one - other)
