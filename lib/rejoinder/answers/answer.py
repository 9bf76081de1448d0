"""What every answer is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from rejoinder.html import Fragment, block, count, escaped, say, visible

__all__ = [
    "NO_CODEBOOK",
    "SIDES",
    "Answer",
    "count",
    "joined",
    "place",
    "quoted",
    "some",
]

NO_CODEBOOK = (
    "Nobody has read this article for it yet: beside the text there is no codebook.toml "
    "(seeds/README.md shows how to write one)."
)

SIDES = ("author", "readers")


@dataclass(frozen=True, repr=False)
class Answer:
    """`short` is the answer in one or two sentences, `sure` what it rests on and how firmly; `notebook`
    is the stem of the file that goes into it. A notebook shows it as a callout."""

    question: str
    short: str
    sure: str
    notebook: str

    def __repr__(self) -> str:
        return self._shown().plain

    def _repr_html_(self) -> str:
        return self._shown().html

    def _shown(self) -> Fragment:
        told = say(self.short, self.sure)
        more = f"More in notebook {self.notebook}"
        html = (
            f'<p style="margin:0"><b>{escaped(self.question)}</b></p>{told.html}'
            f'<p class="rj-source" style="margin:0;font-size:0.9em">{escaped(more)}</p>'
        )
        plain = f"{visible(self.question)}\n{told.plain}\n{visible(more)}"
        return block("rj-answered", html, plain)


def place(comment: pd.Series) -> str:
    """Where a comment stands in the file, as in "line 31" or "lines 32–37"."""
    first, last = comment["first_line"], comment["last_line"]
    return f"line {first}" if first == last else f"lines {first}–{last}"


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
