"""The pages of a report made from executed notebooks, by a template of nbconvert of our own."""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from rejoinder.discussion import Discussion
from rejoinder.errors import ReportError
from rejoinder.html import visible
from rejoinder.report import appendix, methods
from rejoinder.report.execution_cache import Kept
from rejoinder.report.page import Page, answer_first, title_of
from rejoinder.report.run import SHOWN, code_cells, execute, read_notebooks
from rejoinder.report.sanitize import cleaned

if TYPE_CHECKING:
    from nbconvert import HTMLExporter

_TEMPLATE = Path(__file__).with_name("template")
_SEED_LINE = re.compile(r"^SEED = .*$", re.MULTILINE)


def write_pages(
    folder: Path,
    talk: Discussion,
    notebooks: Path,
    *,
    given: str,
    shown: str,
    kept: Kept,
    keys: Mapping[str, str],
    fresh: bool,
) -> None:
    """Write the pages of a report into `folder`, running the notebooks that are not kept.

    The cell of parameters names the seed as `given` when it runs, and as `shown` on the page; `keys` are
    those of the notebooks, by name. Raises ReportError naming the notebook and what is wrong.
    """
    sources = read_notebooks(notebooks)
    for name, notebook in sources.items():
        _set_seed(name, notebook, given)
    # What stands behind the questions is made while the first notebooks run.
    with ThreadPoolExecutor(1) as beside:
        site = beside.submit(_Site.of, talk, shown, sources)

        def finish(name: str, executed: NotebookNode) -> None:
            kept.keep(name, keys[name], executed)
            site.result().write_question(folder, name, executed)

        ready = {} if fresh else {name: kept.executed(name, keys[name]) for name in sources}
        execute({n: s for n, s in sources.items() if not ready.get(n)}, notebooks, then=finish)
        for name, executed in ready.items():
            if executed:
                site.result().write_question(folder, name, executed)
        site.result().write_behind(folder)


def _set_seed(name: str, notebook: NotebookNode, seed: str) -> None:
    tagged = [c for c in code_cells(notebook) if "parameters" in c.metadata.get("tags", [])]
    if [len(_SEED_LINE.findall(cell.source)) for cell in tagged] != [1]:
        raise ReportError(
            "does not have one cell tagged `parameters` with one line `SEED = …`",
            file=name,
            remedy="Add the line, and the tag in JupyterLab's Property Inspector.",
        )
    tagged[0].source = _SEED_LINE.sub(lambda _: f"SEED = {seed!r}", tagged[0].source)


@dataclass(frozen=True)
class _Site:
    """What every page of a report says: which pages there are, and of what they were made."""

    talk: Discussion
    shown: str
    questions: dict[str, Page]
    behind: list[Page]

    @classmethod
    def of(cls, talk: Discussion, shown: str, notebooks: Mapping[str, NotebookNode]) -> _Site:
        first = next(iter(notebooks))
        questions = {
            name: Page(
                "index.html" if name == first else f"{Path(name).stem}.html",
                title_of(one) or Path(name).stem,
                one,
            )
            for name, one in notebooks.items()
        }
        return cls(talk, shown, questions, [methods.page(talk), *appendix.pages(talk)])

    def write_question(self, folder: Path, name: str, executed: NotebookNode) -> None:
        _set_seed(name, executed, self.shown)
        self._write(folder, replace(self.questions[name], notebook=answer_first(executed)), name)

    def write_behind(self, folder: Path) -> None:
        for page in self.behind:
            self._write(folder, page, page.href)

    def _write(self, folder: Path, page: Page, name: str) -> None:
        exporter = _exporter()
        exporter.register_filter(
            "clean", partial(cleaned, name=name, hrefs=self._hrefs, places=self._places)
        )
        all_pages = [*self.questions.values(), *self.behind]
        resources = {
            "at": [other.href for other in all_pages].index(page.href),
            "questions": list(self.questions.values()),
            "behind": self.behind,
            "here": page,
            "seed": visible(self.talk.seed),
            "sha256": self.talk.source.sha256,
            "made_with": _versions(),
        }
        html, _ = exporter.from_notebook_node(page.notebook, resources)
        (folder / page.href).write_text(html, encoding="utf-8", newline="\n")

    @cached_property
    def _hrefs(self) -> dict[str, str]:
        return {name: page.href for name, page in self.questions.items()}

    @cached_property
    def _places(self) -> dict[str, str]:
        return appendix.places(self.talk)


@cache
def _versions() -> list[str]:
    needed = (re.match(r"[\w-]+", one)[0] for one in metadata.requires("rejoinder") if ";" not in one)
    return [
        f"rejoinder {metadata.version('rejoinder')}",
        f"Python {platform.python_version()}",
        *(f"{name} {metadata.version(name)}" for name in needed),
    ]


@cache
def _exporter() -> HTMLExporter:
    # Imported when the first notebook is done: until then the kernels have the processor.
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    return HTMLExporter(
        template_name=_TEMPLATE.name,
        extra_template_basedirs=[str(_TEMPLATE.parent)],
        exclude_anchor_links=True,
        config=Config({"NbConvertBase": {"display_data_priority": list(SHOWN)}}),
    )
