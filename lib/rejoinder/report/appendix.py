"""The appendix of a report: the article and every comment, where each quotation of a page leads.

The names of those who commented are left out; that two comments bear the same name is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

import pandas as pd

from rejoinder import answers
from rejoinder.answers.answer import NO_CODEBOOK, quoted, some
from rejoinder.answers.coded import NO_CODINGS
from rejoinder.answers.passages import actor_passages, theme_passages
from rejoinder.discussion import Discussion
from rejoinder.display import quote, table
from rejoinder.html import SHIELD, Fragment, safe, say
from rejoinder.report.comment_html import card
from rejoinder.report.page import Page, page_of
from rejoinder.report.reading import STANDS, UNHEARD, joined_marks
from rejoinder.stats.estimate import signed

ARTICLE, COMMENTS = "article.html", "comments.html"
_PAGE_LETTERS = 300_000  # of comments; with their marks and codings some three megabytes
_PAGE_COMMENTS = 500
_MOST_IDS = 40  # in a cell of the index


def pages(talk: Discussion) -> list[Page]:
    """The page of the article, then one or more pages of comments."""
    parts = _parts(talk)
    facts = _Facts(talk)
    made = [page_of(ARTICLE, "The article", _ABOUT_ARTICLE, _article(talk))]
    for number, ids in enumerate(parts, start=1):
        title = "The comments" if len(parts) == 1 else f"The comments, {ids[0]} to {ids[-1]}"
        cells = [
            _about_comments(talk, ids),
            *([_ABOUT_INDEX, *_index(facts)] if number == 1 else []),
        ]
        listed = ["## One by one", _joined(map(facts.entry, ids))] if ids else []
        made.append(page_of(_comments_href(number), title, *cells, *listed))
    return made


def places(talk: Discussion) -> dict[str, str]:
    """Where in the appendix stands what a page names: a comment by its id, a line as "line 12"."""
    found = {
        i: f"{_comments_href(number)}#{_anchor(i)}"
        for number, ids in enumerate(_parts(talk), start=1)
        for i in ids
    }
    for first, last, _, _ in _passages(talk):
        found |= {f"line {n}": f"{ARTICLE}#line-{first}" for n in range(first, last + 1)}
    return found


def _parts(talk: Discussion) -> list[list[str]]:
    """The ids of the comments, page by page."""
    parts, letters = [[]], 0
    for i, text in talk.comments["text"].items():
        if parts[-1] and (letters + len(text) > _PAGE_LETTERS or len(parts[-1]) == _PAGE_COMMENTS):
            parts, letters = [*parts, []], 0
        parts[-1].append(i)
        letters += len(text)
    return parts


def _comments_href(number: int) -> str:
    return COMMENTS if number == 1 else COMMENTS.replace(".", f"-{number}.")


def _anchor(comment_id: str) -> str:
    return f"comment-{comment_id}"


_ABOUT_ARTICLE = (
    "As it was pasted, paragraph by paragraph. Where a codebook names what the author claims, the words "
    "in which it is said are underlined, and the claim is named below them. Lines are counted in the raw "
    "text."
)
_ABOUT_INDEX = (
    "## Where to find what\n\nWhich comment speaks to which claim was coded by reading; themes and "
    "names were found by the patterns of the codebook."
)


def _about_comments(talk: Discussion, ids: list[str]) -> str:
    n = len(talk.comments)
    if n == 0:
        return "Nobody has commented."
    whole = f"All {n:,}" if len(ids) == n else f"{len(ids):,} of {n:,}"
    return (
        f"{whole}, in full, as they stand on the page, with what was measured and coded. Words that a "
        "word list scored are underlined: + warm, − cold. Names of commenters are left out."
    )


def _passages(talk: Discussion) -> Iterator[tuple[int, int, str, pd.DataFrame]]:
    """Paragraphs, headings and what stands around: first line, last line, what it is, its sentences."""
    article = talk.article
    unit = article["paragraph"].astype("object").where(article["role"] == "body", -article["line"])
    for number, sentences in article.groupby(unit, sort=False):
        end = talk.raw.count("\n", sentences["start"].iloc[-1], sentences["end"].iloc[-1])
        what = f"paragraph {number}" if number > 0 else sentences["role"].iloc[0]
        yield sentences["line"].iloc[0], sentences["line"].iloc[-1] + end, what, sentences


def _article(talk: Discussion) -> Fragment:
    tones = answers.paragraph_tones(talk)["polarity"]
    claims = talk.codebook.claims if talk.codebook else pd.DataFrame(columns=["start", "end", "text"])
    made = []
    for first, last, what, sentences in _passages(talk):
        start, end = sentences["start"].iloc[0], sentences["end"].iloc[-1]
        here = claims[(claims["start"] < end) & (claims["end"] > start)]
        said = [what, f"line {first}" if first == last else f"lines {first}–{last}"]
        if what.startswith("paragraph"):
            tone = tones[sentences["paragraph"].iloc[0]]
            said.append("no word scored" if pd.isna(tone) else f"scored {signed(tone)}")
        named = "".join(f" {i}: {claim}" for i, claim in here["text"].items())
        spans = zip(here["start"], here["end"], strict=True)
        marks = joined_marks((max(a, start) - start, min(b, end) - start) for a, b in spans)
        shown = quote(talk.raw[start:end], ", ".join(said) + "." + named, mark=marks)
        made.append(_anchored(f"line-{first}", shown.html))
    return _joined(made)


class _Facts:
    """What is said of each comment, looked up once for all of them."""

    def __init__(self, talk: Discussion):
        self.talk = talk
        self.settled = answers.settled(talk)
        self.held = {"theme": theme_passages(talk), "actor": actor_passages(talk)}
        self.held = {kind: table[table["side"] == "readers"] for kind, table in self.held.items()}
        self.by_comment = {
            kind: table.groupby("unit", sort=False)["id"].unique() for kind, table in self.held.items()
        }
        self.tones = answers.tones(talk)
        self.marks = answers.marked_comments(talk, list(talk.comments.index))["mark"]
        self.marks.index = talk.comments.index
        self.codings = dict(tuple(talk.codings.groupby("comment_id", sort=False)))
        names = talk.comments["author"].dropna()
        self.by_name = names.groupby(names).groups

    def entry(self, comment_id: str) -> Fragment:
        """A comment in full, and below it what was measured and coded."""
        shown = card(
            self.talk.comments.loc[comment_id],
            self.tones.loc[comment_id],
            self.settled.loc[comment_id].to_dict(),
            list(self.codings.get(comment_id, self.talk.codings.head(0)).itertuples()),
            marks=self.marks[comment_id],
        )
        rows = {name: safe(what) for name, what in self._about(comment_id)}
        html = "".join(f"<dt>{name}</dt><dd>{what}</dd>" for name, what in rows.items())
        told = f'<dl class="rj-facts {SHIELD}">{html}</dl>'
        return _anchored(_anchor(comment_id), f"<h3>{safe(comment_id)}</h3>{shown}{told}")

    def _about(self, comment_id: str) -> Iterator[tuple[str, str]]:
        comment = self.talk.comments.loc[comment_id]
        if pd.notna(comment["reply_to"]):
            yield "answers", _reasoned(f"{comment['reply_to']} ", comment, "reply_")
        yield "one comment", _reasoned("", comment, "")
        same = self.by_name.get(comment["author"], pd.Index([])).drop(comment_id, errors="ignore")
        if len(same):
            yield "same name", some(same, most=_MOST_IDS)
        for kind, names in _named(self.talk).items():
            held = self.by_comment[kind].get(comment_id, [])
            yield f"{kind}s", quoted([names[i] for i in held]) or f"none of the codebook's {kind}s"


def _named(talk: Discussion) -> dict[str, pd.Series]:
    """The names of the codebook's themes and actors, by id."""
    book = talk.codebook
    return {"theme": book.themes["name"], "actor": book.actors["name"]} if book else {}


def _reasoned(what: str, comment: pd.Series, of: str) -> str:
    reason = comment[f"{of}reason"]
    certainty = comment[f"{of}certainty"]
    return f"{what}{f'({certainty})' if what else certainty}{f': {reason}' if pd.notna(reason) else ''}"


def _index(facts: _Facts) -> list[Fragment | str]:
    """Tables of the comments by claim, by theme and by actor: the ids lead to the comments."""
    talk = facts.talk
    if talk.codebook is None:
        return [say(NO_CODEBOOK)]
    made: list[Fragment | str] = ["### By claim"]
    if talk.codings.empty:
        made.append(say(NO_CODINGS))
    else:
        claims = talk.codebook.claims["text"]
        values = facts.settled[list(claims.index)]
        kinds = [kind for kind in STANDS if kind not in UNHEARD and (values == kind).any(axis=None)]
        rows = {
            f"{i}: {text}": [_some(values.index[values[i] == kind]) for kind in kinds]
            for i, text in claims.items()
        }
        made.append(table(_lists(rows, kinds, "claim")))
    for kind, names in _named(talk).items():
        units = facts.held[kind].groupby("id")["unit"].unique()
        rows = {name: [_some(units.get(i, []))] for i, name in names.items()}
        made += [f"### By {kind}", table(_lists(rows, ["comments"], kind))]
    return made


def _lists(rows: dict[str, list[str]], columns: list[str], name: str) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(name)


def _some(ids: Iterable[str]) -> str:
    return some(ids, most=_MOST_IDS) or "–"


def _anchored(anchor: str, html: str) -> Fragment:
    return Fragment(f'<div class="rj-entry" id="{escape(anchor)}">{html}</div>', "")


def _joined(parts: Iterable[Fragment]) -> Fragment:
    return Fragment("".join(part.html for part in parts), "")
