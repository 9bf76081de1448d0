"""What a notebook shows, made safe and fit for a page of the report.

Library output is already escaped; here everything is cleaned a second time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from nbconvert.preprocessors.sanitize import SanitizeHTML

from rejoinder.errors import ReportError
from rejoinder.report.page import OF_ARCHIVES, anchor_of, self_link

_TAGS = """a abbr article b bdi blockquote br caption code col colgroup dd del details div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p pre s small span strong sub summary
    sup table tbody td tfoot th thead tr ul var"""
_ATTRIBUTES = "aria-label class colspan data-head dir id lang role rowspan scope start tabindex title"
_HREF = re.compile(r"(https?://|mailto:|#|[\w-]+\.(html|ipynb)\b|data/[\w-]+\.(csv|png|svg)$)\S*")
# What a browser would load something for; the cleaning removes it in any case.
_LOADING = """link, [src]:not([src^="data:"]), [srcset], [poster], object[data], [style*="url(" i],
    style:-soup-contains("@import", "url(")"""

# Where a page itself names comments and lines; quoted words are left alone.
_NAMING = ".rj-source, .rj-sure, .rj-answer, .rj-caption p, .rj-facts dd, th, td:not(.rj-long)"
# The word "article" only as [article], where a sentence names what it rests on.
_NAMED = re.compile(
    r"(?<=\[)article(?=[,\]])|(?<![\w-])(?:lines? \d+|(?!article\b)[A-Za-z_][\w-]*)(?![\w-])"
)
_ALL = re.compile(r".*", re.DOTALL)
# The source of a quotation in a table cell, as in “…” (the author, line 12).
_SOURCE = re.compile(r"(?<=\()(?:the author, )?[\w-]+(?: [\d–-]+)?\)$")
_WIDE_TABLE = 4  # columns from which a narrow screen stacks the cells of a row
_MOST_SIGNS = 12  # columns of a table of signs that fit on a narrow screen


def _why(name: str, other: str) -> str:
    """Why the report with a page of the one notebook has none of the other."""
    if name.startswith(OF_ARCHIVES) or other.startswith(OF_ARCHIVES):
        return "it is about one article" if name.startswith(OF_ARCHIVES) else "it is about many articles"
    return "it needs coded comments"


def cleaned(html: str, name: str, *, hrefs: Mapping[str, str], places: Mapping[str, str]) -> str:
    """`html` without anything that could run.

    Links to notebooks become links to pages (`hrefs`), and the names of comments and lines become links
    to where these stand (`places`). Raises ReportError, with the `name` of the notebook, if it would load
    anything.
    """
    soup = BeautifulSoup(html, "html.parser")
    if loading := soup.select_one(_LOADING):
        remedy = "Show figures and tables with rejoinder.display, which carry all they need."
        what = f"would make the page load something: {str(loading)[:200]}"
        raise ReportError(what, file=name, remedy=remedy)
    for element in soup(["script", "style"]):
        element.decompose()
    for missing in soup.select('a[href*=".ipynb"]:not([href^="http"])'):
        if missing["href"].partition("#")[0] not in hrefs:  # a notebook that this report leaves out
            missing.insert_after(f" (no page here: {_why(name, missing['href'])})")
            missing.unwrap()
    for heading in soup(["h2", "h3"]):
        heading["id"] = anchor_of(heading.get_text())
        heading.append(BeautifulSoup(self_link(heading["id"]), "html.parser"))
    for more in soup.select(".rj-all"):
        if place := places.get(more["id"]):
            more.string.wrap(soup.new_tag("a", href=place))
        del more["id"]
    for selector, within in ((_NAMING, _ALL), ("td.rj-long", _SOURCE)):
        for element in soup.select(selector):
            _link_names(soup, element, places, within)
    for table in soup("table"):
        _fit_table(soup, table, places)
    safe = SanitizeHTML(tags=_TAGS.split(), attributes=_harmless).sanitize_html_tags(str(soup))
    return re.sub(r'(?<=href=")[\w-]+\.ipynb', lambda link: hrefs.get(link[0], link[0]), safe)


def _harmless(tag: str, attribute: str, value: str) -> bool:
    if attribute == "href":
        return tag == "a" and _HREF.fullmatch(value) is not None
    return attribute in _ATTRIBUTES.split()


def _link_names(soup: BeautifulSoup, element: Tag, places: Mapping[str, str], within: re.Pattern) -> None:
    for text in element.find_all(string=True):
        part = within.search(text)
        if not part or text.find_parent(["a", "blockquote"]):
            continue
        at, parts = 0, []
        for found in _NAMED.finditer(text, *part.span()):
            if place := places.get(found[0].replace("lines ", "line ")):
                link = soup.new_tag("a", href=place)
                link.string = found[0]
                parts += [text[at : found.start()], link]
                at = found.end()
        if parts:
            text.replace_with(*parts, text[at:])


def _fit_table(soup: BeautifulSoup, table: Tag, places: Mapping[str, str]) -> None:
    """Name the column in each cell of a wide table, and link the numbers of a column of lines."""
    heads = [head.get_text() for head in table.select("thead tr:last-child > *")]
    # A table of signs is narrow: on a phone, a dozen columns stand beside one another.
    signs = table.select_one("td [role=img]") and len(heads) <= _MOST_SIGNS
    wide = not signs and (len(heads) >= _WIDE_TABLE or table.select(".rj-long"))
    if signs or wide:
        table["class"] = [*table.get("class", []), "signs" if signs else "stack"]
    for row in table.select("tbody tr"):
        cells = row.find_all(["td", "th"], recursive=False)
        for cell, head in zip(cells, heads, strict=False):
            if head == "line" and (place := places.get(f"line {cell.get_text()}")):
                cell.string.wrap(soup.new_tag("a", href=place))
            if wide and cell.get_text() in ("", "–"):
                cell["class"] = [*cell.get("class", []), "rj-none"]  # nothing to read on a narrow screen
            if wide and head:
                cell["data-head"] = head
                held = soup.new_tag("div")  # keeps what the cell holds together, beside the column's name
                held.extend(list(cell.contents))
                cell.append(held)
