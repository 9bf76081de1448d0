"""The pages of a report made from executed notebooks, with a template of nbconvert of our own."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from itertools import count
from pathlib import Path

from nbformat import NotebookNode, from_dict, v4

from rejoinder import draft
from rejoinder.discussion import Discussion
from rejoinder.errors import ReportError
from rejoinder.html import visible
from rejoinder.report import appendix
from rejoinder.report.build import DATA
from rejoinder.report.find import Finder
from rejoinder.report.page import OF_ARCHIVES, Page, headings
from rejoinder.report.run import SHOWN, code_cells, execute, read_notebooks

_TEMPLATE = Path(__file__).with_name("template")
_OF_CODINGS = ("08_", "09_")  # have nothing to show before there are any


def write_pages(
    folder: Path,
    on: Discussion | str,
    notebooks: Path,
    *,
    run_in: Path,
    given: str,
    receipt: dict[str, str],
) -> None:
    """Run the `notebooks` with `run_in` as working folder, and write the pages of a report into `folder`.

    It is on a discussion, or on an archive of that name. The cell of parameters names either as `given`
    when it runs, and on the page as the receipt does. Raises ReportError naming the notebook and what is
    wrong.
    """
    talk = None if isinstance(on, str) else on
    left_out = () if talk is None or len(talk.codings) else _OF_CODINGS
    sources = {
        name: one
        for name, one in read_notebooks(notebooks).items()
        if name.startswith(OF_ARCHIVES) == (talk is None) and not name.startswith(left_out)
    }
    parameter = "ARCHIVE" if talk is None else "SEED"
    questions = {}
    for name, notebook in sources.items():
        _set(parameter, name, notebook, given)
        href = f"{Path(name).stem}.html" if questions else "index.html"
        title = next((title for level, title in headings(notebook) if level == 1), Path(name).stem)
        number = re.match(r"0*(\d+)_|", name)[1] or ""
        questions[name] = Page(href, title, notebook, number)
    hrefs = {name: page.href for name, page in questions.items()}

    def write(page: Page, name: str) -> None:
        # Imported when the first notebook is done: until then the kernels need the processor.
        from rejoinder.report.sanitize import cleaned

        behind, places = site.result()
        exporter = _exporter()
        clean = partial(cleaned, name=name, hrefs=hrefs, places=places)
        # The pages of article and comments are made here, of escaped text only, and can be very long.
        exporter.register_filter("clean", clean if name in questions else lambda html: html)
        resources = {
            "at": [other.href for other in (*questions.values(), *behind)].index(page.href),
            "questions": [page if one.href == page.href else one for one in questions.values()],
            "behind": behind,
            "here": page,
            "sections": page.sections(talk.comments.index if talk else ()),
            "number": partial(next, count(1)),
            "seed": visible(talk.seed if talk else on),
            "title": visible(talk.title or talk.seed if talk else on),
            "receipt": {
                what: value if len(value) < 64 else value[:12] for what, value in receipt.items()
            },
        }
        html, _ = exporter.from_notebook_node(page.notebook, resources)
        (folder / page.href).write_text(html, encoding="utf-8", newline="\n")

    def finish(name: str, executed: NotebookNode) -> None:
        _set(parameter, name, executed, receipt["seed"])
        shortened = _without_empty_sections(_answer_first(executed))
        write(replace(questions[name], notebook=shortened), name)

    # The pages of article and comments are made while the first notebooks run.
    with ThreadPoolExecutor(1) as beside:
        site = beside.submit(_behind, talk)
        execute(sources, run_in, then=finish, files=folder / DATA)
        for page in site.result()[0]:
            write(page, page.href)


def _behind(talk: Discussion | None) -> tuple[list[Page], dict[str, str]]:
    """The pages of article and comments, and where on them each comment, line and group is."""
    if talk is None:
        return [], {}
    talk = draft.fill(talk)
    places = appendix.places(talk)
    finder = Finder(talk, places)
    return [*appendix.pages(talk), *finder.pages()], finder.places | places


def _set(parameter: str, name: str, notebook: NotebookNode, value: str) -> None:
    line = re.compile(rf"^{parameter} = .*$", re.MULTILINE)
    tagged = [c for c in code_cells(notebook) if "parameters" in c.metadata.get("tags", [])]
    if [len(line.findall(cell.source)) for cell in tagged] != [1]:
        what = f"does not have one cell tagged `parameters` with one line `{parameter} = …`"
        remedy = "Add the line, and the tag in JupyterLab's Property Inspector."
        raise ReportError(what, file=name, remedy=remedy)
    tagged[0].source = line.sub(lambda _: f"{parameter} = {value!r}", tagged[0].source)


def _answer_first(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its short answer right below its title."""
    cells = list(notebook.cells)
    shown = ["".join(o.get("data", {}).get("text/html", "") for o in c.get("outputs", [])) for c in cells]
    at = next((i for i, html in enumerate(shown) if 'class="rj-say' in html), None)
    if at is None or cells[0].cell_type != "markdown":
        return notebook
    title, _, rest = cells[0].source.partition("\n")
    head = v4.new_markdown_cell(title, id="title")
    text = from_dict({**cells[0], "source": rest.strip()})
    return from_dict({**notebook, "cells": [head, cells[at], text, *cells[1:at], *cells[at + 1 :]]})


def _without_empty_sections(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the sections in which code ran and nothing was shown."""
    sections: list[list[NotebookNode]] = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            sections.append([])
        sections[-1].append(cell)
    kept = sections[0]
    for own in sections[1:]:
        code = [cell for cell in own if cell.cell_type == "code"]
        kept += own if not code or any(cell.outputs for cell in code) else []
    return from_dict({**notebook, "cells": kept})


@cache
def _exporter():
    from nbconvert import HTMLExporter  # in here for the same reason
    from traitlets.config import Config

    return HTMLExporter(
        template_name=_TEMPLATE.name,
        extra_template_basedirs=[str(_TEMPLATE.parent)],
        exclude_anchor_links=True,
        config=Config({"NbConvertBase": {"display_data_priority": list(SHOWN)}}),
    )
