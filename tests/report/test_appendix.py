"""The appendix: every word of article and comments, with what was measured and coded, and no name."""

import dataclasses
import re
from html import unescape

import pytest

import rejoinder
from rejoinder.report import appendix, methods
from rejoinder.report.page import Page

SEED = "000_b03053bac9951049"


@pytest.fixture(scope="module")
def talk():
    return rejoinder.load(SEED)


@pytest.fixture(scope="module")
def pages(talk):
    return {page.href: html_of(page) for page in appendix.pages(talk)}


def html_of(page: Page) -> str:
    shown = []
    for cell in page.notebook.cells:
        shown += [out["data"]["text/html"] for out in cell.get("outputs", [])] or [cell.source]
    return "\n".join(shown)


def text_of(html: str) -> str:
    return unescape(re.sub(r"<sup>[^<]*</sup>|<[^>]+>", "", html))


def written(tmp_path, comments, head="An article says this.\n\nComments\n\n"):
    file = tmp_path / "mine.txt"
    file.write_text(head + "\n\n".join(comments) + "\n", encoding="utf-8")
    return rejoinder.load(file)


def test_every_line_of_the_raw_text_stands_in_it(talk, pages):
    whole = text_of("".join(pages.values()))
    lines = [line.strip() for line in talk.raw.splitlines()]
    assert all(line in whole for line in lines if line and line != "Comments")


def test_every_place_is_on_its_page(talk, pages):
    places = appendix.places(talk)
    assert set(talk.comments.index) <= set(places)
    assert {f"line {row.line}" for row in talk.article.itertuples()} <= set(places)
    for href in places.values():
        page, anchor = href.split("#")
        assert f'id="{anchor}"' in pages[page]


def test_a_comment_shows_its_tone_its_codings_and_why_it_is_one(pages):
    entry = text_of(
        re.search(
            r'<div class="rj-entry" id="comment-c05">.*?(?=<div class="rj-entry")',
            pages["comments.html"],
            re.S,
        )[0]
    )
    for told in (
        "Tone: cold",
        "26 codings by A (a language model)",
        "likely:",
        "Russia's oligarchs",
    ):
        assert told in entry


def test_claims_themes_and_actors_lead_to_comments(pages):
    text = text_of(pages["comments.html"])
    assert re.search(r"k7: America's European partners[^.]*\.[^k]*c01", text)
    assert "By theme" in pages["comments.html"]
    assert "By actor" in pages["comments.html"]


def test_claims_are_marked_in_the_article(pages):
    assert re.search(r"k6: Russia as a third great power", text_of(pages["article.html"]))
    assert pages["article.html"].count("rj-neutral") >= 10


def test_names_are_left_out_and_the_same_name_is_told(talk):
    names = ["Jane Roe", "John Doe", "Jane Roe", *[None] * 6]
    talk = dataclasses.replace(talk, comments=talk.comments.assign(author=names))
    html = "".join(html_of(page) for page in appendix.pages(talk))
    assert "Roe" not in html
    assert "Doe" not in html
    assert re.findall(r"<dt>same name</dt><dd>(\w+)</dd>", html) == ["c03", "c01"]


def test_many_comments_go_over_several_pages_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(appendix, "_PAGE_COMMENTS", 3)
    talk = written(tmp_path, [f"Comment number {n} says so." for n in range(8)])
    made = appendix.pages(talk)
    assert [page.href for page in made] == [
        "article.html",
        "comments.html",
        "comments-2.html",
        "comments-3.html",
    ]
    assert [page.title for page in made][2:] == ["The comments, c04 to c06", "The comments, c07 to c08"]
    html = {page.href: html_of(page) for page in made}
    for href in appendix.places(talk).values():
        page, anchor = href.split("#")
        assert f'id="{anchor}"' in html[page]


def test_a_page_of_long_comments_is_no_longer_than_it_should_be(tmp_path):
    talk = written(tmp_path, ["word " * 40_000] * 4)
    assert len(appendix.pages(talk)) == 5


def test_no_comments_are_said(talk):
    talk = dataclasses.replace(talk, comments=talk.comments.head(0), codings=talk.codings.head(0))
    assert "Nobody has commented." in html_of(appendix.pages(talk)[1])


def test_what_is_hostile_is_escaped(tmp_path):
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e"
    talk = written(tmp_path, [attack])
    html = "".join(html_of(page) for page in appendix.pages(talk))
    assert "<script" not in html
    assert "<img" not in html
    assert "\u202e" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_methods_page_says_where_from_and_how_often_right(talk):
    html = text_of(html_of(methods.page(talk)))
    for told in (
        talk.source.sha256,
        talk.source.publisher,
        "voices",
        "language model",
        "macro-F1",
        "Clopper",
    ):
        assert told in html
    assert "[[" not in html


def test_the_methods_page_says_what_nobody_has_done(tmp_path):
    html = text_of(html_of(methods.page(written(tmp_path, ["One."]))))
    assert "Here rules decided:" in html
    assert "Nobody has coded these comments yet." in html
    assert "unknown" in html


def test_the_text_on_methods_holds_no_number():
    assert not re.search(r"\d", methods._TEXT.read_text(encoding="utf-8"))
