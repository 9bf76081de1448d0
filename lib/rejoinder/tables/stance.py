"""06 to 08: stance to the author's statements and to the readers' own, as coded."""

from __future__ import annotations

from itertools import product

import pandas as pd

from rejoinder import stats
from rejoinder.discussion import ARTICLE, Discussion
from rejoinder.tables.adjudication import DISPUTED, EITHER, STATED, UNCODED, coders, settled
from rejoinder.tables.reliability import asked

VALUES = ("agree", "disagree", "mixed", "unclear", DISPUTED, "silent", UNCODED)
# What a comment says of a statement on which it is not silent, as its coders agree.
SPEAKS = ("agree", "disagree", "mixed", "unclear")


def stances(
    talk: Discussion, *, by: str = "author", coder: str | None = None, basis: str = EITHER
) -> pd.DataFrame:
    """`adjudication.settled` of the statements of one side: "author" (the thesis first) or "readers". No
    columns without a codebook."""
    statements = talk.codebook.statements
    return settled(talk, coder=coder, basis=basis, of=statements.index[statements["by"] == by])


def thesis_stances(talk: Discussion, *, coder: str | None = None, basis: str = EITHER) -> pd.Series:
    """The stance of each comment to the thesis; "uncoded" throughout where there is none."""
    return settled(talk, coder=coder, basis=basis, of=["thesis"])["thesis"]


def counts(talk: Discussion, *, by: str = "author", basis: str = EITHER) -> pd.DataFrame:
    """How many comments take which stance to each statement of one side: by `statement_id`, the thesis
    first, `kind`, `text`, then a count of comments for each of VALUES."""
    table = stances(talk, by=by, basis=basis)
    found = {value: (table == value).sum().astype("int64") for value in VALUES}
    return talk.codebook.statements.loc[table.columns, ["kind", "text"]].assign(**found)


def voices(talk: Discussion) -> pd.DataFrame:
    """Who says what to which statement: a row per statement and voice that is not silent on it.

    Returns
    -------
    DataFrame: `statement_id`, in the order of the codebook; `by` (author, readers: whose statement it
    is); `voice` (ARTICLE, or the id of a comment, in the order of the page); `stance` (agree, disagree,
    mixed, unclear, disputed); `basis` (stated, implied, or "" where there is none). The article agrees
    with its own statements. No rows where nothing was coded.
    """
    ids = talk.codebook.statements.index
    stance, stated = (settled(talk, basis=basis, of=ids, article=True) for basis in (EITHER, STATED))
    for table in (stance, stated):
        for claim in talk.codebook.claims.index:
            table.loc[ARTICLE, claim] = "agree"
    found = pd.DataFrame({"stance": stance.unstack(), "stated": stated.unstack()})
    found = found[~found["stance"].isin(["silent", UNCODED])]
    found = found.rename_axis(["statement_id", "voice"]).reset_index()
    sided = found["stance"].isin(["agree", "disagree", "mixed"])
    basis = (found["stance"] == found["stated"]).map({True: "stated", False: "implied"})
    by = found["statement_id"].map(talk.codebook.statements["by"])
    found = found.assign(by=by, basis=basis.where(sided, ""))
    return found[["statement_id", "by", "voice", "stance", "basis"]]


def points(talk: Discussion, *, basis: str = EITHER) -> pd.DataFrame:
    """What readers argue themselves, most often made first.

    Returns
    -------
    DataFrame, index `statement_id`: `kind`, `text`, `answers` (the author's statement, NA if it is new),
    `article` (the article's stance to it), then for each of VALUES up to "disputed" the ids of the
    comments (lists). No rows without readers' statements.
    """
    table = settled(talk, basis=basis, of=talk.codebook.points.index, article=True)
    article, table = table.loc[ARTICLE], table.drop(index=ARTICLE)
    found = talk.codebook.points[["kind", "text", "answers"]].assign(article=article)
    for value in (*SPEAKS, DISPUTED):
        found[value] = [list(table.index[table[item] == value]) for item in table]
    often = pd.DataFrame({value: found[value].map(len) for value in ("agree", "disagree")})
    return found.loc[often.sort_values(["agree", "disagree"], ascending=False, kind="stable").index]


def corrected(
    talk: Discussion, *, by: str = "author", value: str = "agree", basis: str = EITHER
) -> pd.DataFrame:
    """The share of all comments that give a statement this value, from those that people coded, which
    have to be a random sample, and what a language model says of every comment.

    Returns
    -------
    DataFrame, a row per statement and model that was asked about every comment: `statement_id`, `text`,
    `model`, `share` (stats.Corrected: people's share, corrected by the model's labels; `gain`). What a
    model could not decide is a label like any other: not this value. No rows where people coded none of
    the comments, or all of them.
    """
    people, every, rows = stances(talk, by=by, basis=basis), talk.comments.index, []
    kinds, labels = coders(talk)["kind"], asked(talk, basis=basis).set_index(["coder", "item"])
    models = kinds.index[kinds == "language model"] if (kinds == "person").any() else []
    for item, model in product(people.columns, models):
        told = labels[labels.index == (model, item)].set_index("comment_id")["value"].reindex(every)
        coded = people[item] != UNCODED
        if 0 < coded.sum() < len(every) and told.notna().all():
            parts = people.loc[coded, item] == value, told[coded] == value, told[~coded] == value
            text = talk.codebook.statements["text"][item]
            rows.append((item, text, model, stats.corrected_share(*parts)))
    return pd.DataFrame(rows, columns=["statement_id", "text", "model", "share"])


def sides(talk: Discussion, *, coder: str | None = None, basis: str = EITHER) -> pd.DataFrame:
    """The comments that take a side on the thesis or on a claim of the author: `agrees`, `disagrees`
    (lists of claims), `side`: 1 if it only agrees, −1 if it only disagrees, 0 if it does both."""
    table = stances(talk, coder=coder, basis=basis)
    table = table[table.isin(["agree", "disagree"]).any(axis=1)]
    held = {"agrees": table == "agree", "disagrees": table == "disagree"}
    ids = table.columns.to_numpy()
    claims = {name: [list(ids[row]) for row in rows.to_numpy()] for name, rows in held.items()}
    one, other = (rows.any(axis=1).astype(int) for rows in held.values())
    return pd.DataFrame(claims, table.index).assign(side=one - other)
