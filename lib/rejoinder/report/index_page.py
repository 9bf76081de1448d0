"""The front page of a report: every question with its short answer and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rejoinder.answers.answer import Answer
from rejoinder.display import link
from rejoinder.html import Fragment, block, escaped, visible


def front(answers: Sequence[Answer], held: Mapping[str, str]) -> Fragment:
    """The `answers` below one another, each with a link to its notebook.

    `held` says, by the number of the notebook ("03"), what becomes of its headline where one comment is
    left out; a notebook that is not in it has none that could.
    """
    parts = [_entry(answer, held.get(answer.notebook[:2])) for answer in answers]
    return block(
        "rj-front", "".join(part.html for part in parts), "\n\n".join(part.plain for part in parts)
    )


def _entry(answer: Answer, held: str | None) -> Fragment:
    question = link(answer.question, f"{answer.notebook}.ipynb")
    rows = {"How sure": answer.sure, "One left out": held}
    told = {name: text for name, text in rows.items() if text}
    html = (
        f'<h3 style="margin:1.2em 0 0.2em">{question.html}</h3>'
        f'<p class="rj-answer" style="margin:0.2em 0">{escaped(answer.short)}</p>'
    )
    html += "".join(
        f'<p class="rj-sure" style="margin:0.2em 0;font-size:0.9em"><b>{name}:</b> {escaped(text)}</p>'
        for name, text in told.items()
    )
    lines = [answer.question, answer.short, *(f"{name}: {text}" for name, text in told.items())]
    return block("rj-entry", html, "\n".join(map(visible, lines)), "max-width:48em")
