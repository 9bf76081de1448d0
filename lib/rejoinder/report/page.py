"""What the pages of a report have in common: an address, a title, and cells to show."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode, v4

_HEADING = re.compile(r"^(##?) +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page: the file it becomes, its title, the notebook it is made from, and the number in its
    name."""

    href: str
    title: str
    notebook: NotebookNode
    number: str = ""

    @property
    def sections(self) -> list[dict[str, str]]:
        """Its second-level headings: `title` and `anchor`."""
        titles = [title for level, title in headings(self.notebook) if level == 2]
        return [{"title": title, "anchor": anchor_of(title)} for title in titles]


def headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """The first- and second-level headings of a notebook: level and text."""
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return [(len(signs), title.strip()) for text in texts for signs, title in _HEADING.findall(text)]


def anchor_of(heading: str) -> str:
    """The id that a heading has on its page."""
    return "-".join(["section", *re.findall(r"\w+", heading.lower())])


def page_of(href: str, title: str, about: str, html: str) -> Page:
    """A page with a title, a paragraph of Markdown below it, and then `html` as it is."""
    heads = [v4.new_markdown_cell(f"# {title}", id="title"), v4.new_markdown_cell(about, id="about")]
    shown = v4.new_output("display_data", {"text/html": html})
    cells = [*heads, v4.new_code_cell("", outputs=[shown], id="shown")]
    return Page(href, title, v4.new_notebook(cells=cells))
