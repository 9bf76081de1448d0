"""What the codings say together: one value for each comment and item, and the words that decided it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

import pandas as pd

from rejoinder.corpus.codings import ADJUDICATED, items
from rejoinder.discussion import Discussion
from rejoinder.text import normalise

# Beside the values that a coder gives: coders who worked apart differ; nobody has coded it.
DISPUTED, UNCODED = "disputed", "uncoded"
WHOLE_COMMENT = 600  # characters of a comment that is quoted in full


def coders(talk: Discussion) -> pd.DataFrame:
    """Who coded.

    Returns
    -------
    DataFrame, index `coder`, the adjudicated codings last: `kind` (person, language model), `comments`
    and `codings` (counts). No rows where nobody has coded.
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
    codings = talk.codings
    if coder is None:
        found = _said(independent(talk))
        final = _said(codings[codings["coder"] == ADJUDICATED]).reindex(found.index).fillna(DISPUTED)
        found = found.mask(found == DISPUTED, final)
    else:
        found = _said(codings[codings["coder"] == coder])
    columns = pd.Index(items(talk.codebook))
    table = found.unstack("item").reindex(index=talk.comments.index, columns=columns)
    return table.astype("str").fillna(UNCODED)


def _said(codings: pd.DataFrame) -> pd.Series:
    """What the codings give each comment and item: a value, or "disputed"."""
    values = codings.groupby(["comment_id", "item"], sort=False)["value"].agg(["first", "nunique"])
    return values["first"].astype("str").where(values["nunique"] == 1, DISPUTED)


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
    claims, comments = talk.codebook.claims.index, talk.comments.to_dict("index")
    spoken = talk.codings[talk.codings["item"].isin(claims)]
    heard = spoken.loc[spoken["value"] != "silent", ["comment_id", "item"]].drop_duplicates()
    spoken = spoken.merge(heard, on=["comment_id", "item"])
    in_order = {name: at for at, name in enumerate([*claims, *comments])}
    spoken = spoken.sort_values(["item", "comment_id"], key=lambda ids: ids.map(in_order), kind="stable")
    values = settled(talk)[claims].to_dict()
    sentences = dict(tuple(talk.comment_sentences.groupby("comment_id")[["start", "end"]]))
    rows = []
    for (item, comment_id), pairs in groupby(
        spoken.itertuples(), key=lambda row: (row.item, row.comment_id)
    ):
        own, comment = list(pairs), comments[comment_id]
        spans, start, end = _quoted(own, comment), comment["start"], comment["end"]
        if spans and end - start > WHOLE_COMMENT:
            held = sentences[comment_id]
            held = held[(held["end"] > spans[0][0]) & (held["start"] < spans[-1][1])]
            start, end = held["start"].iloc[0], held["end"].iloc[-1]
        said = "; ".join(f"{row.coder}: {row.value}" for row in own)
        mark = [(a - start, b - start, "neutral") for a, b in spans]
        rows.append((item, values[item][comment_id], comment_id, talk.raw[start:end], said, mark))
    return pd.DataFrame(rows, columns=["item", "stance", "comment_id", "text", "said", "mark"])


def _quoted(codings: list, comment: dict) -> list[tuple[int, int]]:
    """The spans of the raw text that coders quote in their notes, except in those on silence."""
    text, offset, spans = comment["normalised"], comment["start"], []
    for note in (row.note for row in codings if row.value != "silent"):
        at, quoted = 0, " … ".join(re.findall(r"[“\"]([^“”\"]+)[”\"]", note))
        for part in re.split(r"…|\.\.\.", quoted):
            passage = normalise(part).strip(" .,;:")
            found = text.find(passage, at)
            found = text.find(passage) if found < 0 else found
            if passage and found >= 0:
                at = found + len(passage)
                spans.append((offset + found, offset + at))
    return merged(spans)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans (start, end) in order, those that overlap or touch as one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            start, end = kept[-1][0], max(end, kept.pop()[1])
        kept.append((start, end))
    return kept
