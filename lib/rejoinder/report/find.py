"""The pages by which a reader finds comments: by statement, by group, by word. No script runs on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from html import escape

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.display import OPENING, group_key
from rejoinder.draft import members
from rejoinder.html import safe
from rejoinder.measure.keyness import is_content
from rejoinder.report.page import Page, page_of, self_link
from rejoinder.tables.groups import groups
from rejoinder.text import tokens
from rejoinder.wording import counted

HREF = "find.html"
_ROWS, _POSTINGS = 5_000, 20_000  # comments on a page, ids on a page of words: about a megabyte
_MOST = 200  # comments listed below a statement, below a word
_ONE_OF = ("tone", "stance")
_ORDER = ["agree", "disagree", "mixed", "unclear", "disputed", "silent", "uncoded"]
_ABOUT = (
    "Choose a group, and perhaps a second one: comments that are in both, or the two side by side. "
    "Behind each group is the number of its comments."
)
_ABOUT_STATEMENTS = (
    "What the author and what readers say, each with the comments that accept or reject it. A comment that "
    "is silent on a statement neither accepts nor rejects it."
)
_ABOUT_WORDS = "Every word with content, and the comments that use it."


class Finder:
    """The groups of a discussion, with a name and an address for each, and the pages that show them.

    hrefs : where each comment is, by id (`appendix.places`).
    """

    def __init__(self, talk: Discussion, hrefs: Mapping[str, str]):
        self._talk, self._hrefs, self._texts = talk, hrefs, talk.comments["text"]
        found = groups(talk)
        if talk.codings.empty:
            points = [
                ("point", "", talk.codebook.points.at[i, "text"], ids) for i, ids in members(talk).items()
            ]
            found = pd.concat([found, pd.DataFrame(points, columns=found.columns)], ignore_index=True)
        title = found["of"].where(found["of"] != "", found["kind"])
        slug = ("by " + title + " " + found["name"]).map(
            lambda one: "-".join(re.findall(r"\w+", one.lower()))
        )
        again = slug.groupby(slug).cumcount()
        self.groups = found.assign(
            title=title, anchor=slug + again.map(lambda n: f"-{n + 1}" if n else "")
        )

    @property
    def places(self) -> dict[str, str]:
        """Where all comments of a group are shown, by `display.group_key`; and each statement, by id."""
        found = {group_key(row.ids): f"{HREF}#{row.anchor}" for row in self.groups[::-1].itertuples()}
        names = self._talk.codebook.statements.index
        return found | {i: f"statements.html#statement-{i}" for i in names if i != "thesis"}

    def pages(self) -> list[Page]:
        """The pages of statements (if there are any), of groups, and of words."""
        ids = list(self._texts.index)
        parts = [ids[at : at + _ROWS] for at in range(0, len(ids), _ROWS)] or [[]]
        hrefs = [HREF, *(f"find-{n}.html" for n in range(2, len(parts) + 1))]
        titles = ["Find comments", *(f"Find comments, from {part[0]} on" for part in parts[1:])]
        shown = map(self._filter, parts)
        found = [page_of(*one, _ABOUT, html) for *one, html in zip(hrefs, titles, shown, strict=True)]
        return [*self._statements(), *found, *self._words()]

    def _row(self, comment_id: str, kind: str = "") -> str:
        text = " ".join(self._texts[comment_id].split())
        text = text if len(text) <= OPENING else f"{text[: OPENING - 1]}…"
        return f'<li{kind}><a href="{escape(self._hrefs[comment_id])}">{safe(comment_id)}</a> {safe(text)}</li>'

    def _statements(self) -> list[Page]:
        statements, html = self._talk.codebook.statements, ""
        by_item = {item: own.set_index("name") for item, own in self.groups.groupby("of") if item}
        for one in statements.itertuples():
            facts = [f"{'the author' if one.by == 'author' else 'readers'}, a {one.kind}"]
            if pd.notna(one.answers):
                facts.append(
                    f'answers <a href="#statement-{escape(one.answers)}">{safe(one.answers)}</a>'
                )
            html += f'<section class="rj-entry" id="statement-{escape(one.Index)}">'
            html += f'<h2>{safe(one.Index)}: {safe(one.text)}{self_link(f"statement-{one.Index}")}</h2><p class="rj-sure">{"; ".join(facts)}</p>'
            html += f"<blockquote>{safe(one.quote)}</blockquote>" if pd.notna(one.quote) else ""
            own = by_item.get(one.Index, self.groups[:0].set_index("name"))
            for value in filter(own.index.__contains__, _ORDER):
                ids, anchor = own.loc[value, ["ids", "anchor"]]
                rows = "".join(map(self._row, ids[:_MOST]))
                html += f"<details{' open' * (value not in ('silent', 'uncoded'))}><summary>{value}: "
                html += f'{len(ids):,}</summary><ul>{rows}</ul><p><a href="{HREF}#{anchor}">Filter by this</a></p></details>'
            html += "</section>"
        return [page_of("statements.html", "The statements", _ABOUT_STATEMENTS, html)] if html else []

    def _filter(self, ids: list[str]) -> str:
        """The list of comments with two menus, and the rules by which a choice shows its comments."""
        classes, options, names, rules = defaultdict(list), {}, "", []
        for n, row in enumerate(self.groups.itertuples()):
            # Of stances and tones, which exclude one another, the most frequent has no class of its own.
            rest = self.groups.index[self.groups["title"].eq(row.title) & (self.groups.index != n)]
            most = row.kind in _ONE_OF and all(len(row.ids) > len(self.groups["ids"][m]) for m in rest)
            for i in [] if most else row.ids:
                classes[i].append(f"g{n}")
            selector = "li" + "".join(f":not(.g{m})" for m in rest) if most else f".g{n}"
            name = f"{safe(row.name)} ({len(row.ids):,})"
            options[row.title] = options.get(row.title, "") + f'<option value="{n}">{name}</option>'
            label = f"{safe(row.title)}: {name}"
            names += f'<span id="{escape(row.anchor)}">Only {label}. <a href="#find">Show all</a></span>'
            parts = {"{n}": str(n), "{id}": row.anchor, "{li}": selector}
            rules.append(re.sub(r"\{\w+\}", lambda gap, parts=parts: parts[gap[0]], _RULES))
        texts = self._talk.codebook.statements["text"]
        menu = f'<option value="">all comments ({len(self._texts):,})</option>'
        for title, own in options.items():
            label = f"{title}: {texts[title]}" if title in texts.index else title
            menu += f'<optgroup label="{safe(label)}">{own}</optgroup>'
        rows = "".join(self._row(i, f' class="{" ".join(classes[i])}"') for i in ids)
        return (
            f'<style>{"".join(rules)}</style><div class="rj-find" id="find">'
            f'<p class="rj-cannot">This browser is too old to filter. The pages of statements and of words work.</p>'
            f'<label>Comments <select id="rj-a">{menu}</select></label>'
            '<label>How <select id="rj-how"><option value="both">that are also</option>'
            '<option value="beside">beside those that are</option></select></label>'
            f'<label>Second group <select id="rj-b">{menu}</select></label>'
            f'<p class="rj-only">{names}</p><ol>{rows}</ol><p class="rj-count"></p></div>'
        )

    def _words(self) -> list[Page]:
        where = defaultdict(list)
        for i, text in self._talk.comments["normalised"].items():
            for word in dict.fromkeys(one.lower() for one in tokens(text)):
                if is_content(word):
                    where[word].append(i)
        parts, size = [[]], 0
        for word, ids in sorted(where.items()):
            size += 5 + min(len(ids), _MOST)
            if size > _POSTINGS:
                parts, size = [*parts, []], 0
            parts[-1].append((word, ids))
        pages = []
        for n, part in enumerate(parts):
            rows = "".join(f"<p><b>{safe(word)}</b> {self._links(ids)}</p>" for word, ids in part)
            title = f"The words, {part[0][0]} to {part[-1][0]}" if len(parts) > 1 else "The words"
            href = f"words{f'-{n + 1}' if n else ''}.html"
            about = f"{_ABOUT_WORDS} {counted(len(where), 'word').capitalize()} in all."
            pages.append(page_of(href, title, about, f'<div class="rj-words">{rows}</div>'))
        return pages

    def _links(self, ids: list[str]) -> str:
        shown = " ".join(f'<a href="{escape(self._hrefs[i])}">{safe(i)}</a>' for i in ids[:_MOST])
        return f"<small>{len(ids):,}</small> {shown}" + (" …" if len(ids) > _MOST else "")


# What each group adds to the rules of the style sheet: chosen as first, as second, or led to by a link.
_RULES = (
    'main:has(#rj-a [value="{n}"]:checked) {li}{display:list-item;grid-column-start:1}\n'
    'main:has(#rj-b [value="{n}"]:checked) {li}{position:static;visibility:visible;counter-increment:rj;grid-column-end:3}\n'
    'main:has(#rj-how [value="beside"]:checked):has(#rj-b [value="{n}"]:checked) {li}{display:list-item}\n'
    'main:has(#rj-a [value=""]:checked):has(#{id}:target) {li}{display:list-item}\n'
)
