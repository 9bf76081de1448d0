"""Nothing that a notebook shows can run, load or mislead; what it names is linked."""

import re

import pandas as pd
import pytest

from rejoinder import display
from rejoinder.errors import ReportError
from rejoinder.report.sanitize import cleaned

PLACES = {"c01": "comments.html#comment-c01", "line 12": "article.html#line-11"}


def clean(html, **options):
    return cleaned(html, "00_whole.ipynb", **{"hrefs": {}, "places": {}, **options})


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
def test_reference_to_another_host_is_refused(html):
    with pytest.raises(ReportError, match=r"00_whole.ipynb: would .* load '.*elsewhere\.example"):
        clean(html)


def test_what_could_run_does_not_survive():
    html = clean(
        "<script>document.title='owned'</script>"
        "<b onclick=\"alert('owned')\">bold</b>"
        '<a href="javascript:owned()">a</a> <a href="data:text/html,owned">b</a>'
        "<svg onload=\"owned()\"></svg><form action='owned'></form>"
        '<math><mtext><table><mglyph><style><img src="data:," onerror="owned()">'
    )
    assert "bold" in html
    for gone in (
        "<script",
        "document.title",
        "onclick=",
        'href="javascript',
        'href="data:text',
        "<svg",
        "<form",
    ):
        assert gone not in html
    assert not re.search(r"<img[^>]*onerror", html)


def test_our_own_markup_survives():
    quoted = display.quote("good & <bad>", "c01, line 1", mark=[(0, 4, "positive")]).html
    html = clean(quoted + display.table(pd.DataFrame({"n": [1]}, index=["a"])).html)
    for kept in (
        'class="rj-quote tex2jax_ignore mathjax_ignore"',
        '<blockquote dir="auto">',
        '<span class="rj-mark rj-positive">good<sup>+</sup></span> &amp; &lt;bad&gt;',
        '<th class="rj-text" dir="auto" scope="row">a</th>',
        'tabindex="0"',
    ):
        assert kept in html


def test_links_to_notebooks_become_links_to_pages():
    html = clean('<a href="01_who.ipynb#x">who</a>', hrefs={"01_who.ipynb": "01_who.html"})
    assert html == '<a href="01_who.html#x">who</a>'


@pytest.mark.parametrize(
    ("source", "linked"),
    [
        ("c01, line 3", {"c01": "comments.html#comment-c01"}),
        ("the author, line 12", {"line 12": "article.html#line-11"}),
        ("the author, lines 12–14", {"lines 12": "article.html#line-11"}),
        ("c010, xc01, c01-b, line 120", {}),
    ],
)
def test_a_quotation_leads_to_where_it_stands(source, linked):
    html = clean(display.quote("words", source).html, places=PLACES)
    assert dict(reversed(one) for one in re.findall(r'<a href="([^"]+)">([^<]+)</a>', html)) == linked
    assert source in re.sub(r"<[^>]*>|\u2060", "", html)


def test_what_somebody_wrote_is_not_linked():
    told = display.quote("c01 says line 12", "x").html
    told += display.table(
        pd.DataFrame({"text": ["c01 says line 12 and so on, for more than sixty letters in all"]})
    ).html
    assert "<a" not in clean(told, places=PLACES)


def test_comments_and_lines_in_tables_are_linked():
    table = pd.DataFrame({"line": [12, 13]}, index=pd.Index(["c01", "c02"], name="comment_id"))
    html = clean(display.table(table).html, places=PLACES)
    assert re.findall(r'href="([^"]+)"', html) == ["comments.html#comment-c01", "article.html#line-11"]


def test_the_cells_of_a_wide_table_bear_the_names_of_their_columns():
    wide = pd.DataFrame({"a": ["x"], "b": ["y"], "c <d>": ["z"], "e": [1]})
    html = clean(display.table(wide).html)
    assert re.findall('data-head="([^"]+)"', html) == ["a", "b", "c &lt;d&gt;", "e"]
    assert 'class="stack"' in html
    assert "data-head" not in clean(display.table(wide[["a", "b"]]).html)


def test_a_quotation_in_a_table_leads_there_by_what_stands_behind_it():
    texts = [
        "“It is c01 or line 12 that says so, in words enough for a long cell.” (c01)",
        "“It is c01 or line 12 that says so, in words enough for a long cell.” (the author, line 12)",
    ]
    html = clean(display.table(pd.DataFrame({"text": texts})).html, places=PLACES)
    assert re.findall(r"\((?:the author, )?<a href=\"[^\"]+\">([^<]+)</a>\)", html) == ["c01", "line 12"]
    assert html.count("<a ") == 2
