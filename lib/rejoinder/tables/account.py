"""02: what became of everything in the file, step by step."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from rejoinder.coding.language_model import undecided
from rejoinder.discussion import Discussion
from rejoinder.measure import sentiment

START, LESS, LEFT, OF_IT = "start", "less", "left", "of it"


def steps(talk: Discussion) -> pd.DataFrame:
    """From the records of the file (of a pasted page: its lines with text) to what is counted, measured
    and coded, with what each step leaves out.

    Returns
    -------
    DataFrame: `step` (file, measured, coded, codings), `role` (START: what the step begins with; LESS:
    what it leaves out, with its reason; LEFT: what remains; OF_IT: a part of what remains), `what`, `n`,
    `ids` (of comments or records; [] for what has none). START less each LESS is LEFT.
    """
    comments, codings, rows = talk.comments, talk.codings, []

    def step(name: str, start: str, n: int, less: Iterable[tuple], left: str, ids: Iterable = ()) -> None:
        less = [one for one in less if one[1]]
        rows.append((name, START, start, n, []))
        rows.extend((name, LESS, what, int(n), list(own)) for what, n, own in less)
        rows.append((name, LEFT, left, n - sum(int(one[1]) for one in less), list(ids)))

    out = list(talk.left_out[["reason", "n", "ids"]].itertuples(index=False, name=None))
    if talk.source.format:
        n = len(comments) + sum(one[1] for one in out)
        step("file", "records in the file", n, out, "comments", comments.index)
    else:
        n = sum(bool(line.strip()) for line in talk.raw.split("\n"))
        less = [("lines of the article and its headings", _lines(talk.raw, talk.article), []), *out]
        step("file", "lines with text in the file", n, less, "lines of comments")
        rows.append(("file", OF_IT, "comments in these lines", len(comments), list(comments.index)))
    foreign = comments["language"].fillna("en") != "en"
    blank = comments["normalised"].str.strip().eq("") & ~foreign
    tones = sentiment.score(comments["normalised"], mask=talk.mask, words=False)
    scored = tones["polarity"].notna()
    reasons = {
        "in another language": foreign,
        "nothing but words quoted from others": blank,
        "no word that a word list scores": ~(scored | foreign | blank),
    }
    less = [(why, held.sum(), comments.index[held]) for why, held in reasons.items()]
    step("measured", "comments", len(comments), less, "comments with a tone", comments.index[scored])
    coded = comments.index.isin(codings["comment_id"])
    less = [("coded by nobody", (~coded).sum(), comments.index[~coded])]
    step("coded", "comments", len(comments), less, "comments coded", comments.index[coded])
    failed = undecided(talk)["comment_id"]
    if n := len(codings) + len(talk.stale) + len(failed):
        stale = talk.stale.groupby("reason")["comment_id"]
        less = [(why, len(ids), dict.fromkeys(ids)) for why, ids in stale]
        less.append(("a language model gave no usable answer", len(failed), dict.fromkeys(failed)))
        step("codings", "codings that were made or asked for", n, less, "codings that count")
        lost = codings.loc[codings["quote"].ne("") & ~codings["spans"].map(bool), "comment_id"]
        rows.append(
            ("codings", OF_IT, "quote words that the text does not have", len(lost), [*set(lost)])
        )
    return pd.DataFrame(rows, columns=["step", "role", "what", "n", "ids"])


def _lines(raw: str, parts: pd.DataFrame) -> int:
    """How many lines with text are in the spans of `parts`."""
    held = set()
    for start, end in parts[["start", "end"]].itertuples(index=False, name=None):
        first = raw.count("\n", 0, start)
        held |= {first + n for n, line in enumerate(raw[start:end].split("\n")) if line.strip()}
    return len(held)
