"""What the pages of a report have in common: an address, a title, and cells to show."""

from __future__ import annotations

import re
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from rejoinder.html import Fragment

_TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)
_SECTION = re.compile(r"^## +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page: the file it becomes, its title, and the notebook it is made from."""

    href: str
    title: str
    notebook: NotebookNode

    @property
    def sections(self) -> list[dict[str, str]]:
        """Its second headings: `title` and `anchor`."""
        texts = (cell.source for cell in self.notebook.cells if cell.cell_type == "markdown")
        titles = [title.strip() for text in texts for title in _SECTION.findall(text)]
        return [{"title": title, "anchor": anchor_of(title)} for title in titles]


def anchor_of(heading: str) -> str:
    """The id that a heading has on its page."""
    return "-".join(["section", *re.findall(r"\w+", heading.lower())])


def page_of(href: str, title: str, *cells: str | Fragment) -> Page:
    """A page of its own: strings are Markdown, fragments are shown as they are."""
    made = [nbformat.v4.new_markdown_cell(f"# {title}", id="title")]
    for at, cell in enumerate(cells):
        if isinstance(cell, Fragment):
            shown = nbformat.v4.new_output("display_data", {"text/html": cell.html})
            made.append(nbformat.v4.new_code_cell("", outputs=[shown], id=f"cell-{at}"))
        else:
            made.append(nbformat.v4.new_markdown_cell(cell, id=f"cell-{at}"))
    return Page(href, title, nbformat.v4.new_notebook(cells=made))


def title_of(notebook: NotebookNode) -> str | None:
    """The first heading of a notebook."""
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = next(filter(None, map(_TITLE.search, texts)), None)
    return heading[1].strip() if heading else None


def answer_first(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its short answer right below its title: that is what a reader came for."""
    cells = list(notebook.cells)
    at = next((i for i, cell in enumerate(cells) if _says(cell)), None)
    if at is None or cells[0].cell_type != "markdown":
        return notebook
    title, _, rest = cells[0].source.partition("\n")
    head = nbformat.v4.new_markdown_cell(title, id="title")
    text = nbformat.from_dict({**cells[0], "source": rest.strip()})
    return nbformat.from_dict(
        {**notebook, "cells": [head, cells[at], text, *cells[1:at], *cells[at + 1 :]]}
    )


def _says(cell: NotebookNode) -> bool:
    shown = (output.get("data", {}).get("text/html", "") for output in cell.get("outputs", []))
    return any('class="rj-say' in html for html in shown)
