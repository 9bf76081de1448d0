"""02: comments as voices, and comments as quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.text import tokens


def voices(talk: Discussion) -> pd.DataFrame:
    """Who answers whom, and how long.

    Returns
    -------
    DataFrame, index `comment_id`: `lines` (as `lines`), `words` (count), `reply_to` (NA = nobody or
    unknown), `depth` (0 = answers no reader), `thread` (the comment it begins with), `certainty`,
    `reason` (of the comment's borders), `opening` (its text).
    """
    depth: dict[str, int] = {}
    for comment_id, parent in talk.comments["reply_to"].items():
        depth[comment_id] = depth.get(parent, -1) + 1
    table = talk.comments[["reply_to", "certainty", "reason"]].assign(
        lines=lines(talk.comments),
        words=[len(tokens(text)) for text in talk.comments["text"]],
        depth=pd.Series(depth, dtype="int64"),
        thread=talk.threads,
        opening=talk.comments["text"],
    )
    return table[["lines", "words", "reply_to", "depth", "thread", "certainty", "reason", "opening"]]


def lines(comments: pd.DataFrame) -> pd.Series:
    """Where each comment stands in the file ("line 31", "lines 32–37"), or when it was written, or ""."""
    first, last = comments["first_line"].astype(str), comments["last_line"].astype(str)
    place = ("lines " + first + "–" + last).where(first != last, "line " + first)
    day = comments["posted_at"].dt.strftime("%Y-%m-%d").fillna("")
    return place.where(comments["first_line"].notna(), day).astype("str")


def quotations(
    talk: Discussion, ids: Iterable[str], *, note: Sequence[str], mark: Sequence[list] | None = None
) -> pd.DataFrame:
    """Comments in full, for `display.quotes`.

    Parameters
    ----------
    note : for each of them what to say behind its place.
    mark : for each of them the spans to point out, as `display.quote` takes them.

    Returns
    -------
    DataFrame: `text`, `source` ("c05, lines 32–37: note"), `mark`.
    """
    comments = talk.comments.loc[list(ids)]
    place = zip(comments.index, lines(comments), note, strict=True)
    source = [f"{i}, {line}: {said}" if line else f"{i}: {said}" for i, line, said in place]
    mark = [[] for _ in source] if mark is None else mark
    return pd.DataFrame({"text": list(comments["text"]), "source": source, "mark": list(mark)})
