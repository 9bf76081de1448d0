"""Nothing that a notebook shows can run, load or mislead; what it names is linked."""

import re

import pandas as pd
import pytest

from rejoinder import display
from rejoinder.errors import ReportError
from rejoinder.report.sanitize import cleaned

PLACES = {
    "c01": "comments.html#comment-c01",
    "line 12": "article.html#line-11",
    "article": "article.html",
}
LONG = "“It is c01 or line 12 that says so, in words enough for a long cell.”"


def clean(html, **options):
    return cleaned(html, "00_whole.ipynb", **{"hrefs": {}, "places": {}, **options})


def links(html):
    return dict(reversed(one) for one in re.findall(r'<a href="([^"]+)">([^<]+)</a>', html))


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://elsewhere.example/x.png" alt="x">',
        '<script src="//elsewhere.example/x.js"></script>',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<iframe src="https://elsewhere.example/"></iframe>',
        '<p style="background: url(https://elsewhere.example/x.png)">x</p>',
        '<style>@import "https://elsewhere.example/x.css";</style>',
    ],
)
def test_a_reference_to_another_host_is_refused(html):
    with pytest.raises(ReportError) as refused:
        clean(html)
    assert refused.value.file == "00_whole.ipynb"
    assert "elsewhere.example" in refused.value.problem


def test_what_could_run_does_not_survive():
    html = clean(
        "<script>document.title='owned'</script>"
        "<b onclick=\"alert('owned')\">bold</b>"
        '<a href="javascript:owned()">a</a> <a href="data:text/html,owned">b</a>'
        "<svg onload=\"owned()\"></svg><form action='owned'></form>"
        '<math><mtext><table><mglyph><style><img src="data:," onerror="owned()">'
    )
    assert "bold" in html
    gone = r'<script|document\.title|onclick=|href="(javascript|data)|<svg|<form|<img[^>]*onerror'
    assert not re.search(gone, html)


def test_our_own_markup_survives():
    quoted = display.quote("good & <bad>", "c01, line 1", mark=[(0, 4, "positive")]).html
    table = display.table(pd.DataFrame({"n": ["yes"]}, index=["a"]), symbols={"yes": "●"})
    html = clean(quoted + table.html + "<details><summary>x</summary></details>")
    for kept in (
        'class="rj-quote tex2jax_ignore mathjax_ignore"',
        '<blockquote dir="auto">',
        '<span class="rj-mark rj-positive">good<sup>+</sup></span> &amp; &lt;bad&gt;',
        '<th class="rj-text" dir="auto" scope="row">a</th>',
        'tabindex="0"',
        '<span aria-label="yes" role="img" title="yes">●</span>',
        "<details><summary>x</summary></details>",
    ):
        assert kept in html


def test_links_to_notebooks_become_links_to_pages():
    html = clean('<a href="01_who.ipynb#x">who</a>', hrefs={"01_who.ipynb": "01_who.html"})
    assert html == '<a href="01_who.html#x">who</a>'


@pytest.mark.parametrize(("shown", "linked"), [
    (display.quote("words", "c01, line 3"), {"c01": PLACES["c01"]}),
    (display.quote("words", "the author, line 12"), {"line 12": PLACES["line 12"]}),
    (display.quote("words", "the author, lines 12–14"), {"lines 12": PLACES["line 12"]}),
    (display.quote("words", "so says [article, c01]"), {k: PLACES[k] for k in ("article", "c01")}),
    (display.quote("words", "the article, an article [not one]"), {}),
    (display.quote("words", "c010, xc01, c01-b, line 120"), {}),
    (display.quote("c01 says line 12", "x"), {}), (display.table(pd.DataFrame({"text": [LONG]})), {}),
    (display.table(pd.DataFrame({"text": [f"{LONG} (c01)"]})), {"c01": PLACES["c01"]}),
    (
        display.table(pd.DataFrame({"text": [f"{LONG} (the author, line 12)"]})),
        {"line 12": PLACES["line 12"]},
    ),
    (
        display.table(pd.DataFrame({"line": [12, 13]}, index=["c01", "c02"])),
        {"c01": PLACES["c01"], "12": PLACES["line 12"]},
    ),
])  # fmt: skip
def test_what_a_page_names_is_linked_and_what_somebody_wrote_is_not(shown, linked):
    html = clean(shown.html, places=PLACES)
    assert links(html) == linked
    assert html.count("<a ") == len(linked)


def test_the_cells_of_a_wide_table_bear_the_names_of_their_columns():
    wide = pd.DataFrame({"a": ["x"], "b": ["y"], "c <d>": ["z"], "e": [1]})
    html = clean(display.table(wide).html)
    assert re.findall('data-head="([^"]+)"', html) == ["a", "b", "c &lt;d&gt;", "e"]
    assert 'class="stack"' in html
    assert "data-head" not in clean(display.table(wide[["a", "b"]]).html)


def test_an_empty_cell_can_be_left_out_on_a_narrow_screen():
    wide = pd.DataFrame({"a": ["x", "–"], "b": [["c01"], []], "c": ["", "y"], "d": [1.0, None]})
    html = clean(display.table(wide).html)
    assert html.count("rj-none") == 4


@pytest.mark.parametrize(("columns", "kind"), [(3, "signs"), (11, "signs"), (12, "stack"), (30, "stack")])
def test_a_table_of_signs_stays_one_while_it_fits_a_narrow_screen(columns, kind):
    frame = pd.DataFrame({f"k{at}": ["agree"] for at in range(columns)}, index=["c01"])
    assert f'<table class="{kind}">' in clean(display.table(frame, symbols={"agree": "✓"}).html)


@pytest.mark.parametrize(("name", "other", "why"), [
    ("00_whole.ipynb", "09_how.ipynb", "needs coded comments"),
    ("00_whole.ipynb", "12_what.ipynb", "about many articles"),
    ("12_what.ipynb", "00_whole.ipynb", "about one article"),
])  # fmt: skip
def test_link_to_a_page_that_is_not_there_says_why(name, other, why):
    html = cleaned(f'<a href="{other}">that</a>', name, hrefs={}, places={})
    assert "<a" not in html and why in html
