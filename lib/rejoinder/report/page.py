"""What the pages of a report have in common: an address, a title, and cells to show."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from html import escape

from nbformat import NotebookNode, v4

OF_ARCHIVES = ("12_",)  # how the names of notebooks about many articles begin

_MARKUP = re.compile(r"[\\`*_{}\[\]()#+.!<>|~-]")  # of Markdown: a title may hold the id of a comment
_NAME = re.compile(r"(?<![\w-])\w[\w-]*")
_HEADING = re.compile(r"^(##?) +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page: the file it becomes, its title, the notebook it is made from, the number in its name, and
    how many comments, statements, … it holds (None: not counted). Of several pages of one kind only the
    first is in the contents."""

    href: str
    title: str
    notebook: NotebookNode
    number: str = ""
    count: int | None = None
    first: bool = True

    def sections(self, ids: Container[str]) -> list[dict[str, object]]:
        """Its second-level headings: `title`, `anchor`, and `count`: how many of the `ids` of comments
        stand in the section."""
        found = []
        for cell in self.notebook.cells:
            if cell.cell_type == "markdown":
                titles = (title for level, title in _headings(cell) if level == 2)
                found += [{"title": one, "anchor": anchor_of(one), "ids": set()} for one in titles]
            elif found:
                shown = " ".join(
                    str(output.get("data", {}).get("text/html", "")) for output in cell.outputs
                )
                found[-1]["ids"] |= {one for one in _NAME.findall(shown) if one in ids}
        return [{**one, "count": len(one["ids"])} for one in found]


def headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """The first- and second-level headings of a notebook: level and text."""
    return [one for cell in notebook.cells if cell.cell_type == "markdown" for one in _headings(cell)]


def _headings(cell: NotebookNode) -> list[tuple[int, str]]:
    return [(len(signs), title.strip()) for signs, title in _HEADING.findall(cell.source)]


def anchor_of(heading: str) -> str:
    """The id that a heading has on its page."""
    return "-".join(["section", *re.findall(r"\w+", heading.lower())])


def page_of(
    href: str, title: str, about: str, html: str, *, count: int | None = None, first: bool = True
) -> Page:
    """A page with a title, a paragraph of Markdown below it, and then `html` as it is."""
    plain = _MARKUP.sub(r"\\\g<0>", title)
    heads = [v4.new_markdown_cell(f"# {plain}", id="title"), v4.new_markdown_cell(about, id="about")]
    shown = v4.new_output("display_data", {"text/html": html})
    cells = [*heads, v4.new_code_cell("", outputs=[shown], id="shown")]
    return Page(href, title, v4.new_notebook(cells=cells), count=count, first=first)


def self_link(anchor: str) -> str:
    """A link of a part of a page to itself, to be copied."""
    return f'<a class="rj-anchor" href="#{escape(anchor)}" aria-label="Link to this">#</a>'
