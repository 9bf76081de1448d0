"""What the codings say together: one value for each comment and item, and the words that decided it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from rejoinder.corpus.codings import ADJUDICATED, items
from rejoinder.discussion import Discussion
from rejoinder.text import normalise

# Beside the values that a coder gives: coders who worked apart differ; nobody has coded it.
DISPUTED, UNCODED = "disputed", "uncoded"


def coders(talk: Discussion) -> pd.DataFrame:
    """Who coded.

    Returns
    -------
    DataFrame, index `coder`, whoever adjudicated last: `kind` (person, language model), `comments` and
    `codings` (counts). No rows where nobody has coded.
    """
    table = talk.codings.groupby("coder").agg(
        kind=("kind", "first"), comments=("comment_id", "nunique"), codings=("item", "size")
    )
    return table.sort_index(key=lambda names: names == ADJUDICATED, kind="stable")


def independent(talk: Discussion) -> pd.DataFrame:
    """The codings of those who worked apart from each other, without what was adjudicated."""
    return talk.codings[talk.codings["coder"] != ADJUDICATED]


def settled(talk: Discussion, *, coder: str | None = None) -> pd.DataFrame:
    """One value for each comment and item: what all its coders say.

    Where they differ it is the adjudicated value, or "disputed" if there is none: never a majority. What
    nobody coded is "uncoded".

    Parameters
    ----------
    coder : take the codings of this coder alone.

    Returns
    -------
    DataFrame of str, index `comment_id`, a column per item: tone, sarcasm, thesis and the claims.
    """
    columns = pd.Index(items(talk.codebook))
    values = np.full((len(talk.comments), len(columns)), UNCODED, dtype=object)
    parts = [independent(talk), talk.codings[talk.codings["coder"] == ADJUDICATED]]
    if coder is not None:
        parts = [talk.codings[talk.codings["coder"] == coder]]
    for part, final in zip(parts, (False, True), strict=False):
        found = part.groupby(["comment_id", "item"], sort=False)["value"].agg(["first", "nunique"])
        row = talk.comments.index.get_indexer(found.index.get_level_values("comment_id"))
        column = columns.get_indexer(found.index.get_level_values("item"))
        said = found["first"].where(found["nunique"] == 1, DISPUTED).to_numpy(object)
        open_ = values[row, column] == DISPUTED
        values[row, column] = np.where(open_ | (not final), said, values[row, column])
    return pd.DataFrame(values, talk.comments.index, columns, dtype="str")


def evidence(talk: Discussion) -> pd.DataFrame:
    """The words that decided each stance, quoted from the comment.

    Returns
    -------
    DataFrame, a row per comment and item of the thesis and the claims that some coder does not call
    silent, in the order of the codebook: `item`, `stance` (as `settled`), `comment_id`, `text` (the
    comment; of a comment over WHOLE_COMMENT characters the sentences in question), `said` ("A: agree; B:
    silent"), `mark` (the words the coders quote in their notes, for `display.quotes`). No rows where
    nothing was coded.
    """
    claims = list(talk.codebook.claims.index)
    order = {claim: at for at, claim in enumerate(claims)}
    spoken = talk.codings[talk.codings["item"].isin(claims)]
    heard = spoken.loc[spoken["value"] != "silent", ["comment_id", "item"]].drop_duplicates()
    spoken = spoken.merge(heard, on=["comment_id", "item"])
    values, sentences = settled(talk), talk.comment_sentences
    place = {comment: at for at, comment in enumerate(talk.comments.index)}
    rows = []
    for (comment_id, item), own in spoken.groupby(["comment_id", "item"], sort=False):
        comment = talk.comments.loc[comment_id]
        spans = quoted_spans(own, comment)
        start, end = comment["start"], comment["end"]
        if spans and end - start > WHOLE_COMMENT:
            held = sentences[(sentences["comment_id"] == comment_id) & (sentences["end"] > spans[0][0])]
            start = held["start"].iloc[0]
            end = held.loc[held["start"] < spans[-1][1], "end"].iloc[-1]
        rows.append(
            {
                "item": item,
                "stance": values.loc[comment_id, item],
                "comment_id": comment_id,
                "text": talk.raw[start:end],
                "said": "; ".join(own["coder"] + ": " + own["value"]),
                "mark": [(a - start, b - start, "neutral") for a, b in spans],
            }
        )
    rows.sort(key=lambda row: (order[row["item"]], place[row["comment_id"]]))
    return pd.DataFrame(rows, columns=["item", "stance", "comment_id", "text", "said", "mark"])


WHOLE_COMMENT = 600


def quoted_spans(codings: pd.DataFrame, comment: pd.Series) -> list[tuple[int, int]]:
    """Where in the raw text the words stand that notes of `codings` quote, of those that do not say
    "silent": (start, end) in order, without overlaps."""
    text, offset = comment["normalised"], int(comment["start"])
    spans: list[tuple[int, int]] = []
    for note in codings.loc[codings["value"] != "silent", "note"]:
        at = 0
        quoted = " … ".join(re.findall(r"[“\"]([^“”\"]+)[”\"]", note))
        for part in re.split(r"…|\.\.\.", quoted):
            passage = normalise(part).strip(" .,;:")
            found = text.find(passage, at) if passage else -1
            found = text.find(passage) if passage and found < 0 else found
            if found >= 0:
                at = found + len(passage)
                spans.append((offset + found, offset + at))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
