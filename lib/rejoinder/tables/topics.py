"""04: who speaks of which theme or actor."""

from __future__ import annotations

import pandas as pd

from rejoinder import stats
from rejoinder.discussion import Discussion
from rejoinder.measure import themes

# By whether the author speaks of it, and whether readers do.
_RAISED_BY = {
    (True, True): "both", (True, False): "author", (False, True): "readers", (False, False): "nobody",
}  # fmt: skip


def shares(talk: Discussion, patterns: pd.DataFrame) -> pd.DataFrame:
    """How often each side speaks of each theme, or names each actor.

    Parameters
    ----------
    patterns : `talk.codebook.themes`, or `themes.from_names(talk.codebook.actors)`.

    Returns
    -------
    DataFrame, index of `patterns`, the readers' most frequent first: `name`, `raised_by` (both, author,
    readers, nobody), `author` (Estimate: share of paragraphs), `readers` (Estimate: share of comments).
    No rows for no patterns.
    """
    theirs = themes.presence(talk.comments["normalised"], patterns)[patterns.index]
    own = themes.presence(talk.paragraphs["normalised"], patterns)[patterns.index]
    table = pd.DataFrame({"name": patterns["name"]})
    table["raised_by"] = [_RAISED_BY[both] for both in zip(own.any(), theirs.any(), strict=True)]
    table["author"] = [stats.share(int(own[i].sum()), len(own)) for i in own]
    table["readers"] = [stats.clustered_share(theirs[i], talk.clusters) for i in theirs]
    order = sorted(patterns.index, key=lambda i: (-table["readers"][i].value, table["author"][i].value))
    return table.loc[order]


def sentences(talk: Discussion, patterns: pd.DataFrame) -> pd.DataFrame:
    """Every sentence that speaks of a theme or names an actor: `id` (of the pattern), `side` (author,
    readers), `unit` (paragraph number, comment id), `text`, `source`, `mark` (the matched spans)."""
    parts = []
    for side, table in sides(talk).items():
        found = themes.mentions(table["text"], patterns).rename(columns={"theme_id": "id"})
        found["mark"] = [(a, b, "neutral") for a, b in zip(found["start"], found["end"], strict=True)]
        found = found.groupby(["text_id", "id"], sort=False)["mark"].agg(list).reset_index()
        parts.append(found.assign(side=side).join(table.astype({"unit": object}), on="text_id"))
    table = pd.concat(parts, ignore_index=True)
    return table[["id", "side", "unit", "text", "source", "mark"]]


def sides(talk: Discussion) -> dict[str, pd.DataFrame]:
    """The sentences of author and readers: `text`, `unit` (paragraph number, comment id), `source`."""
    body = talk.article[talk.article["role"] == "body"]
    spoken = talk.comment_sentences
    line = "the author, line " + body["line"].astype("str")
    author = {"text": body["text"], "unit": body["paragraph"], "source": line}
    readers = {"text": spoken["text"], "unit": spoken["comment_id"], "source": spoken["comment_id"]}
    return {"author": pd.DataFrame(author), "readers": pd.DataFrame(readers)}
