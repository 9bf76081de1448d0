"""05: sentiment toward the actors of the codebook."""

from __future__ import annotations

import pandas as pd

from rejoinder import stats
from rejoinder.discussion import Discussion
from rejoinder.measure import target_sentiment, themes
from rejoinder.tables.topics import sides

COLUMNS = ["side", "unit", "actor_id", "name", "mention", "text", "source", "start", "end", "tone"]


def mentions(talk: Discussion, *, masked: bool = True) -> pd.DataFrame:
    """Every mention of an actor, with the tone of the words that bear on it.

    Parameters
    ----------
    masked : whether names and topic terms of the codebook are hidden from the word lists.

    Returns
    -------
    DataFrame: `side` (author, readers), `unit` (paragraph number or comment id), `actor_id`, `name`,
    `mention`, `text` (its sentence), `source`, `start`, `end` (of the mention in the sentence), `tone`
    (`target_sentiment.score`, −1 cold to 1 warm, NaN where no scored word bears on it). No rows without
    actors.
    """
    book = themes.from_names(talk.codebook.actors)
    parts = []
    for side, table in sides(talk).items():
        found = themes.mentions(table["text"], book)
        sentences = table.loc[found["text_id"]].reset_index(drop=True).astype({"unit": object})
        names = book["name"].reindex(found["theme_id"]).array
        parts.append(found.assign(side=side, name=names).join(sentences))
    table = pd.concat(parts, ignore_index=True)
    table = table.rename(columns={"theme_id": "actor_id", "match": "mention"})
    mask = talk.mask if masked else ()
    tone = target_sentiment.score(table["text"], table["start"], table["end"], mask=mask)
    return table.assign(tone=tone.astype(float))[COLUMNS]


def means(talk: Discussion, found: pd.DataFrame) -> pd.DataFrame:
    """The mean tone toward each actor: of the mentions in a paragraph or comment first, then of these.

    Parameters
    ----------
    found : mentions, as `mentions` gives them.

    Returns
    -------
    DataFrame, index `actor_id`, the most often named first: `name`, `author`, `readers` (Estimate over
    paragraphs and comments with a scored mention), `named_by_author`, `named_by_readers` (counts of
    mentions).
    """
    rows = {}
    for actor, name in talk.codebook.actors["name"].items():
        own = found[found["actor_id"] == actor]
        parts = [own[own["side"] == side] for side in ("author", "readers")]
        author, readers = (part.groupby("unit")["tone"].mean().dropna() for part in parts)
        author = stats.mean(author, bounds=(-1, 1))
        readers = stats.clustered_mean(readers, talk.clusters, bounds=(-1, 1))
        rows[actor] = (name, author, readers, *map(len, parts))
    columns = ["name", "author", "readers", "named_by_author", "named_by_readers"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("actor_id")
    times = table["named_by_author"] + table["named_by_readers"]
    return table.loc[times.sort_values(ascending=False, kind="stable").index]
