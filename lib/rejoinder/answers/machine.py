"""What a machine can honestly say of stance where nobody has read: seldom a side, often a subject."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.alike import comment_share
from rejoinder.answers.coded import UNCODED
from rejoinder.answers.stances import SPEAKS, has_stances, stances
from rejoinder.discussion import Discussion
from rejoinder.measure import claim_matching
from rejoinder.measure.themes import NONE


def nearest_claims(talk: Discussion) -> pd.DataFrame:
    """The claim that each comment likeliest speaks of, by its words: one row per comment, `likeliest` (an
    id; "none" where there is no likeness at all), `degree` (0 to 1), `statement`, `nearest` (the same id
    where it is likelier than not, else none), and `coded` (the claims that coders see it speak to).
    Without rows where there is no codebook."""
    columns = ["likeliest", "degree", "statement", "nearest", "coded"]
    if talk.codebook is None:
        return pd.DataFrame(columns=columns)
    claims = talk.codebook.claims
    # The author's own words beside the short form: more for the comment to be like.
    statements = claims["text"] + " " + claims["quote"]
    ids = talk.comments.index
    found = claim_matching.similarity(talk.comments["text"], statements, names=talk.codebook.names)
    degree = pd.DataFrame(found, ids, claims.index)
    likeliest = claim_matching.linked(degree, least=0).mask(degree.max(axis=1) == 0, NONE)
    spoken = stances(talk).isin(SPEAKS)
    table = {
        "likeliest": likeliest,
        "degree": degree.max(axis=1),
        "statement": likeliest.map(claims["text"]).fillna(""),
        "nearest": claim_matching.linked(degree),
        "coded": [[c for c in spoken if spoken.loc[i, c]] for i in ids],
    }
    return pd.DataFrame(table, index=ids, columns=columns)


def nearest_right(talk: Discussion) -> str:
    """How often the nearest claim, or none, is what the coders see, here and on public arguments, as
    sentences."""
    general = "A machine names the nearest claim."
    if not has_stances(talk):
        return general
    read = (stances(talk) != UNCODED).any(axis=1)
    table = nearest_claims(talk)[read]
    table = table[table["nearest"].notna()]  # of a comment without a word nothing is near
    named = table["nearest"] != NONE
    silent = table["coded"].map(len) == 0
    hits = pd.Series([n in c for n, c in zip(table["nearest"], table["coded"], strict=True)], table.index)
    return (
        f"{general} Here the claim that it names for a comment is one that the coders name too in "
        f"{comment_share(talk, hits[named])}; where they name no claim, it says none in "
        f"{comment_share(talk, ~named[silent])}."
    )
