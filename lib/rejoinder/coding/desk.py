"""The coding desk: a coding sheet filled in inside JupyterLab, one comment and one item at a time.

Every answer is on disk before the desk goes on, so that nothing is lost whatever stops. The text of
comments and codebook is escaped before it becomes part of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ipywidgets import HTML, Button, Textarea, VBox

from rejoinder.coding import how_to_code, read_sheet, sheet_path, write_sheet
from rejoinder.coding.session import Sitting
from rejoinder.corpus.codings import values_of
from rejoinder.corpus.load import load
from rejoinder.discussion import Discussion
from rejoinder.display import quote
from rejoinder.errors import CodingsError
from rejoinder.html import safe
from rejoinder.report.reading import thread
from rejoinder.report.widgets import box, script, set_class, style

# What seeds/CODING.md has the coder ask.
QUESTIONS = {
    "tone": "What feeling do the words show, toward anybody or anything?",
    "sarcasm": "Do words say the opposite of what is meant, or mock by seeming to praise or agree?",
}
STANCE_QUESTION = "Do the words of this comment speak for the statement or against it?"

_CODER = r"[\w-]{1,40}"  # fit for a file's name on any system
_MOVES = {"ArrowLeft": "← comment", "ArrowRight": "comment →", "ArrowUp": "↑ item", "ArrowDown": "↓ item"}
_KEYS = (
    "After a click on the desk: <kbd>1</kbd>–<kbd>5</kbd> answer, <kbd>←</kbd> <kbd>→</kbd> change the "
    "comment, <kbd>↑</kbd> <kbd>↓</kbd> the item; <kbd>N</kbd> begins a note, <kbd>Enter</kbd> ends it."
)


def desk(
    seed_id_or_path: str | Path,
    coder: str,
    *,
    folder: Path | None = None,
    n: int | None = None,
    order: int = 0,
) -> Desk:
    """The desk at which `coder` codes the comments of a seed; a cell that ends in it shows it.

    It goes on with the sheet `<seed>-<coder>.csv` in `folder` (unless given, that of `sheet_path`), at
    the first item without a value. Where there is no such sheet it writes one; `n` and `order` are those
    of `coding.blank_sheet`, and do nothing to a sheet that exists.

    Raises CodingsError for a coder's name that is not fit for a file's, for a discussion without
    comments, for a bad `n`, and where the sheet does not fit the text or cannot be read or written;
    and what `load` raises.
    """
    if not re.fullmatch(_CODER, coder):
        raise CodingsError(
            f"the coder {coder!r} cannot be part of a file's name",
            remedy="Use 1 to 40 letters, digits, - and _.",
        )
    talk = load(seed_id_or_path)
    if talk.comments.empty:
        raise CodingsError("has no comments", file=talk.source.path, remedy="Look at its layout.")
    path = sheet_path(talk, coder).absolute()
    path = path if folder is None else Path(folder).absolute() / path.name
    if not path.exists():
        write_sheet(talk, path, n=n, order=order)
    read_sheet(path, talk)
    return Desk(Sitting(talk, path))


class Desk(VBox):
    """The widget for a sitting; `desk` makes one.

    What is shown: `head`, `comment`, `question`, `message`. What acts: `values` (a button for each
    value of the item), `note`, `items` (a button for each) and `moves` (a button for each arrow key).
    """

    def __init__(self, sitting: Sitting):
        super().__init__()
        self._at, self._drawn = sitting, 0
        self.head, self.comment, self.question, self.message = HTML(), HTML(), HTML(), HTML()
        self.note = Textarea(placeholder="Note: the words that decided it", continuous_update=False)
        self.note.layout.width = "auto"
        self.note.observe(self._typed, "value")
        most = max(len(values_of(item)) for item in sitting.items)
        self.values = [self._button(f"rj-key-{at + 1}", self._answer, at) for at in range(most)]
        self.items = {item: self._button("rj-item", self._turn_to, item) for item in sitting.items}
        self.moves = {key: self._button(f"rj-key-{key}", self._move, key) for key in _MOVES}
        back, on, up, down = self.moves.values()
        question = box("rj-question", [self.question])
        ask = [self.comment, question, box("rj-values", self.values), self.note, self.message]
        columns = [
            box("rj-ask", ask, VBox),
            box("rj-list", [*self.items.values(), box("rj-steps", [up, down])]),
        ]
        rules = f"<summary>How to code</summary>{_readable(how_to_code(sitting.talk))}"
        self.children = [
            style("desk.css", f"<p>{_KEYS}</p>"),
            box("rj-head", [back, on, self.head]),
            box("rj-columns", columns),
            HTML(f'<details class="rj-rules">{rules}</details>'),
            script("desk.js"),
        ]
        self.add_class("rj-desk")
        self._draw("")

    def __repr__(self) -> str:
        return f"The coding desk on {self._at.path.name}"

    def _button(self, cls: str, act: Callable[[object], str], about: object) -> Button:
        button = Button(description=_MOVES.get(about, ""))
        button.add_class(cls)
        button.on_click(lambda _: self._do(partial(act, about)))
        return button

    def _do(self, act: Callable[[], str]) -> None:
        """Act, then show where that led and what it says, or why it could not be done."""
        said, problem = "This was interrupted. Please do it again.", True
        try:
            said, problem = act(), False
        except CodingsError as error:
            said = str(error)
        finally:  # whatever happens: until it is drawn the page takes no other click
            self._draw(said, problem=problem)

    def _answer(self, at: int) -> str:
        values = values_of(self._at.item)
        if at >= len(values):
            return f"There are only {len(values)} values here."
        return "" if self._at.answer(values[at]) else "Every comment is answered. Thank you!"

    def _typed(self, change: dict) -> None:
        if change["new"] != self._at.note:  # otherwise it was put into the field by `_draw`
            self._do(partial(self._take_note, change["new"]))

    def _take_note(self, text: str) -> str:
        return "" if self._at.take_note(text) else "The note will be saved together with the answer."

    def _turn_to(self, item: str) -> str:
        self._at.turn_to_item(item)
        return ""

    def _move(self, key: str) -> str:
        by_item = key in ("ArrowUp", "ArrowDown")
        along = self._at.items if by_item else self._at.ids
        here = along.index(self._at.item if by_item else self._at.comment_id)
        there = here + (1 if key in ("ArrowRight", "ArrowDown") else -1)
        if not 0 <= there < len(along):
            return "There is none in this direction."
        (self._at.turn_to_item if by_item else self._at.turn_to_comment)(along[there])
        return ""

    def _draw(self, said: str, *, problem: bool = False) -> None:
        at, comments = self._at, self._at.talk.comments
        place = f"Comment {at.ids.index(at.comment_id) + 1} of {len(at.ids)}"
        waiting = f" · <b>notes not saved yet: {len(at.waiting)}</b>" if at.waiting else ""
        self.head.value = (
            f'<b>{place}</b> · <progress max="{at.total}" value="{at.given}"></progress> '
            f"{at.given} of {at.total} answers, saved in {safe(at.path.name)}{waiting}"
        )
        ids = thread(comments, at.comment_id)
        above = "".join(quote(comments.loc[one, "text"], one).html for one in ids)
        answered = (
            f"<p>It answers, oldest first: {safe(', '.join(ids))}</p>"
            f'<div class="rj-thread"><div>{above}</div></div>'
        )
        this = quote(comments.loc[at.comment_id, "text"], at.comment_id).html
        self.comment.value = f'{answered if ids else ""}<div class="rj-text">{this}</div>'
        self.question.value = _question(at.talk, at.item)
        self.note.value = at.note
        values = values_of(at.item)
        for number, button in enumerate(self.values):
            there = number < len(values)
            button.layout.display = None if there else "none"
            button.description = f"{number + 1} {values[number]}" if there else ""
            set_class(button, "rj-chosen", there and values[number] == at.value(at.item))
        for item, button in self.items.items():
            draft = " ✎" if (at.comment_id, item) in at.waiting else ""
            button.description = f"{item} · {at.value(item) or '–'}{draft}"
            set_class(button, "rj-here", item == at.item)
        cls = "rj-problem" if problem else "rj-said"
        self.message.value = f'<div class="{cls}" role="alert">{safe(said)}</div>' if said else ""
        # Last of all, and in one step: a new class lets the page take the next click.
        kept = [one for one in self._dom_classes if not one.startswith("rj-drawn-")]
        self._drawn += 1
        self._dom_classes = (*kept, f"rj-drawn-{self._drawn}")


def _question(talk: Discussion, item: str) -> str:
    if item in QUESTIONS:
        return f"<p>{item}</p><p><b>{QUESTIONS[item]}</b></p>"
    claim = talk.codebook.claims.loc[item]
    return (
        f"<p>{safe(item)} · {safe(claim['kind'])}</p><p><b>{safe(claim['text'])}</b></p>"
        f"<p>In the author's words: “{safe(claim['quote'])}”</p><p>{STANCE_QUESTION}</p>"
    )


def _readable(markdown: str) -> str:
    """Headings, tables, lists, bold, italics and code of `markdown` as HTML; the rest is plain text."""
    html = []
    for block in re.split(r"\n{2,}", safe(markdown).strip()):
        for mark, tag in ((r"`", "code"), (r"\*\*", "b"), (r"\*", "i")):
            block = re.sub(rf"{mark}(?! )(.+?){mark}", rf"<{tag}>\1</{tag}>", block, flags=re.DOTALL)
        if block.startswith("#"):
            html.append(f"<h4>{block.lstrip('# ')}</h4>")
        elif block.startswith("|"):
            rows = [line.strip("| ").split(" | ") for line in block.splitlines() if line.strip("|- ")]
            cells = (f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
            html.append(f"<table>{''.join(cells)}</table>")
        else:
            html.append(f"<p>{re.sub('^- ', '• ', block).replace(chr(10) + '- ', '<br>• ')}</p>")
    return "".join(html)
