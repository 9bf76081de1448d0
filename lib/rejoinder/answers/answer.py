"""What every answer is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

NO_CODEBOOK = (
    "Nobody has read this article for it yet: beside the text there is no codebook.toml "
    "(seeds/README.md shows how to write one)."
)


@dataclass(frozen=True)
class Answer:
    """`short` is the answer in one or two sentences, `sure` what it rests on and how firmly."""

    question: str
    short: str
    sure: str
    notebook: str


def place(comment: pd.Series) -> str:
    """Where a comment stands in the file, as in "line 31" or "lines 32–37"."""
    first, last = comment["first_line"], comment["last_line"]
    return f"line {first}" if first == last else f"lines {first}–{last}"


def count(n: int, what: str) -> str:
    """`n` things of a kind: "1 comment", "1,000 comments"."""
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def with_interval(scores: pd.DataFrame, *, n: bool = False) -> list[str]:
    """Figures of `method_scores` as text, with how many texts if wanted: "0.88 (0.81–0.95, n = 134)"."""
    return [
        f"{row.value:.2f} ({row.low:.2f}–{row.high:.2f}{f', n = {row.n:,}' if n else ''})"
        for row in scores.itertuples()
    ]


def joined(parts: list[str]) -> str:
    """A list in words: "a, b and c"; "" for none."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def some(names: Iterable[str], *, most: int = 5) -> str:
    """A list in words, of which at most so many are named: "a, b and 7 more"."""
    names = list(names)
    more = [f"{len(names) - most:,} more"] if len(names) > most else []
    return joined(names[: most if more else None] + more)


def quoted(names: Iterable[str]) -> str:
    """Names in words, each in quotation marks; "" for none."""
    return joined([f"“{name}”" for name in names])
