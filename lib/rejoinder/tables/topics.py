"""04: who speaks of which theme or actor."""

from __future__ import annotations

import pandas as pd

from rejoinder import stats
from rejoinder.discussion import Discussion
from rejoinder.measure import themes


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
    theirs = themes.presence(talk.comments["text"], patterns)
    own = themes.presence(talk.paragraphs["text"], patterns)
    table = pd.DataFrame({"name": patterns["name"]})
    spoken = own.any(), theirs.any()
    table["raised_by"] = [
        {(True, True): "both", (True, False): "author", (False, True): "readers"}.get(
            (bool(spoken[0][i]), bool(spoken[1][i])), "nobody"
        )
        for i in patterns.index
    ]
    table["author"] = [stats.share(int(own[i].sum()), len(own)) for i in patterns.index]
    table["readers"] = [stats.clustered_share(theirs[i], talk.clusters) for i in patterns.index]
    order = sorted(patterns.index, key=lambda i: (-table["readers"][i].value, table["author"][i].value))
    return table.loc[order]


def sentences(talk: Discussion, patterns: pd.DataFrame) -> pd.DataFrame:
    """Every sentence that speaks of a theme or names an actor.

    Returns
    -------
    DataFrame: `id` (of the pattern), `side` (author, readers), `unit` (paragraph number, comment id),
    `text`, `source`, `mark` (the matched spans, for `display.quotes`). No rows for no patterns.
    """
    rows = []
    for side, table in sides(talk).items():
        found = themes.mentions(table["text"], patterns)
        for (at, theme), spans in found.groupby(["text_id", "theme_id"], sort=False):
            mark = [(a, b, "neutral") for a, b in zip(spans["start"], spans["end"], strict=True)]
            rows.append((theme, side, *table.loc[at, ["unit", "text", "source"]], mark))
    return pd.DataFrame(rows, columns=["id", "side", "unit", "text", "source", "mark"])


def sides(talk: Discussion) -> dict[str, pd.DataFrame]:
    """The sentences of author and readers: `text`, `unit` (paragraph number, comment id), `source`."""
    body = talk.article[talk.article["role"] == "body"]
    spoken = talk.comment_sentences
    return {
        "author": pd.DataFrame(
            {
                "text": body["text"],
                "unit": body["paragraph"],
                "source": "the author, line " + body["line"].astype("str"),
            }
        ),
        "readers": pd.DataFrame(
            {"text": spoken["text"], "unit": spoken["comment_id"], "source": spoken["comment_id"]}
        ),
    }
