"""An invented archive of which the truth is known, to see what the methods find in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.corpus.archived import PIECE, add
from rejoinder.text import word_lists

# Differences in the share of cold comments, or (the word) in the share of comments that have it.
TRUTH = {
    "cold articles against others": 0.2,
    "replies against top-level comments": 0.1,
    "late comments against early ones": 0.0,  # planted: there is none
    "the word, under the first authors against the others": 0.1,
}
WORD = "parking"
_COLD, _OWN_COLD, _BY_ARTICLE, _REPLIES, _OWN, _WORD = 0.35, 0.15, 0.15, 0.4, 0.03, 0.04
_PEOPLE, _AUTHORS = 2_000, 10
_START = pd.Timestamp("2024-01-01", tz="UTC")


def archive(folder: str | Path, *, articles: int = 300, comments: int = 15_000, seed: int = 0) -> None:
    """Write an archive of so many articles, and comments of about 60 words; the same for the same seed.

    Of the readers' comments, `_COLD` are cold, and more as `TRUTH` says; each article has its own share,
    up to `_BY_ARTICLE` more or less. Half the articles are cold. The readers of the first half of the
    authors write `WORD` more often. Authors answer too, seldom coldly.
    """
    rng, lists = np.random.default_rng(seed), word_lists("invented", kind=list)
    cold = rng.permutation(np.arange(articles) % 2 == 1)
    author = rng.integers(_AUTHORS, size=articles)
    base = (
        _COLD + TRUTH["cold articles against others"] * cold + rng.uniform(-1, 1, articles) * _BY_ARTICLE
    )
    above = pd.DataFrame(
        {"article_id": [f"a{i:05d}" for i in range(articles)], "title": "On the new square"}
    )
    above["author"] = [f"author {one + 1}" for one in author]
    above["text"] = [_text(rng, lists, "cold" if one else "warm") for one in cold]
    above["posted_at"] = _START + pd.to_timedelta(np.arange(articles), unit="h")
    numbers = np.sort(rng.integers(articles, size=comments))
    for at in range(0, comments, PIECE):
        of = numbers[at : at + PIECE]
        n, ids = len(of), np.arange(at, at + len(of))
        own, reply = rng.random(n) < _OWN, rng.random(n) < _REPLIES
        reply &= np.r_[False, of[1:] == of[:-1]]  # to the comment before
        odds = base[of] + TRUTH["replies against top-level comments"] * reply
        is_cold = rng.random(n) < np.where(own, _OWN_COLD, odds)
        more = TRUTH["the word, under the first authors against the others"] * (
            author[of] < _AUTHORS // 2
        )
        has = rng.random(n) < _WORD + more
        here = above.iloc[of].reset_index(drop=True)
        below = pd.DataFrame({"comment_id": [f"c{i:07d}" for i in ids], "article_id": here["article_id"]})
        below["parent_id"] = np.where(reply, [f"c{i - 1:07d}" for i in ids], None)
        people = [f"reader {i}" for i in rng.integers(_PEOPLE, size=n)]
        below["author"] = np.where(own, here["author"], people)
        below["posted_at"] = here["posted_at"] + pd.to_timedelta(ids - at, unit="min")
        below["text"] = [
            _text(rng, lists, "cold" if one else "warm", lists["topic"] if two else [])
            for one, two in zip(is_cold, has, strict=True)
        ]
        below["votes"], below["by_article_author"] = rng.poisson(3, n), own
        add(folder, f"invented-{at // PIECE:05d}", above if at == 0 else above[:0], below)


def _text(
    rng: np.random.Generator, lists: dict[str, list[str]], tone: str, more: tuple | list = ()
) -> str:
    """A few sentences about nothing, two of them of that tone."""
    said = [
        *rng.choice(lists["plain"], 5, replace=False),
        *rng.choice(lists[tone], 2, replace=False),
        *more,
    ]
    return " ".join(said[i] for i in rng.permutation(len(said)))
