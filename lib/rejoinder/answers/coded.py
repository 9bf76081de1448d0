"""What the codings say together: one value for each comment and item, and who coded."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pandas as pd

from rejoinder.answers.answer import count, joined, place
from rejoinder.coding.sheet import sheet_path, write_sheet
from rejoinder.corpus.codings import ADJUDICATED, items
from rejoinder.discussion import Discussion
from rejoinder.errors import CodingsError
from rejoinder.text import normalise

# Beside the values that a coder gives: what coders who worked apart see differently, a stance that
# some of them see where others find the comment silent, and what nobody has coded.
DISPUTED, PARTLY_SEEN, UNCODED = "disputed", "seen by some", "uncoded"
WHOLE_COMMENT = 1_200
NO_CODINGS = "Nobody has coded these comments yet."


def coders(talk: Discussion) -> pd.DataFrame:
    """Who coded: one row per coder, index `coder`, with `kind` (person, language model), and how
    many `comments` and `codings`. Whoever adjudicated is among them, last."""
    table = talk.codings.groupby("coder").agg(
        kind=("kind", "first"), comments=("comment_id", "nunique"), codings=("item", "size")
    )
    return table.sort_index(key=lambda names: names == ADJUDICATED, kind="stable")


def apart(talk: Discussion) -> pd.DataFrame:
    """The codings of those who worked apart from each other, without what was adjudicated."""
    return talk.codings[talk.codings["coder"] != ADJUDICATED]


def who_coded(talk: Discussion) -> str:
    """Who coded how many of the comments, and of what kind they are, as a sentence."""
    own = apart(talk)
    n = own.groupby("coder")["comment_id"].nunique()
    if n.empty:
        return NO_CODINGS
    kinds = coders(talk)["kind"]
    names = [f"{coder} (a {kinds[coder]})" for coder in n.index]
    all_of = f"{own['comment_id'].nunique():,} of {count(len(talk.comments), 'comment')}"
    if set(n) == {own["comment_id"].nunique()}:
        by = f"{joined(names)} coded {all_of}"
    else:
        each = [f"{name} {number:,}" for name, number in zip(names, n, strict=True)]
        by = f"Of {all_of} that were coded, {joined(each)}"
    if len(names) > 1:
        by += ", apart from each other"
    if ADJUDICATED in kinds.index:
        by += (
            f"; {count(_settled_disputes(talk), 'dispute')} settled afterwards by a {kinds[ADJUDICATED]}"
        )
    return f"{by}."


def _grid(talk: Discussion, codings: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The codings as numbers, comments × items × coders, -1 where there is none; and what they mean."""
    columns = pd.Index(items(talk.codebook))
    coder, names = pd.factorize(codings["coder"])
    value, words = pd.factorize(codings["value"])
    grid = np.full((len(talk.comments), len(columns), max(1, len(names))), -1)
    row = talk.comments.index.get_indexer(codings["comment_id"])
    grid[row, columns.get_indexer(codings["item"]), coder] = value
    return grid, np.array([*words, UNCODED], dtype=object)  # -1 is the last of them


def _settled_disputes(talk: Discussion) -> int:
    """How many values were adjudicated of those that coders saw differently."""
    open_ = settled(dataclasses.replace(talk, codings=apart(talk))).isin([DISPUTED, PARTLY_SEEN])
    final, words = _grid(talk, talk.codings[talk.codings["coder"] == ADJUDICATED])
    return int((open_.to_numpy() & (words[final[:, :, 0]] != UNCODED)).sum())


def settled(talk: Discussion) -> pd.DataFrame:
    """One value for each comment (rows) and item (columns).

    It is what all coders of it say; where they differ, the adjudicated value, and where there is
    none, "disputed", or "seen by some" where some find the comment silent. What nobody coded is
    "uncoded". Nothing here is a majority.
    """
    grid, words = _grid(talk, apart(talk))
    said = grid.max(axis=2)
    differ = ((grid != said[:, :, None]) & (grid >= 0)).any(axis=2)
    heard = ~(words[grid] == "silent").any(axis=2)
    final, final_words = _grid(talk, talk.codings[talk.codings["coder"] == ADJUDICATED])
    final = final_words[final[:, :, 0]]
    unsettled = np.where(final != UNCODED, final, np.where(heard, DISPUTED, PARTLY_SEEN))
    values = np.where(differ, unsettled, words[said])
    return pd.DataFrame(values, talk.comments.index, items(talk.codebook), dtype="str")


def by_coder(codings: pd.DataFrame) -> str:
    """What each coder says, in words: "A: agree; B: silent"."""
    return "; ".join(codings["coder"] + ": " + codings["value"])


def evidence(talk: Discussion, cells: list[tuple[str, str]]) -> pd.DataFrame:
    """The words that decided the codings of some (comment, item), a row each for `page.quotes`:
    `text`, `source`, `mark`.

    A coder quotes them in the note; those quoted by coders who find that the comment speaks are marked.
    On the thesis the whole comment is given, if it has no more than WHOLE_COMMENT letters; else the
    sentences in question.
    """
    keys = pd.MultiIndex.from_frame(talk.codings[["comment_id", "item"]])
    groups = dict(tuple(talk.codings[keys.isin(cells)].groupby(["comment_id", "item"], sort=False)))
    sentences = talk.comment_sentences.set_index("comment_id")
    rows = []
    for comment_id, item in cells:
        codings, comment = groups[comment_id, item], talk.comments.loc[comment_id]
        spans = deciding_spans(codings, comment)
        start, end = comment["start"], comment["end"]
        if spans and (item != "thesis" or end - start > WHOLE_COMMENT):
            held = sentences.loc[[comment_id]]
            inside = [
                (s.start, s.end)
                for s in held.itertuples()
                if any(a < s.end and b > s.start for a, b in spans)
            ]
            start, end = inside[0][0], inside[-1][1]
        mark = [(a - start, b - start, "neutral") for a, b in spans]
        source = f"{comment_id}, {place(comment)}. {by_coder(codings)}"
        rows.append((talk.raw[start:end], source, mark))
    return pd.DataFrame(rows, columns=["text", "source", "mark"])


def deciding_spans(codings: pd.DataFrame, comment: pd.Series) -> list[tuple[int, int]]:
    """Where in the raw text the words stand that are quoted in the notes of those of `codings` which find
    that the comment speaks: (start, end), in order, without overlaps."""
    notes = codings.loc[codings["value"] != "silent", "note"]
    return _joined(sorted({span for note in notes for span in _quoted_spans(note, comment)}))


def offered_sheet(talk: Discussion) -> str:
    """Write a blank sheet for the comments, unless one lies there; where it is, as a sentence."""
    path = sheet_path(talk)
    try:
        if not path.exists():
            write_sheet(talk, path)
    except CodingsError as error:
        if not path.exists():  # and not because another notebook has just written it
            return f"A blank coding sheet could not be written: {error.problem}."
    cells = count(len(talk.comments) * len(items(talk.codebook)), "cell")
    return (
        f"A blank coding sheet with {cells} lies in {path.parent.name}/{path.name}, and beside it how to "
        "code. The coding desk (notebooks/desk) is another way to fill one in."
    )


def _quoted_spans(note: str, comment: pd.Series) -> list[tuple[int, int]]:
    """Where in the raw text the words stand that a note quotes, “like … this”."""
    text, at, spans = comment["normalised"], 0, []
    quoted = " … ".join(re.findall(r"[“\"]([^“”\"]+)[”\"]", note))
    passages = (normalise(part).strip(" .,;:") for part in re.split(r"…|\.\.\.", quoted))
    for passage in filter(None, passages):
        found = text.find(passage, at)
        if found < 0:
            found = text.find(passage)
        if found >= 0:
            at = found + len(passage)
            spans.append((int(comment["start"]) + found, int(comment["start"]) + at))
    return spans


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without overlaps."""
    apart_spans: list[tuple[int, int]] = []
    for start, end in spans:
        if apart_spans and start <= apart_spans[-1][1]:
            apart_spans[-1] = (apart_spans[-1][0], max(end, apart_spans[-1][1]))
        else:
            apart_spans.append((start, end))
    return apart_spans
