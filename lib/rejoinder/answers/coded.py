"""What the codings say together: one value for each comment and item, and who coded."""

from __future__ import annotations

import re

import pandas as pd

from rejoinder.answers.answer import count, joined, place
from rejoinder.coding.sheet import sheet_path, write_sheet
from rejoinder.errors import CodingsError
from rejoinder.read.codings import ADJUDICATED, items
from rejoinder.read.discussion import Discussion
from rejoinder.read.text import normalise

# Beside the values that a coder gives: what coders who worked apart see differently, a stance that
# some of them see where others find the comment silent, and what nobody has coded.
DISPUTED, PARTLY_SEEN, UNCODED = "disputed", "seen by some", "uncoded"
# What is quoted of a longer comment is the sentences in question: one loses the thread of it sooner
# than one reads it again.
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
    """Who coded the comments and of what kind they are, as a sentence."""
    table = coders(talk)
    names = [f"{coder} (a {row['kind']})" for coder, row in table.iterrows() if coder != ADJUDICATED]
    if not names:
        return NO_CODINGS
    coded = apart(talk)["comment_id"].nunique()
    by = f"{joined(names)} coded {coded} of {count(len(talk.comments), 'comment')}"
    if len(names) > 1:
        by += ", apart from each other"
    if ADJUDICATED in table.index:
        kind = table["kind"][ADJUDICATED]
        by += f"; {count(table['codings'][ADJUDICATED], 'dispute')} settled afterwards by a {kind}"
    return f"{by}."


def settled(talk: Discussion) -> pd.DataFrame:
    """One value for each comment (rows) and item (columns).

    It is what all coders of it say; where they differ, the adjudicated value, and where there is
    none, "disputed", or "seen by some" where some find the comment silent. What nobody coded is
    "uncoded". Nothing here is a majority.
    """
    cells = talk.codings.groupby(["comment_id", "item"])
    found = {}
    for key, cell in cells:
        by = dict(zip(cell["coder"], cell["value"], strict=True))
        final = by.pop(ADJUDICATED, None)
        values = set(by.values())
        unsettled = PARTLY_SEEN if "silent" in values else DISPUTED
        found[key] = final or (values.pop() if len(values) == 1 else unsettled)
    columns = items(talk.codebook)
    return pd.DataFrame(
        [[found.get((i, item), UNCODED) for item in columns] for i in talk.comments.index],
        index=talk.comments.index,
        columns=columns,
        dtype="str",
    )


def by_coder(talk: Discussion) -> pd.Series:
    """What each coder says, in words, by (comment_id, item): "A: agree; B: silent"."""
    said = talk.codings.assign(said=talk.codings["coder"] + ": " + talk.codings["value"])
    return said.groupby(["comment_id", "item"])["said"].agg("; ".join)


def evidence(talk: Discussion, comment_id: str, item: str) -> pd.DataFrame:
    """The words of a comment that decided its codings on an item, as one row for `page.quotes`:
    `text`, `source`, `mark`.

    A coder quotes them in the note; those quoted by coders who find that the comment speaks are marked.
    The whole comment is given, and of one longer than WHOLE_COMMENT letters the sentences in question.
    """
    rows = talk.codings.query("comment_id == @comment_id and item == @item and value != 'silent'")
    comment = talk.comments.loc[comment_id]
    spans = sorted({span for note in rows["note"] for span in _quoted_spans(note, comment)})
    start, end = comment["start"], comment["end"]
    if spans and end - start > WHOLE_COMMENT:
        held = talk.comment_sentences.query("comment_id == @comment_id")
        inside = [
            (s.start, s.end)
            for s in held.itertuples()
            if any(a < s.end and b > s.start for a, b in spans)
        ]
        start, end = inside[0][0], inside[-1][1]
    return pd.DataFrame(
        {
            "text": [talk.raw[start:end]],
            "source": [f"{comment_id}, {place(comment)}. {by_coder(talk)[comment_id, item]}"],
            "mark": [[(a - start, b - start, "neutral") for a, b in _joined(spans)]],
        }
    )


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
    quoted = " … ".join(re.findall(r"[“\"]([^”\"]+)[”\"]", note))
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
