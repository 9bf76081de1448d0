"""The records that everything else takes: an article, its comments, and how analysts read them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from rejoinder import display
from rejoinder.errors import LayoutError
from rejoinder.html import one_line
from rejoinder.text import QUOTATION, normalise, sentences, tokens, without_markdown
from rejoinder.wording import counted, listed

CLAIM_KINDS = ("fact", "forecast", "judgement")
STATEMENT_COLUMNS = ["by", "kind", "text", "quote", "comment_id", "answers", "line", "start", "end"]
ARTICLE = "article"  # the comment_id under which the article is coded, a voice like the comments
CERTAINTY = ("certain", "likely", "possible")
STALE_COLUMNS = ["coder", "comment_id", "item", "reason"]
LEFT_OUT = ["stage", "reason", "n", "ids"]
RULES = "rules"  # the kind of a codebook that nobody wrote
GUESS = "guess"  # the certainty of what rules decided and no analyst has checked


@dataclass(frozen=True)
class Source:
    """Where a text comes from. What the text does not say is None, and named in `unknown`."""

    path: str
    sha256: str
    publisher: str | None
    licence: str | None
    unknown: tuple[str, ...]
    format: str | None = None  # of an export
    title: str | None = None
    url: str | None = None
    author: str | None = None
    posted_at: pd.Timestamp | None = None
    stated: int | None = None  # how many comments the platform says there are


@dataclass(frozen=True, repr=False)
class Codebook:
    """An analyst's reading of one article; false, with empty tables, if there is none.

    - `analyst`, `kind` (person, language model, or RULES: a draft): who wrote it; `checked_by`: who
      checked it.
    - `statements`: by `statement_id`, the author's first and of these the `thesis`: `by` (author,
      readers), `kind` (of CLAIM_KINDS), `text` (a statement to accept or reject), `quote` (the words it
      rests on), `line`, `start`, `end` (of the quotation in `raw`); of a reader's: `comment_id` (which is
      quoted) and `answers` (the author's statement that it answers; NA: none, it is new).
    - `actors`: by `actor_id`: `name`, `aliases` (tuple of str).
    - `themes`: by `theme_id`: `name`, `pattern` (regular expression, for normalised text), `reason`.
    - `topic_terms`: words of the subject that are no opinion although a word list scores them.
    """

    analyst: str
    kind: str
    checked_by: str | None
    statements: pd.DataFrame
    actors: pd.DataFrame
    themes: pd.DataFrame
    topic_terms: tuple[str, ...]

    @classmethod
    def empty(cls) -> Codebook:
        """The codebook of an article for which nobody has written one."""
        columns = {"statement_id": STATEMENT_COLUMNS}
        columns |= {"actor_id": ["name", "aliases"], "theme_id": ["name", "pattern", "reason"]}
        tables = (pd.DataFrame(columns=names).rename_axis(index) for index, names in columns.items())
        return cls("", "", None, *tables, ())

    def __bool__(self) -> bool:
        return bool(self.analyst)

    @property
    def is_draft(self) -> bool:
        """Whether rules proposed it and nobody has checked it."""
        return self.kind == RULES and not self.checked_by

    @property
    def claims(self) -> pd.DataFrame:
        """The author's statements: the thesis, then the claims."""
        return self.statements[self.statements["by"] == "author"]

    @property
    def points(self) -> pd.DataFrame:
        """The readers' statements: what they argue themselves."""
        return self.statements[self.statements["by"] == "readers"]

    @property
    def names(self) -> tuple[str, ...]:
        """All aliases of all actors."""
        return tuple(alias for row in self.actors["aliases"] for alias in row)

    @property
    def mask(self) -> tuple[str, ...]:
        """Names and topic terms, which `sentiment.score` hides because they are no opinion."""
        return (*self.names, *self.topic_terms)

    def __repr__(self) -> str:
        parts = {"statements": self.statements, "actors": self.actors, "themes": self.themes}
        counts = ", ".join(f"{len(part):,} {what}" for what, part in parts.items())
        by = f"{self.analyst}, a {self.kind}"
        if self.kind == RULES:
            by = f"rules, {'unchecked' if self.is_draft else 'checked'}"
        return one_line(f"Codebook by {by}: {counts}")


@dataclass(frozen=True)
class Conclusions:
    """What an analyst concludes about the article and its comments (reading.md).

    `analyst`, `kind`: who signed it. `sections`: text by the number of the notebook it is shown in
    ("00"). `outdated`: whether the codings have changed since it was written.
    """

    analyst: str
    kind: str
    sections: dict[str, str]
    outdated: bool


@dataclass(frozen=True, eq=False, repr=False)  # eq: tables compared with == have no single truth value
class Discussion:
    """An article and the comments under it. What is unknown is NA.

    - `raw`: the text of the file, unchanged; every `start` and `end` counts its characters.
    - `article`: a row per sentence: `text`, `normalised` (without Markdown and addresses), `paragraph`
      (from 1, NA outside the body), `role` (body, heading, boilerplate), `line`, `start`, `end`.
    - `comments`: by `comment_id`: `text`, `normalised` (the words that are measured: of the same length,
      with spaces for lines that quote others, and for all of a comment in another language), `author` (a
      pseudonym), `posted_at` (UTC; without a zone where none is stated), `reply_to`, `votes`,
      `by_article_author`, `language` (ISO 639-1), `first_line`, `last_line` (NA for an import), `start`,
      `end`, `certainty`, `reason`, `reply_certainty`, `reply_reason`.
    - `reading`: the way of dividing the comments that is used; `readings`: all of them, by name: `about`
      (the assumption), `comments` (how many); `by_reading`: comments and codings of each, for `as_read`.
    - `guesses`: what rules decided, a sentence each; empty where an analyst decided everything.
    - `codings` of this reading: a row per coder, comment (or ARTICLE) and item: `coder`, `kind`,
      `comment_id`, `item`, `value`, `basis` (stated, implied, or ""), `quote`, `note`, `weight` (how many
      comments it stands for), `text_sha`, `statement_sha`, `spans` (of the quoted words in the comment;
      empty: none, or not found). May be empty.
    - `stale`: codings that are left out because the comment or the statement has changed since: `coder`,
      `comment_id`, `item`, `reason`.
    - `left_out`: what is in the file and no comment: `stage`, `reason`, `n`, `ids`.
    - `conclusions`: what an analyst concludes, from reading.md; None if there is no such file.
    """

    seed: str
    source: Source
    raw: str
    article: pd.DataFrame
    comments: pd.DataFrame
    reading: str
    readings: pd.DataFrame
    guesses: tuple[str, ...]
    codebook: Codebook
    codings: pd.DataFrame
    by_reading: dict[str, tuple[pd.DataFrame, pd.DataFrame]] = field(default_factory=dict)
    stale: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=STALE_COLUMNS))
    left_out: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=LEFT_OUT))
    conclusions: Conclusions | None = None

    def as_read(self, reading: str) -> Discussion:
        """The same text in another of its `readings`. Raises LayoutError for an unknown one."""
        if reading == self.reading:
            return self
        if reading not in self.by_reading:
            remedy = f"There are: {', '.join(self.by_reading)}."
            raise LayoutError(f"has no reading {reading!r}", file=self.source.path, remedy=remedy)
        comments, codings = self.by_reading[reading]
        return replace(self, reading=reading, comments=comments, codings=codings)

    @property
    def mask(self) -> tuple[str, ...]:
        """The names and topic terms of the codebook, for `sentiment.score`."""
        return self.codebook.mask

    @property
    def title(self) -> str | None:
        """The article's title: as an export states it, else the first heading above the body, or None."""
        role, above = self.article["role"], self.article["role"].ne("body").cummin()
        headings = self.article.loc[above & (role == "heading"), "normalised"]
        return self.source.title or next(iter(headings.str.strip()), None)

    @property
    def article_text(self) -> str:
        """The article's body as one piece of `raw`, from its first to its last sentence."""
        return body_text(self.raw, self.article)

    @property
    def texts(self) -> pd.Series:
        """The text of each comment by its id, and that of the article under ARTICLE."""
        return pd.concat([self.comments["text"], pd.Series({ARTICLE: self.article_text})])

    @cached_property
    def paragraphs(self) -> pd.DataFrame:
        """The article's body by `paragraph` (from 1): `text`, `line`, `words`, `start`, `end`, and
        `normalised`, to score: on one line, without Markdown and addresses, of the same length."""
        body = self.article[self.article["role"] == "body"].groupby("paragraph")
        table = body.agg(line=("line", "first"), start=("start", "min"), end=("end", "max"))
        text = _cut(self.raw, table)
        table.insert(0, "text", pd.Series(text, index=table.index, dtype="str"))
        said = _cut(normalise(without_markdown(self.raw[: max(table["end"], default=0)])), table)
        table["normalised"] = pd.Series(said, index=table.index, dtype="str")
        table.insert(2, "words", [len(tokens(one)) for one in said])
        return table.set_index(table.index.astype("int64"))

    @cached_property
    def comment_sentences(self) -> pd.DataFrame:
        """A row per sentence of the comments that is measured (see `comments`): `comment_id`, `text`,
        `normalised`, `start`, `end`."""
        rows = []
        for comment_id, text, plain, start in self.comments[["text", "normalised", "start"]].itertuples():
            for a, b in sentences(text):
                rows.append((comment_id, text[a:b], plain[a:b], start + a, start + b))
        columns = ["comment_id", "text", "normalised", "start", "end"]
        table = pd.DataFrame([row for row in rows if row[2].strip()], columns=columns)
        return table.astype({"text": "str", "normalised": "str"})

    @cached_property
    def threads(self) -> pd.Series:
        """For each comment the first of its thread: itself if it replies to nobody."""
        parent, first = self.comments["reply_to"].dropna().to_dict(), {}
        for comment_id in self.comments.index:
            top, seen = comment_id, set()
            while top in parent and top not in seen:  # replies in a circle have no first
                seen.add(top)
                top = first.get(parent[top], parent[top])
            first[comment_id] = top
        return pd.Series(first, index=self.comments.index, dtype="str")

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """What may make comments depend on one another, for `stats`: by comment its `thread` and, where
        any author is known, its `author` (NA = unknown)."""
        table = self.threads.to_frame("thread")
        return table.join(self.comments["author"]) if self.comments["author"].notna().any() else table

    @cached_property
    def without_quotations(self) -> Discussion:
        """The same discussion with spaces for all in double quotation marks, so that offsets hold.
        Its codings are still those of the whole text."""
        raw = QUOTATION.sub(lambda quoted: " " * len(quoted[0]), self.raw)

        def blanked(table: pd.DataFrame) -> pd.DataFrame:
            text = _cut(raw, table)
            kept = zip(table["normalised"], text, strict=True)
            plain = ["".join(" " if b == " " else a for a, b in zip(*pair, strict=True)) for pair in kept]
            new = {"text": text, "normalised": plain}
            return table.assign(**new).astype(dict.fromkeys(new, "str"))

        by_reading = {name: (blanked(one), codings) for name, (one, codings) in self.by_reading.items()}
        tables = {"article": blanked(self.article), "comments": blanked(self.comments)}
        return replace(self, raw=raw, by_reading=by_reading, **tables)

    def __repr__(self) -> str:
        return self._summary().plain

    def _repr_html_(self) -> str:
        return self._summary().html

    def _summary(self) -> display.Fragment:
        book, replies = self.codebook, self.comments["reply_to"].notna().sum()
        article = counted(len(self.paragraphs), "paragraph"), counted(len(self.article), "sentence")
        readings = listed(f"“{name}” {n:,}" for name, n in self.readings["comments"].items())
        coders = (f"{coder} ({kind})" for coder, kind in self.codings.groupby(["coder", "kind"]).groups)
        rows = {
            "seed": self.seed,
            "file": self.source.path,
            "not known": ", ".join(self.source.unknown) or "nothing",
            "article": ", ".join(article),
            "comments": f"{len(self.comments):,} ({replies:,} replies) in the reading “{self.reading}”",
            "readings": readings,
            "guessed": " ".join(self.guesses) or "nothing",
            "codebook": repr(book) if book else "none",
            "codings": f"{len(self.codings):,}, by {listed(coders) or 'nobody'}",
        }
        if len(self.stale):
            reasons = self.stale["reason"].value_counts().items()
            rows["stale codings"] = listed(f"{n:,} left out: {why}" for why, n in reasons)
        return display.table(pd.DataFrame({"": rows}))


def body_text(raw: str, article: pd.DataFrame) -> str:
    """The body of an article as one piece of `raw`, from its first to its last sentence."""
    body = article[article["role"] == "body"]
    return raw[min(body["start"], default=0) : max(body["end"], default=0)]


def _cut(text: str, table: pd.DataFrame) -> list[str]:
    return [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)]
