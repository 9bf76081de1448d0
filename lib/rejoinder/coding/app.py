"""The coding app: fill in a coding sheet in JupyterLab, one comment and one item at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from ipywidgets import HTML, Button, HBox, Output, Textarea, VBox

from rejoinder.coding.session import WORDS, Session
from rejoinder.coding.sheet import is_blank, read_sheet, replied_to, sheet_path, write_sheet
from rejoinder.corpus.codings import BASES, STANCE, values_of
from rejoinder.corpus.load import load
from rejoinder.discussion import Discussion
from rejoinder.display import quote
from rejoinder.errors import CodingsError, known
from rejoinder.html import safe

_QUESTIONS = {  # as in how_to_code.md
    "tone": "What feeling do the words show, toward anybody or anything?",
    "sarcasm": "Do words say the opposite of what is meant, or mock by seeming to praise or agree?",
}
_MOVES = {  # what an arrow key changes, and by how much
    "ArrowLeft": ("← previous", "comment_id", -1),
    "ArrowRight": ("next →", "comment_id", 1),
    "ArrowUp": ("↑ item", "item", -1),
    "ArrowDown": ("↓ item", "item", 1),
}
_KEYS = (
    "Keys, after a click on the comment: <kbd>1</kbd>–<kbd>5</kbd> answer, <kbd>I</kbd> implied or "
    "stated, <kbd>Q</kbd> quote the words selected in the comment, <kbd>←</kbd> <kbd>→</kbd> other "
    "comment, <kbd>↑</kbd> <kbd>↓</kbd> other item, <kbd>N</kbd> note, <kbd>Enter</kbd> ends it."
)


def desk(
    seed_id_or_path: str | Path, coder: str, *, n: int | None = None, order: int = 0, model: str = ""
) -> CodingApp:
    """The app for coding the comments of a seed; a notebook cell that ends in it shows it.

    It continues the sheet at `sheet_path(talk, coder)`, or writes a new one there, also in place of a
    sheet in which nothing is filled in. `coder`, a name or initials of letters, digits, - and _, is part
    of its name; `n` and `order`, as for `blank_sheet`, have no effect on a sheet that was begun.
    `model`: a coder in codings.csv whose coding of an item can be shown once the item is answered.
    Raises CodingsError for a bad `coder` or `n`, no comments, or a sheet that does not fit the text or
    cannot be read or written.
    """
    if not re.fullmatch(r"[\w-]{1,40}", coder):  # fits in a file name on any system
        remedy = "Use 1 to 40 letters, digits, - and _."
        raise CodingsError(f"the coder {coder!r} cannot be part of a file name", remedy=remedy)
    talk = load(seed_id_or_path)
    if talk.comments.empty:
        raise CodingsError("has no comments", file=talk.source.path, remedy="Check its layout.")
    path = sheet_path(talk, coder)
    if not path.exists() or is_blank(path):
        write_sheet(talk, path, n=n, order=order)
    read_sheet(path, talk)  # a sheet of another text is refused
    own = talk.codings[talk.codings["coder"] == (model and known(model, talk.codings["coder"], "coder"))]
    told = (
        own["coder"] + ": " + own["value"] + " " + own["basis"] + " “" + own["quote"] + "” " + own["note"]
    )
    places = own[["comment_id", "item"]].itertuples(index=False, name=None)
    return CodingApp(Session(talk, path), dict(zip(places, told, strict=True)))


class CodingApp(VBox):
    """The widget for a session: shows `head`, `comment`, `question`, `message`; takes `words` (quotation
    and note) and clicks on `values` (a button each), `basis` (which changes that of the next stance),
    `items` (a button each), `moves` (per arrow key), `proposal` (what `proposals` hold for an answered
    comment and item)."""

    def __init__(self, session: Session, proposals: dict[tuple[str, str], str] | None = None):
        self._session, self._drawn = session, 0
        self._proposals, self._answered = proposals or {}, ("", "")
        self.head, self.comment, self.message = HTML(), HTML(), HTML()
        self.question = HTML().add_class("rj-question")
        asked = {"quote": "Quotation: the words that show it", "note": "Note: any doubt"}
        self.words = {}
        for what in WORDS:
            box = Textarea(placeholder=asked[what], continuous_update=False).add_class(f"rj-words-{what}")
            box.observe(partial(self._typed, what), "value")
            self.words[what] = box
        self.basis = self._button("rj-key-i", self._turn_basis, "")
        self._next_basis = BASES[0]
        self.proposal = self._button("rj-proposal", self._show, "")
        turn, every = partial(session.turn_to, None), dict.fromkeys(item for _, item in session.places)
        self.values = [self._button(f"rj-key-{at + 1}", self._answer, at) for at in range(len(STANCE))]
        self.items = {item: self._button("rj-item", turn, item) for item in every}
        self.moves = {key: self._button(f"rj-key-{key}", self._move, key) for key in _MOVES}
        back, on, up, down = self.moves.values()
        values = HBox([*self.values, self.basis, self.proposal]).add_class("rj-values")
        parts = [self.comment, self.question, *self.words.values(), values, self.message]
        ask = VBox(parts).add_class("rj-ask")
        choose = HBox([*self.items.values(), up, down]).add_class("rj-list")
        css, js = (Path(__file__).with_name(name).read_text("utf-8") for name in ("app.css", "app.js"))
        script = {"output_type": "display_data", "metadata": {}, "data": {"application/javascript": js}}
        head = HBox([back, on, self.head]).add_class("rj-head")
        keys = HTML(f"<style>{css}</style><p>{_KEYS}</p>").add_class("rj-keys")
        columns, run = HBox([ask, choose]).add_class("rj-columns"), Output(outputs=[script])
        super().__init__([head, columns, keys, run])  # HTML() would not run the script
        self._draw("")

    def __repr__(self) -> str:
        return f"Coding app for {self._session.path.name}"

    def _button(self, cls: str, act: Callable, about: int | str) -> Button:
        button = Button(description=_MOVES.get(about, " ")[0]).add_class(cls)
        button.on_click(lambda _: self._do(act, about))
        return button

    def _do(self, act: Callable, about: int | str) -> None:
        said, problem = "This was interrupted. Please do it again.", True
        at = self._session
        typed = [what for what, box in self.words.items() if box.value != at.words(what)]
        try:
            while typed:  # typed words come first, and are never lost
                at.write(typed[0], self.words[typed[0]].value)
                typed.pop(0)
            said, problem = act(about) or "", False
        except CodingsError as error:
            said = str(error)
        finally:  # in any case: the page takes no other click until it is drawn
            self._draw(said, problem=problem, typed=typed)

    def _typed(self, what: str, change: dict) -> None:
        if change["new"] != self._session.words(what):  # otherwise `_draw` put it there
            self._do(lambda _: None, "")

    def _answer(self, at: int) -> str:
        values = values_of(self._session.item)
        if at >= len(values):
            return f"There are only {len(values)} answers here."
        here = self._session.comment_id, self._session.item
        more = self._session.answer(values[at], self._next_basis)
        self._answered = here
        self._next_basis = BASES[0]
        return "" if more else "Every comment is coded. Thank you!"

    @property
    def _to_show(self) -> tuple[str, str]:
        """Where a proposal can be shown: here, if it is answered, or where the last answer was given."""
        here = self._session.comment_id, self._session.item
        return here if self._session.value(*here) else self._answered

    def _show(self, _: str) -> str:
        self._session.turn_to(*self._to_show)
        self._session.see()
        return self._proposals[self._to_show]

    def _turn_basis(self, _: str) -> None:
        self._next_basis = BASES[1 - BASES.index(self._next_basis)]

    def _move(self, key: str) -> None:
        _, what, step = _MOVES[key]
        along = self._session.items if what == "item" else self._session.ids
        there = along.index(getattr(self._session, what)) + step
        if 0 <= there < len(along):
            self._session.turn_to(**{what: along[there]})

    def _draw(self, said: str, *, problem: bool = False, typed: Iterable[str] = ()) -> None:
        """Show where the session is. Boxes with `typed` words that are not saved stay as they are."""
        at, values = self._session, values_of(self._session.item)
        total, texts = len(at.places), at.texts
        self.head.value = (
            f"<b>Comment {at.ids.index(at.comment_id) + 1} of {len(at.ids)}</b> · "
            f'<progress max="{total}" value="{at.given}"></progress> '
            f"{at.given} of {total} answers, saved in {safe(at.path.name)}"
        )
        ids = [*replied_to(at.talk.comments, at.comment_id), at.comment_id]
        *above, this = (quote(texts[one], one).html for one in ids)
        above = above and f'<p>In reply to:</p><div class="rj-thread"><div>{"".join(above)}</div></div>'
        self.comment.value = f'{above or ""}<div class="rj-text">{this}</div>'
        self.question.value = _question(at.talk, at.item)
        for what in {*self.words} - {*typed}:
            self.words[what].value = at.words(what)
        self.basis.description = f"I {self._next_basis}"
        self.basis.layout.display = None if values is STANCE else "none"
        self.proposal.description = f"Show the proposal for {' '.join(self._to_show)}"
        self.proposal.layout.display = None if self._to_show in self._proposals else "none"
        for number, button in enumerate(self.values):
            value = values[number] if number < len(values) else ""
            button.layout.display = None if value else "none"
            given = value != "" and value == at.value(at.comment_id, at.item)
            button.description = f"{number + 1} {value} {at.basis if given else ''}".rstrip()
            button.button_style = "primary" if given else ""
        for item, button in self.items.items():
            button.layout.display = None if item in at.items else "none"
            here = at.value(at.comment_id, item) if item in at.items else ""
            button.description = f"{item} · {here or '–'}"
            button.button_style = "primary" if item == at.item else ""
        self.message.value = f'<p role="alert" class="{"rj-problem" * problem}">{safe(said)}</p>'
        self._drawn += 1
        self._dom_classes = ("rj-desk", f"rj-drawn-{self._drawn}")  # last: the page now takes a click


def _question(talk: Discussion, item: str) -> str:
    if item in _QUESTIONS:
        return f"<p>{item.capitalize()}</p><p><b>{_QUESTIONS[item]}</b></p>"
    one = talk.codebook.statements.loc[item]
    whose = "In the author's words" if one["by"] == "author" else f"In the words of {one['comment_id']}"
    return (
        f"<p>{safe(item)} ({safe(one['kind'])})</p><p><b>{safe(one['text'])}</b></p>"
        f"<p>{safe(whose)}: “{safe(one['quote'])}”</p><p>"
        "Does the writer accept this statement or reject it?</p>"
    )
