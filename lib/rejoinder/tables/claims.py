"""01: the author's thesis and claims, and sentences that may state the thesis."""

from __future__ import annotations

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.measure import thesis
from rejoinder.text import tokens


def places(talk: Discussion) -> pd.DataFrame:
    """The claims of the codebook with their place in the article.

    Returns
    -------
    DataFrame, index `statement_id`, the thesis first: `text`, `kind` (fact, forecast, judgement),
    `quote`, `line`, and `place`: share of the article's words before the quotation, 0 to 1. No rows
    without a codebook.
    """
    claims, body = talk.codebook.claims, talk.paragraphs
    share = []
    for claim in claims["start"]:
        before = zip(body["normalised"], (claim - body["start"]).clip(lower=0), strict=True)
        words = sum(len(tokens(text[:length])) for text, length in before)
        share.append(words / max(1, body["words"].sum()))
    return claims[["text", "kind", "quote", "line"]].assign(place=share)


def thesis_candidates(talk: Discussion) -> pd.DataFrame:
    """The sentences of the article's body, those first that likeliest state the thesis: `text`, `line`,
    `rank` (of `measure.thesis`) and `coded`: whether it is part of the thesis of the codebook."""
    body = talk.article[talk.article["role"] == "body"]
    context = {"paragraphs": body["paragraph"], "title": talk.title, "names": talk.codebook.names}
    ranks = thesis.rank(body["normalised"], **context)
    found = body[["text", "line"]].assign(rank=ranks, coded=False)
    for quotation in talk.codebook.claims.query("statement_id == 'thesis'").itertuples():
        found["coded"] = (body["start"] < quotation.end) & (body["end"] > quotation.start)
    return found.sort_values("rank", ascending=False, kind="stable")


def thesis_quotation(talk: Discussion) -> pd.DataFrame:
    """What readers answer to, for `display.quotes`: the author's words for the thesis or, without a
    codebook, the first sentence of the article. Columns `text`, `source`; no row without an article."""
    claims = talk.codebook.claims
    if len(claims):
        thesis = claims.loc["thesis"]
        return pd.DataFrame({"text": [thesis["quote"]], "source": [f"the author, line {thesis['line']}"]})
    first = talk.article[talk.article["role"] == "body"].head(1)
    source = "the author, line " + first["line"].astype("str")
    source += "; the first sentence, since nobody has named the thesis"
    return first[["text"]].assign(source=source).reset_index(drop=True)
