"""The record that everything else takes: an article and what was said back, with exact offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from rejoinder.corpus.codebook import Codebook
from rejoinder.corpus.summary import discussion_card
from rejoinder.errors import LayoutError
from rejoinder.text import QUOTATION, normalise, sentences, tokens


@dataclass(frozen=True)
class Source:
    """Where a text comes from. What the text does not say is None, and named in `unknown`."""

    path: str
    sha256: str
    publisher: str | None
    licence: str | None
    unknown: tuple[str, ...]


@dataclass(
    frozen=True, eq=False, repr=False
)  # tables have no one truth value: a discussion equals itself only
class Discussion:
    """An article and the comments under it.

    - `raw`: the whole text as the file holds it; every `start` and `end` counts its characters.
    - `article`: one row per sentence: `text`, `normalised`, `paragraph` (from 1, NA outside the
      body), `role` (body, heading, boilerplate), `line`, `start`, `end`.
    - `comments`: one row per comment, indexed by `comment_id`: `text`, `normalised`, `author`,
      `posted_at`, `reply_to`, `first_line`, `last_line`, `start`, `end`, `certainty`, `reason`,
      `reply_certainty`, `reply_reason`. What is unknown is NA.
    - `reading`: the name of the reading of the text that was used; `readings`: all there are, by
      name: `about` (what it assumes), `comments` (how many it finds).
    - `guesses`: what rules decided, a sentence each; empty when an analyst decided everything.
    - `codebook`: None when nobody has written one.
    - `codings`: who coded which comment of this reading how, one row per coder, comment and item:
      `coder`, `kind` (of coder), `comment_id`, `item`, `value`, `note`, `weight` (the comments that
      the coded one stands for), `text_sha`. Empty when nobody has coded.
    - `by_reading`: comments and codings of every reading, for `as_read`.
    """

    seed: str
    source: Source
    raw: str
    article: pd.DataFrame
    comments: pd.DataFrame
    reading: str
    readings: pd.DataFrame
    guesses: tuple[str, ...]
    codebook: Codebook | None
    codings: pd.DataFrame
    by_reading: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __repr__(self) -> str:
        return discussion_card(self).plain

    def _repr_html_(self) -> str:
        return discussion_card(self).html

    def as_read(self, reading: str) -> Discussion:
        """The same text in another of its `readings`: its comments, and the codings that are of them.

        Raises LayoutError for a reading that there is not."""
        if reading == self.reading:
            return self
        if reading not in self.by_reading:
            raise no_reading(reading, self.by_reading, self.source.path)
        comments, codings = self.by_reading[reading]
        return replace(self, reading=reading, comments=comments, codings=codings)

    @property
    def mask(self) -> tuple[str, ...]:
        """The names and topic terms of the codebook, for `sentiment.score`; none without one."""
        return self.codebook.mask if self.codebook else ()

    @cached_property
    def paragraphs(self) -> pd.DataFrame:
        """The article's body by `paragraph` (from 1): `text`, `line`, `words`, `start`, `end`."""
        body = self.article[self.article["role"] == "body"].groupby("paragraph")
        table = body.agg(line=("line", "first"), start=("start", "min"), end=("end", "max"))
        text = [self.raw[a:b] for a, b in zip(table["start"], table["end"], strict=True)]
        table.insert(0, "text", pd.Series(text, index=table.index, dtype="str"))
        table.insert(2, "words", [len(tokens(one)) for one in text])
        return table.set_index(table.index.astype("int64"))

    @cached_property
    def comment_sentences(self) -> pd.DataFrame:
        """One row per sentence of the comments: `comment_id`, `text`, `normalised`, `start`, `end`."""
        rows = [
            (comment_id, *row)
            for comment_id, comment in self.comments.iterrows()
            for row in sentence_rows(self.raw, comment["start"], comment["end"])
        ]
        return pd.DataFrame(rows, columns=["comment_id", "text", "normalised", "start", "end"])

    @property
    def clusters(self) -> pd.DataFrame:
        """By what comments may be alike: `thread`, and `author` where any is known."""
        table = self.threads.to_frame("thread")
        authors = self.comments["author"]
        return table.assign(author=authors) if authors.notna().any() else table

    @cached_property
    def threads(self) -> pd.Series:
        """For each comment the one that its thread begins with: itself, unless it answers another."""
        above = self.comments["reply_to"].dropna().to_dict()
        first = {i: above.get(i, i) for i in self.comments.index}
        for i in first:
            seen = {i}
            while first[i] in above and first[i] not in seen:
                seen.add(first[i])
                first[i] = above[first[i]]
        return pd.Series(first, index=self.comments.index, dtype="str")

    @cached_property
    def without_quotations(self) -> Discussion:
        """The same discussion with whatever article and comments put in double quotation marks blotted
        out: spaces stand for it, so every offset holds. Codings stay; they are of the whole text."""
        raw = QUOTATION.sub(lambda quoted: " " * len(quoted[0]), self.raw)

        def blotted(table: pd.DataFrame) -> pd.DataFrame:
            text = [raw[a:b] for a, b in zip(table["start"], table["end"], strict=True)]
            new = {"text": text, "normalised": [normalise(one) for one in text]}
            return table.assign(**new).astype(dict.fromkeys(new, "str"))

        return replace(
            self,
            raw=raw,
            article=blotted(self.article),
            comments=blotted(self.comments),
            by_reading={name: (blotted(one), coded) for name, (one, coded) in self.by_reading.items()},
        )


def no_reading(reading: str, readings: Iterable[str], name: str) -> LayoutError:
    remedy = f"There are: {', '.join(readings)}."
    return LayoutError(f"has no reading {reading!r}", file=name, remedy=remedy)


def sentence_rows(
    text: str, start: int, end: int, *, wrapped: bool = False
) -> list[tuple[str, str, int, int]]:
    return [
        (text[start + a : start + b], normalise(text[start + a : start + b]), start + a, start + b)
        for a, b in sentences(text[start:end], wrapped=wrapped)
    ]
