"""The page on methods and limits: what was read, by whom, how it was measured, and what it cannot say."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from rejoinder import answers
from rejoinder.discussion import Discussion
from rejoinder.display import say, table
from rejoinder.html import Fragment
from rejoinder.report.page import Page, page_of
from rejoinder.tables import accuracy

HREF = "methods.html"

_TEXT = Path(__file__).with_name("template") / "methods.md"
_PLACE = re.compile(r"^\[\[(\w+)\]\]$", re.MULTILINE)


def page(talk: Discussion) -> Page:
    """The page for a discussion; what a seed does not say of itself is told as unknown."""
    fragments = {
        "source": _source(talk),
        "readings": table(talk.readings.assign(used=talk.readings.index == talk.reading)),
        "certainties": _certainties(talk),
        "coders": _coders(talk),
        "tone": table(accuracy.headline("sentiment")),
        "toward": table(accuracy.headline("target sentiment")),
        "stance": table(accuracy.headline("stance")),
        "links": say(answers.nearest_right(talk)),
    }
    # Split at a group, the text alternates with the names of what stands between.
    parts = _PLACE.split(_TEXT.read_text(encoding="utf-8"))
    cells = [fragments[part] if at % 2 else part for at, part in enumerate(parts)]
    return page_of(HREF, "Methods and limits", *cells)


def _source(talk: Discussion) -> Fragment:
    source = talk.source
    rows = {
        "text": source.path,
        "SHA-256": source.sha256,
        "publisher": source.publisher,
        "licence": source.licence,
        "not known": "; ".join(source.unknown) or None,
        "article": answers.count(len(talk.paragraphs), "paragraph"),
        "comments": f"{answers.count(len(talk.comments), 'comment')} on the reading “{talk.reading}”",
    }
    return table(pd.DataFrame({"": rows.keys(), "as the seed says": rows.values()}), index=False)


def _certainties(talk: Discussion) -> Fragment:
    """How many borders of comments, and how many replies, are how certain, or what rules decided."""
    if talk.guesses:
        return say("Here rules decided: " + " ".join(talk.guesses))
    comments = talk.comments
    counts = {
        "is one comment": comments["certainty"].value_counts(),
        "answers another": comments["reply_certainty"].value_counts(),
    }
    return table(pd.DataFrame(counts).fillna(0).astype(int).rename_axis("certainty"))


def _coders(talk: Discussion) -> Fragment:
    coders = answers.coders(talk)
    if coders.empty:
        return say(answers.who_coded(talk))
    return table(coders)
