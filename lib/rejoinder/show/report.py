"""The report: the notebooks run on one seed, as pages that load nothing from anywhere.

Whatever a notebook shows is escaped by `page`, and cleaned a second time here.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from nbformat import NotebookNode

import rejoinder
from rejoinder.errors import ReportError
from rejoinder.read.loading import SEEDS
from rejoinder.show.run import SHOWN, code_cells, execute, read_notebooks

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from nbconvert import HTMLExporter

NOTEBOOKS = SEEDS.parent / "notebooks"

_TEMPLATE = Path(__file__).with_name("template")
_SEED_LINE = re.compile(r"^SEED = .*$", re.MULTILINE)

_TAGS = """a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption
    figure h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p pre s small span strong sub summary sup table
    tbody td tfoot th thead tr ul var"""
_ATTRIBUTES = """aria-label class colspan dir id lang role rowspan scope start tabindex
    title"""
_HREF = re.compile(r"(https?://|mailto:|#|[\w-]+\.(html|ipynb)\b)\S*")
_LOADING = ("src", "srcset", "data", "poster", "background", "xlink:href")
_LOADING_CSS = re.compile(r"(?:@import|url\()\s*[\"']?(?!data:|#)[^\"')]*", re.IGNORECASE)


def build(seed: str | Path, *, notebooks: Path = NOTEBOOKS, out: Path = Path("reports")) -> Path:
    """The index.html of a report on `seed`, an id in seeds/ or a path, in a folder of `out`.

    The first notebook becomes the index. The report appears when all of it is made; until then an
    earlier one is left as it was. The same seed and notebooks give the same bytes.

    Raises what `rejoinder.load` raises, and ReportError naming the notebook and what is wrong.
    """
    talk = rejoinder.load(seed)
    path = Path(seed)
    # A kernel runs in another folder; but a page should not name the folders of this machine.
    given, shown = (str(path.resolve()), path.name) if path.exists() else (str(seed), str(seed))
    pages = read_notebooks(notebooks)
    cells = {name: _seed_cell(name, notebook) for name, notebook in pages.items()}
    for cell in cells.values():
        _set_seed(cell, given)
    hrefs = {name: f"{Path(name).stem}.html" for name in pages} | {next(iter(pages)): "index.html"}
    site = {
        "pages": [{"href": hrefs[name], "title": _title(name, pages[name])} for name in pages],
        "seed": talk.seed,
        "sha256": talk.source.sha256,
        "made_with": _versions(),
    }
    target = Path(out) / talk.seed
    _check_replaceable(target)
    try:
        with _replaced_when_whole(target) as folder:

            def render(name: str, notebook: NotebookNode) -> None:
                _set_seed(cells[name], shown)
                html = _page(name, notebook, site, hrefs)
                (folder / hrefs[name]).write_text(html, encoding="utf-8", newline="\n")

            execute(pages, notebooks, then=render)
    except OSError as error:
        raise ReportError(
            f"cannot be written ({error.strerror})", file=target, remedy="Name another --out."
        ) from error
    except ReportError as error:
        left = "The earlier report is as it was." if target.exists() else "No report is left."
        remedy = f"{error.remedy} {left}"
        raise ReportError(error.problem, file=error.file, remedy=remedy) from None
    return target / "index.html"


def _check_replaceable(target: Path) -> None:
    """Raise ReportError if there is something at `target` that is no report: it would be lost."""
    if target.exists() and not (
        target.is_dir() and all(f.suffix == ".html" and f.is_file() for f in target.iterdir())
    ):
        raise ReportError(
            "holds something that is no report and would be lost",
            file=target,
            remedy="Name another folder with --out.",
        )


def _seed_cell(name: str, notebook: NotebookNode) -> NotebookNode:
    tagged = [c for c in code_cells(notebook) if "parameters" in c.metadata.get("tags", [])]
    if [len(_SEED_LINE.findall(cell.source)) for cell in tagged] != [1]:
        raise ReportError(
            "does not have one cell tagged `parameters` with one line `SEED = …`",
            file=name,
            remedy="Add the line, and the tag in JupyterLab's Property Inspector.",
        )
    return tagged[0]


def _set_seed(cell: NotebookNode, seed: str) -> None:
    cell.source = _SEED_LINE.sub(lambda _: f"SEED = {seed!r}", cell.source)


def _title(name: str, notebook: NotebookNode) -> str:
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    heading = next(filter(None, (re.search(r"^# +(.+)$", t, re.MULTILINE) for t in texts)), None)
    return heading[1].strip() if heading else Path(name).stem


def _versions() -> list[str]:
    needed = (re.match(r"[\w-]+", one)[0] for one in metadata.requires("rejoinder") if ";" not in one)
    return [
        f"rejoinder {metadata.version('rejoinder')}",
        f"Python {platform.python_version()}",
        *(f"{name} {metadata.version(name)}" for name in needed),
    ]


@contextmanager
def _replaced_when_whole(target: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `target` if nothing is raised meanwhile."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as temporary:
        new, old = Path(temporary) / "new", Path(temporary) / "old"
        new.mkdir()
        yield new
        if target.exists():
            target.rename(old)
        new.rename(target)


def _page(name: str, notebook: NotebookNode, site: dict, hrefs: dict[str, str]) -> str:
    exporter = _exporter()
    exporter.register_filter("clean", lambda html: _cleaned(name, html, hrefs))
    html, _ = exporter.from_notebook_node(notebook, {**site, "here": list(hrefs).index(name)})
    return html


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


def _cleaned(name: str, html: str, hrefs: dict[str, str]) -> str:
    """`html` with nothing in it that could run; ReportError if it would load anything."""
    from bs4 import BeautifulSoup
    from nbconvert.preprocessors.sanitize import SanitizeHTML

    soup = BeautifulSoup(html, "html.parser")
    if loaded := _loaded(soup):
        raise ReportError(
            f"would make the page load {loaded!r}",
            file=name,
            remedy="Show figures and tables with rejoinder.show.page, which carry all they need.",
        )
    for element in soup(["script", "style"]):
        element.decompose()
    sanitizer = SanitizeHTML(tags=_TAGS.split(), attributes=_harmless)
    return re.sub(
        r'(?<=href=")[\w-]+\.ipynb',
        lambda link: hrefs.get(link[0], link[0]),
        sanitizer.sanitize_html_tags(str(soup)),
    )


def _harmless(tag: str, attribute: str, value: str) -> bool:
    if attribute == "href":
        return tag == "a" and _HREF.fullmatch(value) is not None
    return attribute in _ATTRIBUTES.split()


def _loaded(soup: BeautifulSoup) -> str | None:
    """The first address that a browser would fetch to show `soup`; links to follow are none."""
    for element in soup.find_all(True):
        named = [element[key] for key in _LOADING if element.has_attr(key)]
        if element.name != "a" and element.has_attr("href"):
            named.append(element["href"])
        style = element.get("style", "") + (element.text if element.name == "style" else "")
        for address in [*named, *_LOADING_CSS.findall(style)]:
            if not address.startswith(("data:", "#")):
                return address
    return None
