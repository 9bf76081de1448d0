"""The reading room: article and comments side by side, and in both what one picks is marked.

One picks a claim, a theme, an actor or a comment. Comments are drawn a page at a time, and their tone is
scored then; everything else is looked up once, when the room is opened. Nothing is written.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ipywidgets import HTML, Button, Checkbox, Dropdown, ToggleButtons, VBox

from rejoinder.answers.stances import has_stances
from rejoinder.answers.tone import tones
from rejoinder.corpus.load import load
from rejoinder.discussion import Discussion
from rejoinder.html import SHIELD, safe, visible
from rejoinder.progress import progress
from rejoinder.report.comment_html import article, card
from rejoinder.report.reading import KINDS, Reading, part
from rejoinder.report.widgets import box, script, style

PAGE = 25  # comments; to score and draw 2,000 at once takes many seconds
_LABEL = 90  # letters by which a claim or a comment is picked
_ELSEWHERE = (
    "Widgets do not run here. To use it, start JupyterLab (make lab), open desk/reading_room.ipynb, and "
    "choose Run All Cells in the menu Run. The report's page of comments shows the same, without picking."
)


def room(seed_id_or_path: str | Path | Discussion) -> Room:
    """The reading room of a seed, a pasted page or a discussion; a cell that ends in it shows it.

    Without comments, codebook or codings it says what is missing. Raises what `load` raises.
    """
    talk = seed_id_or_path
    return Room(talk if isinstance(talk, Discussion) else load(talk))


class Room(VBox):
    """The widget for a discussion; `room` makes one.

    What is picked: `kind`, `thing` (one of that kind), `whole` (show also what does not hold it). What is
    shown: `head`, `article`, `comments`, and of these which page: `back`, `place`, `on`.
    """

    def __init__(self, talk: Discussion):
        super().__init__()
        bar = partial(progress, what="Opening the reading room")
        self._reading, self._page, self._drawn = Reading(talk, along=bar), 0, 0
        first = "comment" if talk.codebook is None else "claim" if has_stances(talk) else "theme"
        self.kind, self.thing = ToggleButtons(options=KINDS, value=first), Dropdown()
        self.whole = Checkbox(description="show all", indent=False)
        self.head, self.article, self.comments, self.place = HTML(), HTML(), HTML(), HTML()
        self.back, self.on = Button(description="← previous"), Button(description="next →")
        self.kind.observe(lambda _: self._turn_to_kind(), "value")
        self.thing.observe(self._turn_to_thing, "value")
        self.whole.observe(self._turn_to_thing, "value")
        self.back.on_click(lambda _: self._turn_page(-1))
        self.on.on_click(lambda _: self._turn_page(1))
        pages = box("rj-pages", [self.back, self.place, self.on])
        left = box("rj-side", [HTML("<h3>The article</h3>"), self.article], VBox)
        right = box("rj-side", [HTML("<h3>The comments</h3>"), pages, self.comments], VBox)
        picks = box("rj-pick", [self.kind, self.thing, self.whole])
        both = box("rj-columns", [left, right])
        self.children = [style("room.css"), picks, self.head, both, script("room.js")]
        self.add_class("rj-room")
        self._turn_to_kind()

    def __repr__(self) -> str:
        return f"The reading room on {visible(self._reading.talk.seed)}. {_ELSEWHERE}"

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, object]:
        """With text and HTML, both whole, for a page on which no widget runs."""
        told = {"text/plain": repr(self), "text/html": f'<p class="{SHIELD}">{safe(repr(self))}</p>'}
        return {**super()._repr_mimebundle_(**kwargs), **told}

    def _turn_to_kind(self) -> None:
        kind, names = self.kind.value, self._reading.names(self.kind.value)
        self.thing.unobserve(self._turn_to_thing, "value")
        self.thing.options = [(self._label(kind, i, name), i) for i, name in names.items()]
        self.thing.index = 0 if names else None
        self.thing.layout.display = None if names else "none"
        self.thing.observe(self._turn_to_thing, "value")
        self._turn_to_thing()

    def _label(self, kind: str, which: str, name: str) -> str:
        name = " ".join(visible(name).split())
        name = name if len(name) <= _LABEL else f"{name[:_LABEL]} …"
        if kind == "comment":
            return f"{which}: {name}"
        held, n = len(self._reading.holding(kind, which)), len(self._reading.talk.comments)
        return f"{f'{which}: ' if kind == 'claim' else ''}{name} ({held:,} of {n:,})"

    def _turn_to_thing(self, _: object = None) -> None:
        kind, which, whole, reading = self.kind.value, self.thing.value, self.whole.value, self._reading
        marks, notes, self._listed = {}, {}, list(reading.talk.comments.index)
        if which is not None:
            self._listed = reading.listed(kind, which, whole=whole)
            marks = reading.article_marks(kind, which)
            notes = reading.notes(which) if kind == "comment" else {}
        body = article(reading.talk, marks, notes=notes, whole=whole or which is None)
        self.article.value = _region("The article", body)
        self.head.value = "".join(f"<p>{safe(one)}</p>" for one in reading.told(kind, which))
        # A comment is picked to be seen, also among all the others.
        self._page = self._listed.index(which) // PAGE if kind == "comment" and which and whole else 0
        self._draw_comments()

    def _turn_page(self, by: int) -> None:
        self._page += by
        self._draw_comments()

    def _draw_comments(self) -> None:
        reading, first, n = self._reading, self._page * PAGE, len(self._listed)
        shown = self._listed[first : first + PAGE]
        self.place.value = f"{first + 1:,}–{first + len(shown):,} of {n:,}" if shown else "0 of 0"
        self.back.disabled, self.on.disabled = first == 0, first + PAGE >= n
        none = "<p>No comment holds it.</p>" if len(reading.talk.comments) else "<p>None.</p>"
        # Last of all, and new each time: who waits for it knows that it is drawn.
        self._drawn += 1
        html = "".join(self._cards(shown)) or none
        self.comments.value = _region("The comments", html, drawn=self._drawn)

    def _cards(self, shown: list[str]) -> list[str]:
        kind, which, reading = self.kind.value, self.thing.value, self._reading
        tone = tones(part(reading.talk, shown))
        return [
            card(
                reading.talk.comments.loc[i],
                tone.loc[i],
                {item: values[i] for item, values in reading.settled.items()},
                list(reading.codings(i).itertuples()),
                marks=reading.comment_marks(kind, which, i) if which is not None else (),
                item=which if kind == "claim" else None,
                note=reading.note(kind, which, i) if which is not None else "",
            )
            for i in shown
        ]


def _region(name: str, html: str, *, drawn: int = 0) -> str:
    """A part of the room that scrolls by itself, also by keyboard."""
    named = f'role="region" tabindex="0" aria-label="{name}" data-drawn="{drawn}"'
    return f'<div class="rj-region" {named}>{html}</div>'
