"""The pages of the article and of the comments, to which the quotations of a report lead.

The names of commenters are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.display import quote, table
from rejoinder.html import SHIELD, Fragment, count, safe
from rejoinder.measure import sentiment
from rejoinder.report.page import Page, page_of
from rejoinder.stats.estimate import signed
from rejoinder.tables import adjudication
from rejoinder.tables.adjudication import merged
from rejoinder.tables.tone import marks

_PAGE_LETTERS, _PAGE_COMMENTS = 300_000, 500  # of comments; such a page has about three megabytes
_ABOUT_ARTICLE = (
    "Paragraph by paragraph, as it was read in. Words in which the author states a claim are underlined, "
    "and the claim is named below them. Line numbers are those of the text file."
)
_ABOUT_COMMENTS = (
    "in full, with their tone and how they were coded. Words that a word list scored are underlined: "
    "+ warm, − cold. Names of commenters are left out."
)


def pages(talk: Discussion) -> list[Page]:
    """The page of the article, then one or more pages of comments."""
    made = [page_of("article.html", "The article", _ABOUT_ARTICLE, _article(talk))]
    tones = sentiment.score(talk.comments["text"], mask=talk.mask)
    tables = (talk.comments, tones, adjudication.settled(talk))
    codings = dict(tuple(talk.codings.groupby("comment_id", sort=False)))
    replies = talk.comments["reply_to"].dropna()
    answers = {above: ", ".join(own) for above, own in replies.groupby(replies).groups.items()}
    for href, ids in _parts(talk):
        whole = len(ids) == len(talk.comments)
        title = "The comments" if whole else f"The comments, {ids[0]} to {ids[-1]}"
        about = f"{count(len(ids), 'comment')}, {_ABOUT_COMMENTS}" if ids else "No comments were found."
        entries = [
            _comment(talk.comments.loc[i], tones.loc[i], settled.loc[i], codings.get(i), answers.get(i))
            for i in ids
        ]
        made.append(page_of(href, title, about, Fragment("".join(entries))))
    return made


def places(talk: Discussion) -> dict[str, str]:
    """The address of each comment (by its id) and of each line of the article (as "line 12")."""
    found = {i: f"{href}#comment-{i}" for href, ids in _parts(talk) for i in ids}
    for first, last, _, _ in _passages(talk):
        found |= {f"line {n}": f"article.html#line-{first}" for n in range(first, last + 1)}
    return found


def _parts(talk: Discussion) -> list[tuple[str, list[str]]]:
    """The address of each page of comments, and the ids on it."""
    parts, letters = [[]], 0
    for i, text in talk.comments["text"].items():
        if parts[-1] and (letters + len(text) > _PAGE_LETTERS or len(parts[-1]) == _PAGE_COMMENTS):
            parts, letters = [*parts, []], 0
        parts[-1].append(i)
        letters += len(text)
    return [(f"comments{f'-{n}' if n > 1 else ''}.html", ids) for n, ids in enumerate(parts, start=1)]


def _passages(talk: Discussion) -> Iterator[tuple[int, int, str, pd.DataFrame]]:
    """Paragraphs, headings and boilerplate: first line, last line, what it is, its sentences."""
    article = talk.article
    unit = article["paragraph"].astype("object").where(article["role"] == "body", -article["line"])
    for number, sentences in article.groupby(unit, sort=False):
        more = talk.raw.count("\n", sentences["start"].iloc[-1], sentences["end"].iloc[-1])
        what = f"paragraph {number}" if number > 0 else sentences["role"].iloc[0]
        yield sentences["line"].iloc[0], sentences["line"].iloc[-1] + more, what, sentences


def _article(talk: Discussion) -> Fragment:
    tones = sentiment.score(talk.paragraphs["text"], mask=talk.mask)
    claims, made = talk.codebook.claims, []
    for first, last, what, sentences in _passages(talk):
        start, end = sentences["start"].iloc[0], sentences["end"].iloc[-1]
        here = claims[(claims["start"] < end) & (claims["end"] > start)]
        said = [what, _lines(first, last)]
        if what.startswith("paragraph"):
            said.append(_tone(tones.loc[sentences["paragraph"].iloc[0]]))
        named = "".join(f" {i}: {claim}" for i, claim in here["text"].items())
        inside = here[["start", "end"]].clip(start, end) - start
        claimed = [(*span, "neutral") for span in merged(inside.itertuples(index=False, name=None))]
        shown = quote(talk.raw[start:end], f"{', '.join(said)}.{named}", mark=claimed)
        made.append(_entry(f"line-{first}", shown.html))
    return Fragment("".join(made))


def _comment(
    comment: pd.Series,
    tone: pd.Series,
    settled: pd.Series,
    codings: pd.DataFrame | None,
    answers: str | None,
) -> str:
    """A comment in full, and below it its thread, its tone, and how it was coded."""
    place = _lines(comment["first_line"], comment["last_line"])
    shown = quote(comment["text"], f"{comment.name}, {place}", mark=marks(tone["words"]))
    facts = {"one comment": _certain(comment, ""), "tone": _tone(tone)}
    if pd.notna(comment["reply_to"]):
        facts["answers"] = f"{comment['reply_to']} ({_certain(comment, 'reply_')})"
    if answers:
        facts["answered by"] = answers
    facts["coded"] = "not yet" if codings is None else _summary(settled)
    listed = "".join(f"<dt>{name}</dt><dd>{safe(words)}</dd>" for name, words in facts.items())
    html = f'<h2>{safe(comment.name)}</h2>{shown.html}<dl class="rj-facts {SHIELD}">{listed}</dl>'
    if codings is not None:
        rows = table(codings[["item", "coder", "value", "note"]], index=False)
        html += f"<details><summary>{count(len(codings), 'coding')}</summary>{rows.html}</details>"
    return _entry(f"comment-{comment.name}", html)


def _tone(tone: pd.Series) -> str:
    if pd.isna(tone["polarity"]):
        return "no word scored"
    return f"scored {signed(tone['polarity'])}, {100 * tone['coverage']:.0f} % of the words known"


def _certain(comment: pd.Series, of: str) -> str:
    reason = comment[f"{of}reason"]
    return f"{comment[f'{of}certainty']}{f': {reason}' if pd.notna(reason) else ''}"


def _summary(settled: pd.Series) -> str:
    """What the coders agree on: each value with the items that have it."""
    parts = [f"{item} {settled[item]}" for item in ("tone", "sarcasm") if item in settled]
    statements = settled.drop(["tone", "sarcasm"], errors="ignore")
    for value, items in statements.groupby(statements, sort=False):
        many = value in ("silent", "uncoded")
        parts.append(f"{value} on {count(len(items), 'statement') if many else ', '.join(items.index)}")
    return "; ".join(parts)


def _lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}–{last}"


def _entry(anchor: str, html: str) -> str:
    return f'<div class="rj-entry" id="{escape(anchor)}">{html}</div>'
