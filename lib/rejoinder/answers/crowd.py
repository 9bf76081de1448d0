"""Who answers? Lines, comments and writers; who answers whom."""

from __future__ import annotations

import pandas as pd

from rejoinder.answers.alike import comment_share
from rejoinder.answers.answer import Answer, count, joined, place
from rejoinder.discussion import CERTAINTY, Discussion
from rejoinder.text import tokens


def who_answers(talk: Discussion) -> Answer:
    """Notebook 02: how many voices, and whom they answer."""
    c = talk.comments
    n = len(c)
    lines = sum(bool(line.strip()) for text in c["text"] for line in text.splitlines())
    short = f"The {count(lines, 'line')} below the article make up {count(n, 'comment')}. "
    short += f"{reply_share(talk)} How many people wrote them is unknown: on this reading, at most {n}."
    sure = " ".join(talk.guesses)
    if not sure:
        sure = f"Where one comment ends was decided by reading: {_certainties(c['certainty'])}. "
        if c["reply_to"].notna().any():
            sure += f"So was who answers whom: {_certainties(c['reply_certainty'])}. "
        sure += f"Counting every line as a comment would give {lines}."
    return Answer("Who answers?", short, sure, "02_who_answers")


def _certainties(values: pd.Series) -> str:
    counts = values.value_counts()
    return joined([f"{counts[c]} {c}" for c in CERTAINTY if c in counts])


def reply_share(talk: Discussion) -> str:
    """How many comments answer another reader, as a sentence; unknown where nobody decided it."""
    if talk.guesses:
        return "Whether they answer the article or each other was not decided."
    replies = comment_share(talk, talk.comments["reply_to"].notna())
    if not replies.count:
        return "On this reading none of them answers another reader."
    return f"Of them {replies.of('comments')} answer{'s' if replies.count == 1 else ''} another reader."


def voices(talk: Discussion) -> pd.DataFrame:
    """One row per comment: `lines`, `words`, `reply_to`, `depth` (0 = answers no reader),
    `certainty`, `reason`, `opening` (its text, for a caption)."""
    c = talk.comments
    depth: dict[str, int] = {}
    for comment_id, above in c["reply_to"].items():
        depth[comment_id] = depth.get(above, -1) + 1
    return pd.DataFrame(
        {
            "lines": [place(comment) for _, comment in c.iterrows()],
            "words": [len(tokens(text)) for text in c["text"]],
            "reply_to": c["reply_to"],
            "depth": pd.Series(depth, dtype="int64"),
            "certainty": c["certainty"],
            "reason": c["reason"],
            "opening": c["text"],
        },
        index=c.index,
    )


def reply_quotes(talk: Discussion) -> pd.DataFrame:
    """Each comment that answers another, and why it is taken to: `text`, `source`."""
    c = talk.comments[talk.comments["reply_to"].notna()]
    source = [
        f"{comment_id} answers {row['reply_to']} ({row['reply_certainty']}). {row['reply_reason']}"
        for comment_id, row in c.iterrows()
    ]
    return pd.DataFrame({"text": list(c["text"]), "source": source}, dtype="str")


def lengths(talk: Discussion) -> pd.DataFrame:
    """How long comments and paragraphs are, in words: one row per side, `n`, `shortest`, `median`,
    `longest`, `words` in all, and `held by the longest`, its share of them."""
    sides = {"comments": voices(talk)["words"], "paragraphs of the article": talk.paragraphs["words"]}
    return pd.DataFrame(
        {
            side: {
                "n": str(len(words)),
                "shortest": str(words.min()),
                "median": f"{words.median():g}",
                "longest": str(words.max()),
                "words": f"{words.sum():,}",
                "held by the longest": f"{words.max()} of {words.sum():,}",
            }
            for side, words in sides.items()
        }
    ).T
