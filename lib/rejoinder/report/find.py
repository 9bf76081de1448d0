"""The pages by which a reader finds comments: by statement, by group, by word; and what was left out.

No script runs on them: the templates hold rules of CSS that show what was chosen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import ascii_uppercase

import pandas as pd
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from rejoinder.discussion import Discussion
from rejoinder.display import group_key
from rejoinder.draft import members
from rejoinder.html import safe, visible
from rejoinder.measure.keyness import is_content
from rejoinder.report.page import Page, page_of
from rejoinder.short_answers import who_says_so
from rejoinder.tables import account, stance
from rejoinder.tables.adjudication import evidence
from rejoinder.tables.groups import groups
from rejoinder.text import tokens
from rejoinder.wording import counted

HREF = "find.html"
_TEMPLATES = Path(__file__).with_name("template")
_OPENING, _MOST = 120, 50  # characters of a comment; comments listed in one place
_ROWS, _POSTINGS = 5_000, 20_000  # comments on a page, ids on one of words: about a megabyte
_ALIKE = "in similar words"  # of a drafted point
_ORDER = [_ALIKE, "agree", "disagree", "mixed", "unclear", "disputed", "silent", "uncoded"]
_ABOUT = (
    "Choose a group, and perhaps a second one: comments that are in both, or the two side by side. In "
    "brackets: how many comments are in a group. Each line opens a comment in full. Single words are "
    "[on a page of their own](words.html)."
)
_ABOUT_STATEMENTS = (
    "What the author and readers say, each with the comments that accept or reject it and words that "
    "show it. In brackets: implied, not said in so many words. To be silent on a statement is not to "
    "agree."
)
_ABOUT_DRAFT = (
    "Sentences that stand for what the author argues and what several comments say. Rules chose them, "
    "nobody has read them: comments in similar words may mean something else."
)
_ABOUT_WORDS = "Every word with content, and the comments that use it."
_ABOUT_LEFT_OUT = "From what the file holds to what is counted: what each step leaves out, and why."
_STEPS = {
    "file": "From the file to the comments",
    "measured": "From the comments to their tone",
    "coded": "From the comments to those that somebody read",
    "codings": "From the codings to those that count",
}
_SIGNS = {account.START: "", account.LESS: "−", account.LEFT: "=", account.OF_IT: "of these"}


class Finder:
    """The groups of a discussion, with an address for each, and the pages that show them.

    hrefs : where each comment is, by id (`appendix.places`).
    """

    def __init__(self, talk: Discussion, hrefs: Mapping[str, str]):
        self._talk = talk
        self._hrefs = {place: _in_attribute(href) for place, href in hrefs.items()}
        found = groups(talk)
        if talk.codings.empty:
            points = members(talk).items()
            drafted = [("point", item, _ALIKE, ids) for item, ids in points if len(ids) > 1]
            found = pd.concat([found, pd.DataFrame(drafted, columns=found.columns)], ignore_index=True)
        title = found["of"].where(found["of"] != "", found["kind"])
        name = ("by " + title + " " + found["name"]).str.lower()
        anchor = name.map(lambda words: "-".join(re.findall(r"\w+", words)))
        again = anchor.groupby(anchor).cumcount().astype("str").radd("-").replace("-0", "")
        self.groups = found.assign(title=title, anchor=anchor + again)

    @property
    def places(self) -> dict[str, str]:
        """Where all comments of a group are shown, by `display.group_key`; and each statement, by id."""
        found = {group_key(row.ids): f"{HREF}#{row.anchor}" for row in self.groups[::-1].itertuples()}
        names = self._talk.codebook.statements.index.drop("thesis", errors="ignore")
        return found | {i: f"statements.html#statement-{i}" for i in names}

    def pages(self) -> list[Page]:
        """The pages of statements (if there are any), of groups, of words, and of what was left out."""
        told = account.steps(self._talk).groupby("step", sort=False)
        steps = [(name, _STEPS[name], own.to_dict("records")) for name, own in told]
        left_out = self._page("left_out", "What was left out", _ABOUT_LEFT_OUT, steps=steps, signs=_SIGNS)
        return [*self._statements(), *self._lists(), *self._words(), left_out]

    def _page(
        self,
        template: str,
        title: str,
        about: str,
        *,
        n: int = 1,
        count: int | None = None,
        **shown: object,
    ) -> Page:
        """The `n`th page from a template."""
        href = f"{template}{f'-{n}' if n > 1 else ''}.html"
        html = (
            _environment().get_template(f"{template}.j2").render(hrefs=self._hrefs, most=_MOST, **shown)
        )
        return page_of(href, title, about, html, count=count, first=n == 1)

    def _openings(self) -> dict[str, str]:
        texts = self._talk.comments["text"].str.split().str.join(" ")
        cut = texts.str.slice(0, _OPENING - 1) + "…"
        return texts.where(texts.str.len() <= _OPENING, cut).to_dict()

    def _statements(self) -> list[Page]:
        statements = self._talk.codebook.statements
        if statements.empty:
            return []
        own = self.groups[self.groups["name"].isin(_ORDER) & (self.groups["of"] != "")]
        own = own.sort_values("name", key=lambda names: names.map(_ORDER.index))
        by_item = {item: rows.to_dict("records") for item, rows in own.groupby("of")}
        line = "line " + statements["line"].astype("str")
        place = statements["comment_id"].where(statements["by"] == "readers", line)
        told = statements.astype(object).where(statements.notna(), "").assign(place=place)
        rows = told.rename_axis("id").reset_index().to_dict("records")
        rows = [{**one, "groups": by_item.get(one["id"], [])} for one in rows]
        shown = {"statements": rows, "draft": self._talk.codebook.is_draft, **self._said()}
        shown["who"] = who_says_so(self._talk)  # not into `about`, which is Markdown
        about = _ABOUT_DRAFT if self._talk.codebook.is_draft else _ABOUT_STATEMENTS
        return [self._page("statements", "The statements", about, count=len(rows), **shown)]

    def _said(self) -> dict[str, object]:
        """The words that decided the stance of a comment to a statement, and which ones are implied."""
        voices, texts = stance.voices(self._talk), self._talk.texts
        implied = voices.loc[voices["basis"] == "implied", ["statement_id", "voice"]]
        words = {
            (row.item, row.comment_id): " … ".join(
                f"“{texts[row.comment_id][a:b]}”" for a, b in row.spans
            )
            for row in evidence(self._talk).itertuples()
            if row.spans
        }
        implied = {*implied.itertuples(index=False, name=None)}
        return {"implied": implied, "words": words, "openings": self._openings(), "href": HREF}

    def _lists(self) -> list[Page]:
        found, texts = self.groups, self._talk.codebook.statements["text"]
        said = (found["title"] + ": " + found["title"].map(texts)).fillna(found["title"])
        found = found.assign(label=said, size=found["ids"].map(len), others="")
        found["cls"] = [f"{ascii_uppercase[n % 26]}{n // 26 or ''}" for n in range(len(found))]
        for _, own in found[found["kind"] == "stance"].groupby("of"):
            most = own["size"].idxmax()
            found.loc[most, "others"] = ",".join("." + own["cls"].drop(most)) or ":not(*)"
        classes = defaultdict(list)
        for row in found[found["others"] == ""].itertuples():
            for i in row.ids:
                classes[i].append(row.cls)
        classes = defaultdict(str, {i: " ".join(own) for i, own in classes.items()})
        ids = list(self._talk.comments.index)
        menu = [(label, own.to_dict("records")) for label, own in found.groupby("label", sort=False)]
        shown = {"groups": found.to_dict("records"), "menu": menu, "classes": classes, "total": len(ids)}
        shown["openings"], pages = self._openings(), []
        for n, at in enumerate(range(0, max(len(ids), 1), _ROWS), start=1):
            part = ids[at : at + _ROWS]
            title = "Find comments" if n == 1 else f"Find comments, {ids[at]} and later"
            pages.append(self._page("find", title, _ABOUT, n=n, count=len(found), ids=part, **shown))
        return pages

    def _words(self) -> list[Page]:
        where = defaultdict(list)
        for i, text in self._talk.comments["normalised"].items():
            for word in filter(is_content, dict.fromkeys(tokens(text))):
                where[word].append(i)
        words = pd.Series(where, dtype=object).sort_index()
        page = (words.map(len).clip(upper=_MOST) + 5).cumsum() // _POSTINGS
        about = f"{_ABOUT_WORDS} {counted(len(words), 'word').capitalize()} in all."
        pages = []
        for n, (_, own) in enumerate(words.groupby(page), start=1):
            title = "The words" if n == 1 else f"The words, from “{own.index[0]}” on"
            pages.append(self._page("words", title, about, n=n, count=len(words), words=[*own.items()]))
        return pages


@cache
def _environment() -> Environment:
    """Templates in which every text is escaped as everywhere."""
    shown = lambda value: value if isinstance(value, Markup) else Markup(safe(value))  # noqa: E731
    loader = FileSystemLoader(_TEMPLATES)
    made = Environment(autoescape=True, finalize=shown, loader=loader, trim_blocks=True)
    made.filters["in_attribute"] = _in_attribute
    return made


def _in_attribute(text: str) -> Markup:
    """As `safe`, but for a place that can hold no elements: an attribute, a rule of CSS."""
    return Markup(escape(visible(text)))
