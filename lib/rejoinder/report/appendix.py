"""The pages of the article and of the comments, to which the quotations of a report lead.

The names of commenters are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from html import escape

import pandas as pd

from rejoinder.discussion import ARTICLE, Discussion
from rejoinder.display import quote
from rejoinder.html import SHIELD, safe
from rejoinder.measure import sentiment
from rejoinder.report.page import Page, page_of, self_link
from rejoinder.stats.estimate import signed
from rejoinder.tables import account, adjudication, threads
from rejoinder.tables.adjudication import merged, told
from rejoinder.tables.tone import marks
from rejoinder.wording import counted

# Letters of a page (which makes a megabyte or so), and letters as which the frame of a comment counts.
_PAGE, _FRAME = 130_000, 600
_ABOUT_ARTICLE = (
    "Paragraph by paragraph, as it was read in. Words in which the author states a claim are underlined, "
    "and the claim is named below them. Line numbers are those of the text file."
)
_ABOUT_LEFT_OUT = "From what the file holds to what is counted: what each step leaves out, and why."
_STEPS = {
    "file": "From the file to the comments",
    "measured": "From the comments to their tone",
    "coded": "From the comments to those that somebody read",
    "codings": "From the codings to those that count",
}
_ABOUT_COMMENTS = (
    "in full, with their tone and how they were coded. Words that a word list scored are underlined: "
    "+ warm, − cold. Names of commenters are left out."
)


def pages(talk: Discussion) -> list[Page]:
    """The page of the article, then one or more pages of comments."""
    n = len(talk.paragraphs)
    made = [page_of("article.html", "The article", _ABOUT_ARTICLE, _article(talk), count=n)]
    tones = sentiment.score(talk.comments["normalised"], mask=talk.mask)
    comments = talk.comments.join(tones).assign(place=threads.lines(talk.comments)).to_dict("index")
    settled = adjudication.settled(talk).to_dict("index")
    hrefs, codings, answers = places(talk), defaultdict(list), defaultdict(list)
    for row in talk.codings.itertuples(index=False):
        codings[row.comment_id].append(row)
    for comment_id, parent in talk.comments["reply_to"].dropna().items():
        answers[parent].append(_link(comment_id, hrefs))
    for href, ids in _parts(talk):
        whole = len(ids) == len(talk.comments)
        title = "The comments" if whole else f"The comments, {ids[0]} to {ids[-1]}"
        about = f"{counted(len(ids), 'comment')}, {_ABOUT_COMMENTS}" if ids else "No comments were found."
        entries = [_comment(i, comments[i], settled[i], codings[i], answers[i], hrefs) for i in ids]
        part = {"count": len(comments), "first": href == "comments.html"}
        made.append(page_of(href, title, about, "".join(entries), **part))
    made.append(page_of("left_out.html", "What was left out", _ABOUT_LEFT_OUT, _left_out(talk, hrefs)))
    return made


def _left_out(talk: Discussion, hrefs: dict[str, str]) -> str:
    """Each step from the file to what is counted: what came in, what was left out and why, what remained."""
    html, signs = "", {account.START: "", account.LESS: "−", account.LEFT: "=", account.OF_IT: "of these"}
    for name, own in account.steps(talk).groupby("step", sort=False):
        rows = ""
        for row in own.itertuples():
            ids = f"<details><summary>which</summary>{', '.join(_link(i, hrefs) for i in row.ids)}</details>"
            what = f"{safe(row.what)}{ids if row.ids and row.role != account.LEFT else ''}"
            rows += (
                f'<tr><td>{signs[row.role]}</td><td class="rj-number">{row.n:,}</td><td>{what}</td></tr>'
            )
        html += f'<section><h2 id="{name}">{_STEPS[name]}</h2><table>{rows}</table></section>'
    return html


def places(talk: Discussion) -> dict[str, str]:
    """The address of each comment (by id), of the article, and of each of its lines (as "line 12")."""
    found = {ARTICLE: "article.html"} | {
        i: f"{href}#comment-{i}" for href, ids in _parts(talk) for i in ids
    }
    for first, last, _, _ in _passages(talk):
        found |= {f"line {n}": f"article.html#line-{first}" for n in range(first, last + 1)}
    return found


def _parts(talk: Discussion) -> list[tuple[str, list[str]]]:
    """The address of each page of comments, and the ids on it."""
    size = talk.comments["text"].str.len() + _FRAME
    parts = [[*own.index] for _, own in size.groupby((size.cumsum() - size) // _PAGE)] or [[]]
    return [(f"comments{f'-{n}' if n > 1 else ''}.html", ids) for n, ids in enumerate(parts, start=1)]


def _passages(talk: Discussion) -> Iterator[tuple[int, int, str, pd.DataFrame]]:
    """Paragraphs, headings and boilerplate: first line, last line, what it is, its sentences."""
    article = talk.article
    unit = article["paragraph"].astype("object").where(article["role"] == "body", -article["line"])
    for number, sentences in article.groupby(unit, sort=False):
        more = talk.raw.count("\n", sentences["start"].iloc[-1], sentences["end"].iloc[-1])
        what = f"paragraph {number}" if number > 0 else sentences["role"].iloc[0]
        yield sentences["line"].iloc[0], sentences["line"].iloc[-1] + more, what, sentences


def _article(talk: Discussion) -> str:
    tones = sentiment.score(talk.paragraphs["normalised"], mask=talk.mask)
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
    return "".join(made)


def _comment(name: str, comment: dict, settled: dict, codings: list, answers: list, hrefs: dict) -> str:
    """A comment in full, and below it its thread, its tone, and how it was coded."""
    place = comment["place"]
    shown = quote(comment["text"], place, mark=marks(comment["words"]))
    text, source, below = shown.html.rpartition("rj-source")
    quoted = text + source + below.replace("— ", f"— {_link(name, hrefs)}{', ' if place else ''}", 1)
    facts = {"one comment": safe(_certain(comment, "")), "tone": safe(_tone(comment))}
    if pd.notna(parent := comment["reply_to"]):
        facts["answers"] = f"{_link(parent, hrefs)} ({safe(_certain(comment, 'reply_'))})"
    if answers:
        facts["answered by"] = ", ".join(answers)
    facts["coded"] = safe(_summary(settled) if codings else "not yet")
    listed = "".join(f"<dt>{part}</dt><dd>{html}</dd>" for part, html in facts.items())
    html = f'<h2>{safe(name)}{self_link(f"comment-{name}")}</h2>{quoted}<dl class="rj-facts {SHIELD}">{listed}</dl>'
    return _entry(f"comment-{name}", html + (_codings(codings) if codings else ""))


def _codings(codings: list) -> str:
    """Who coded what and why, folded; items on which every coder says "silent" are only counted."""
    heard = {row.item for row in codings if row.value != "silent"}
    said = [
        " · ".join(filter(None, (f"{row.item}, {told(row)}", row.quote and f"“{row.quote}”", row.note)))
        for row in codings
        if row.item in heard
    ]
    if silent := len({row.item for row in codings} - heard):
        said.append(f"silent to all coders: {counted(silent, 'item')}")
    listed = "".join(f"<li>{safe(one)}</li>" for one in said)
    summary = f"<summary>{counted(len(codings), 'coding')}</summary>"
    return f'<details class="{SHIELD}">{summary}<ul>{listed}</ul></details>'


def _link(comment_id: str, hrefs: dict[str, str]) -> str:
    if comment_id not in hrefs:
        return f"{safe(comment_id)} (not there)"
    return f'<a href="{escape(hrefs[comment_id])}">{safe(comment_id)}</a>'


def _tone(tone: dict | pd.Series) -> str:
    if pd.isna(tone["polarity"]):
        return "no word scored"
    return f"scored {signed(tone['polarity'])}, {100 * tone['coverage']:.0f} % of the words known"


def _certain(comment: dict, of: str) -> str:
    reason = comment[f"{of}reason"]
    return f"{comment[f'{of}certainty']}{f': {reason}' if pd.notna(reason) else ''}"


def _summary(settled: dict) -> str:
    """What the coders agree on: each value with the items that have it."""
    parts = [f"{item} {settled[item]}" for item in ("tone", "sarcasm") if item in settled]
    items = defaultdict(list)
    for item, value in settled.items():
        if item not in ("tone", "sarcasm"):
            items[value].append(item)
    for value, own in items.items():
        many = value in ("silent", "uncoded")
        parts.append(f"{value} on {counted(len(own), 'statement') if many else ', '.join(own)}")
    return "; ".join(parts)


def _lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}–{last}"


def _entry(anchor: str, html: str) -> str:
    # A report has a style sheet; quotation marks in texts are &quot;.
    html = re.sub(r' style="[^"]*"', "", html)
    return f'<div class="rj-entry" id="{escape(anchor)}">{html}</div>'
