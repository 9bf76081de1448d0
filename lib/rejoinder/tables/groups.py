"""The groups of comments that numbers stand for."""

from __future__ import annotations

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.measure import sentiment, themes
from rejoinder.tables.adjudication import EITHER, STATED, UNCODED, settled

SIDED = ("agree", "disagree")
MOST = 50  # threads and writers, those with most comments
_TONES = {"positive": "warm", "negative": "cold", "neutral": "neither", "unscored": "no word scored"}


def groups(talk: Discussion) -> pd.DataFrame:
    """Which comments are cold, agree with the thesis, speak of a theme, belong to a thread, and so on.

    Returns
    -------
    DataFrame, a row per group that holds a comment: `kind` (tone, stance, stated stance, theme, actor,
    place, thread, writer), `of` (the statement on which the stance is, its id; or ""), `name`, `ids` (a
    list, in the order of the page). Stances are those of `adjudication.settled`, of statements that were
    coded; stated ones only where some are implied. Of threads and writers those with two comments or
    more, at most MOST of them.
    """
    comments, book = talk.comments, talk.codebook
    tone = sentiment.score(comments["normalised"], mask=talk.mask, words=False)["tone"]
    rows = [("tone", "", name, tone == kind) for kind, name in _TONES.items()]
    stances, stated = (settled(talk, of=book.statements.index, basis=one) for one in (EITHER, STATED))
    for item in stances.columns[(stances != UNCODED).any()]:
        rows += [("stance", item, one, stances[item] == one) for one in stances[item].unique()]
        some = (stances[item] != stated[item]).any()
        for one in SIDED if some else ():
            rows.append(("stated stance", item, f"{one}, stated", stated[item] == one))
    for kind, patterns in (("theme", book.themes), ("actor", themes.from_names(book.actors))):
        held = themes.presence(comments["normalised"], patterns)
        rows += [(kind, "", name, held[i]) for i, name in patterns["name"].items()]
    reply = comments["reply_to"].notna()
    if reply.any():  # else it is not known
        rows += [("place", "", "answers a comment", reply), ("place", "", "answers no comment", ~reply)]
    for kind, of in (("thread", talk.threads), ("writer", comments["author"])):
        size = of.value_counts()
        rows += [(kind, "", name, of.eq(name).fillna(False)) for name in size[size > 1].index[:MOST]]
    found = [(*about, list(comments.index[held.to_numpy(dtype=bool)])) for *about, held in rows]
    table = pd.DataFrame(found, columns=["kind", "of", "name", "ids"])
    return table[table["ids"].map(bool)].reset_index(drop=True)
