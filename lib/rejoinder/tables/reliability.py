"""09: agreement of coders who worked apart."""

from __future__ import annotations

import pandas as pd

from rejoinder import stats
from rejoinder.coding import language_model
from rejoinder.corpus.codings import TONE, items
from rejoinder.discussion import ARTICLE, Discussion
from rejoinder.tables.adjudication import EITHER, coders, independent

# Items that are pooled, since they share their values.
STANCES = "all stances"
UNDECIDED = "undecided"  # in place of a value: a language model was asked, and gave no usable answer
# Below this alpha not even tentative conclusions: Krippendorff 2004, Content Analysis, chapter 11.
TENTATIVE = 0.667


def pairs(talk: Discussion, *, basis: str = EITHER) -> pd.DataFrame:
    """What at least two coders coded. `basis` as in `adjudication.independent`.

    Returns
    -------
    DataFrame, index `comment_id` and `item`, in the order of page and codebook: a column per coder with
    the value (NA = none given), and `same`: whether all who coded it give the same value. No rows where
    nothing was coded twice.
    """
    own = independent(talk, basis=basis).set_index(["comment_id", "item", "coder"])
    table = own["value"].unstack("coder").rename_axis(columns=None)
    order = {name: at for at, name in enumerate([*talk.comments.index, *items(talk.codebook)])}
    table = table[table.notna().sum(axis=1) >= 2].sort_index(key=lambda labels: labels.map(order))
    # As numbers, since comparing rows of text takes minutes where there are thousands. -1 is a gap.
    codes = pd.factorize(table.to_numpy(object).ravel())[0].reshape(table.shape)
    most = codes.max(axis=1, initial=0)
    return table.assign(same=((codes == most[:, None]) | (codes < 0)).all(axis=1))


def stance_codings(talk: Discussion, *, basis: str = EITHER) -> pd.DataFrame:
    """The independent codings of all statements. `basis` as in `adjudication.independent`."""
    own = independent(talk, basis=basis)
    return own[own["item"].isin(talk.codebook.statements.index)]


def asked(talk: Discussion, *, basis: str = EITHER) -> pd.DataFrame:
    """The independent codings (`coder`, `comment_id`, `item`, `value`), and with the value UNDECIDED what
    a language model was asked in vain, so that it stays in every denominator."""
    own, lost = independent(talk, basis=basis), language_model.undecided(talk)
    lost = lost[lost["comment_id"] != ARTICLE].assign(value=UNDECIDED)
    columns = ["coder", "comment_id", "item", "value"]
    return pd.concat([own[columns], lost[columns]], ignore_index=True)


def item_agreement(talk: Discussion, *, basis: str = EITHER) -> pd.DataFrame:
    """How far the coders agree, item by item and for the stances pooled. `basis` as in
    `adjudication.independent`.

    Returns
    -------
    DataFrame, index `item`: `same` (Estimate: share of comments with one value from all coders), `alpha`
    (Estimate: Krippendorff's, −1 to 1, for tone with its values in order), `note` (what the method says
    of alpha). No rows where nothing was coded twice.
    """
    own = independent(talk, basis=basis)
    parts = {item: own[own["item"] == item] for item in items(talk.codebook)}
    if len(talk.codebook.statements):
        parts[STANCES] = stance_codings(talk, basis=basis)
    same, rows = pairs(talk, basis=basis)["same"].reset_index(), {}
    for item, part in parts.items() if len(same) else ():
        order = TONE if item == "tone" else None
        alpha = stats.alpha(part, order=order)
        both = same[same["item"].isin(part["item"].unique())]
        agreed = stats.clustered_share(both["same"], both["comment_id"])
        rows[item] = {"same": agreed, "alpha": alpha, "note": alpha.method}
    columns = ["same", "alpha", "note"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("item")


def disputes(talk: Discussion) -> pd.DataFrame:
    """What the coders see differently, side by side: `comment_id`, `item`, `text` (of the comment), then
    for each coder the value with its basis, quotation and note, the adjudicated value last."""
    table = pairs(talk)
    keys = table.index[~table["same"]]
    told = talk.codings[["value", "basis", "quote", "note"]].copy()
    told["quote"] = ("“" + told["quote"] + "”").where(told["quote"] != "", "")
    said = talk.codings.assign(said=[" · ".join(filter(None, row)) for row in told.to_numpy()])
    said = said.groupby(["comment_id", "item", "coder"])["said"].first().unstack("coder")
    said = said.reindex(keys)[list(coders(talk).index)].dropna(axis=1, how="all")
    found = said.reset_index().rename_axis(columns=None)
    found.insert(2, "text", talk.comments["text"].reindex(found["comment_id"]).array)
    return found
