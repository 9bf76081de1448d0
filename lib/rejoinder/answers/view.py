"""A discussion under one set of choices, and what was computed for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.measure import sentiment

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """A discussion under one set of choices; those of the notebooks unless others are made.

    `word_list`: the column of `sentiment.score` that is read; `whole`: each text scored as one
    sentence; `masked`: names and topic terms hidden from the word lists; `band`: how near 0 is neutral;
    `quotations`: whether quoted words count; `coder`: whose codings count, None for all.
    """

    read: Discussion
    word_list: str = "polarity"
    whole: bool = False
    masked: bool = True
    band: float = sentiment.NEUTRAL_BAND
    quotations: bool = True
    coder: str | None = None
    kept: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def talk(self) -> Discussion:
        """The discussion as it is then read."""
        return self.once("talk", self._read, self.coder)

    def _read(self) -> Discussion:
        talk = self.read if self.quotations else self.read.without_quotations
        if self.coder is None:
            return talk
        return replace(talk, codings=talk.codings[talk.codings["coder"] == self.coder])

    def polarity(self, side: str) -> pd.Series:
        """The tone of the comments ("readers") or of the article's paragraphs ("author")."""
        table = self.once(f"scores of {side}", lambda: self._scores(side), self.masked, self.whole)
        return table[self.word_list]

    def _scores(self, side: str) -> pd.DataFrame:
        texts = (self.talk.comments if side == "readers" else self.talk.paragraphs)["text"]
        return sentiment.score(texts, mask=self.read.mask if self.masked else (), whole=self.whole)

    def once(self, what: str, make: Callable[[], T], *choices: object) -> T:
        """What `make` gives, kept for all views that are made from this one and have the same reading,
        quotations and `choices`."""
        key = (what, self.read.reading, self.quotations, *choices)
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]
