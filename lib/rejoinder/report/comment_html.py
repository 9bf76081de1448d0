"""Article and comments as the reading room and the report draw them: HTML, every word escaped."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd

from rejoinder.answers.answer import count, joined, place
from rejoinder.discussion import Discussion
from rejoinder.display import quote
from rejoinder.html import safe
from rejoinder.report.reading import STANDS, UNHEARD, Mark
from rejoinder.stats.estimate import signed

_TONES = {"positive": "warm", "negative": "cold", "neutral": "neither warm nor cold"}


def article(
    talk: Discussion, marks: dict[int, list[Mark]], *, notes: dict[int, str], whole: bool = False
) -> str:
    """The headings and paragraphs of the article, with `marks` and `notes` by paragraph number; those
    with neither are folded up unless the `whole` is wanted."""
    headings = talk.article[talk.article["role"] == "heading"]
    parts = [(row.start, 0, f"<h4>{safe(row.text)}</h4>") for row in headings.itertuples()]
    for row in talk.paragraphs.itertuples():
        note = f": {notes[row.Index]}" if row.Index in notes else ""
        source = f"paragraph {row.Index}, line {row.line}{note}"
        parts.append((row.start, row.Index, quote(row.text, source, mark=marks.get(row.Index, ())).html))
    shown, html = {0, *marks, *notes}, []
    for fold, group in groupby(sorted(parts), lambda one: not whole and one[1] not in shown):
        _, numbers, inside = zip(*group, strict=True)
        html.append(_folded(numbers, "".join(inside)) if fold else "".join(inside))
    return "".join(html) or "<p>There is no article.</p>"


def _folded(numbers: tuple[int, ...], html: str) -> str:
    first, last = numbers[0], numbers[-1]
    which = f"Paragraph {first}" if first == last else f"Paragraphs {first}–{last}"
    return f'<details class="rj-fold"><summary>{which}: nothing marked</summary>{html}</details>'


def card(
    comment: pd.Series,
    tone: pd.Series,
    settled: dict[str, str],
    codings: list[tuple],
    *,
    marks: Iterable[Mark] = (),
    item: str | None = None,
    note: str = "",
) -> str:
    """One comment: its words, their tone, how it was coded: `settled` by item, and the rows of its
    `codings`, of which those of `item` are told in full. `note`: what it is to what was picked."""
    answers = f", answers {comment['reply_to']}" if pd.notna(comment["reply_to"]) else ""
    source = f"{comment.name}, {place(comment)}{answers}{f': {note}' if note else ''}"
    return (
        f'<article class="rj-card">{quote(comment["text"], source, mark=marks).html}'
        f'<p class="rj-tone">{_tone(tone)}</p>{_coded(settled, codings, item)}</article>'
    )


def _tone(tone: pd.Series) -> str:
    if pd.isna(tone["polarity"]):
        return "Tone: can't tell (unscored: no word of it is in the word lists)."
    known = f"{tone['coverage'] * 100:.0f}\u00a0% of its words known"
    drivers = f": {safe(tone['drivers'])}" if tone["drivers"] else ", none of them warm or cold"
    return f"Tone: <b>{_TONES[tone['tone']]}, {signed(tone['polarity'])}</b>; {known}{drivers}."


def _coded(settled: dict[str, str], codings: list[tuple], item: str | None) -> str:
    if not codings:
        return '<p class="rj-coded">Not coded: nobody has read it for tone and stance.</p>'
    own = "".join(f"<li>{_coding(row)}</li>" for row in codings if row.item == item)
    coders = {row.coder: row.kind for row in codings}
    by = joined([f"{coder} (a {kind})" for coder, kind in coders.items()])
    rows = "".join(_row(row) for row in codings if row.value != "silent" or row.note)
    silent = "".join(f"<p>{_silence(coder, codings)}</p>" for coder in coders)
    return (
        f'<p class="rj-coded">Coded: {safe(_summary(settled))}.</p>{f"<ul>{own}</ul>" if own else ""}'
        f"<details><summary>{count(len(codings), 'coding')} by {safe(by)}</summary>"
        "<table><thead><tr><th>item</th><th>coder</th><th>value</th><th>note</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>{silent}</details>"
    )


def _silence(coder: str, codings: list[tuple]) -> str:
    on = [row.item for row in codings if row.coder == coder and row.value == "silent" and not row.note]
    return f"{safe(coder)} finds it silent on {safe(joined(on) or 'nothing else')}."


def _summary(settled: dict[str, str]) -> str:
    """What the coders say together of a comment, from its row of `answers.settled`."""
    parts = [f"{item} {settled[item]}" for item in ("tone", "sarcasm")]
    for value in STANDS:
        about = [item for item in settled if item not in ("tone", "sarcasm") and settled[item] == value]
        if about:
            on = count(len(about), "statement") if value in UNHEARD else joined(about)
            parts.append(f"{value} on {on}")
    return "; ".join(parts)


def _coding(row: tuple) -> str:
    note = f": {safe(row.note)}" if row.note else ", no note"
    return f"{safe(row.coder)} (a {safe(row.kind)}): <b>{safe(row.value)}</b>{note}"


def _row(row: tuple) -> str:
    cells = (row.item, row.coder, row.value, row.note or "–")
    return f"<tr>{''.join(f'<td>{safe(one)}</td>' for one in cells)}</tr>"
