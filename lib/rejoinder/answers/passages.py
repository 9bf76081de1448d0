"""Where in the text a theme, an actor or a claim stands: what there is to be marked."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.answer import SIDES
from rejoinder.discussion import Discussion
from rejoinder.measure import claim_matching, themes

COLUMNS = ["id", "side", "unit", "start", "end"]


def theme_passages(talk: Discussion) -> pd.DataFrame:
    """Every place where a theme of the codebook is spoken of.

    One row per match: `id` (of the theme), `side` (author, readers), `unit` (paragraph number or comment
    id), `start`, `end` (offsets in the unit's text); the author first, in the order of the text. Empty
    where there is no codebook.
    """
    return _matches(talk, talk.codebook.themes if talk.codebook else None)


def actor_passages(talk: Discussion) -> pd.DataFrame:
    """Every mention of an actor of the codebook, in the columns of `theme_passages`."""
    return _matches(talk, themes.from_names(talk.codebook.actors) if talk.codebook else None)


def claim_passages(talk: Discussion) -> pd.DataFrame:
    """The author's quotation of each claim, in the columns of `theme_passages`; one that runs over
    several paragraphs has a row in each, one in a heading none. Empty where there is no codebook."""
    claims = talk.codebook.claims if talk.codebook else pd.DataFrame(columns=["start", "end"])
    rows = []
    for paragraph in talk.paragraphs.itertuples():
        for claim in claims.itertuples():
            start, end = max(claim.start, paragraph.start), min(claim.end, paragraph.end)
            if start < end:
                span = (start - paragraph.start, end - paragraph.start)
                rows.append((claim.Index, "author", paragraph.Index, *span))
    return pd.DataFrame(rows, columns=COLUMNS)


def nearest_paragraphs(talk: Discussion, comment_id: str, *, best: int = 2) -> pd.Series:
    """How much the comment is like the paragraphs of the article that are nearest to it in their words:
    likeness (`claim_matching.similarity`, over 0 to 1) by paragraph number, the nearest first, at most so many.
    Empty where it shares no word with any."""
    body = talk.paragraphs
    likeness = claim_matching.similarity([talk.comments.loc[comment_id, "text"]], body["text"])[0]
    found = pd.Series(likeness, index=body.index, dtype=float)
    return found[found > 0].sort_values(ascending=False, kind="stable").head(best)


def _matches(talk: Discussion, book: pd.DataFrame | None) -> pd.DataFrame:
    if book is None:
        return pd.DataFrame(columns=COLUMNS)
    tables = [
        themes.mentions(texts["text"], book).assign(side=side)
        for side, texts in zip(SIDES, (talk.paragraphs, talk.comments), strict=True)
    ]
    # Numbers and names of units stand in one column.
    table = pd.concat([one.astype({"text_id": object}) for one in tables], ignore_index=True)
    return table.rename(columns={"text_id": "unit", "theme_id": "id"})[COLUMNS]
