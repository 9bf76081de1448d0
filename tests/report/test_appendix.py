"""Article and comments in full, with what was measured and coded, and without names."""

import dataclasses
import re
from html import unescape

import pandas as pd
import pytest

import rejoinder
from rejoinder.report import appendix

SEED = "000_b03053bac9951049"
ENTRY = r'<div class="rj-entry" id="comment-{}">.*?(?=<div class="rj-entry"|$)'


@pytest.fixture(scope="module")
def talk():
    return rejoinder.load(SEED)


@pytest.fixture(scope="module")
def pages(talk):
    return html_of(talk)


def html_of(talk):
    """The HTML of each page, by its address."""
    made = {}
    for page in appendix.pages(talk):
        cells = page.notebook.cells
        shown = [out["data"]["text/html"] for cell in cells for out in cell.get("outputs", [])]
        made[page.href] = "\n".join([*(cell.source for cell in cells), *shown])
    return made


def text_of(html):
    return unescape(re.sub(r"<sup>[^<]*</sup>|<[^>]+>", "", html))


def written(tmp_path, comments):
    file = tmp_path / "mine.txt"
    file.write_text("An article says this.\n\nComments\n\n" + "\n\n".join(comments) + "\n")
    return rejoinder.load(file)


def test_every_line_of_the_raw_text_stands_in_it(talk, pages):
    whole = text_of("".join(pages.values()))
    lines = {line.strip() for line in talk.raw.splitlines()} - {"Comments"}
    assert [line for line in lines if line not in whole] == []


def test_every_place_is_on_its_page(talk, pages):
    places = appendix.places(talk)
    assert set(talk.comments.index) <= set(places)
    assert {f"line {row.line}" for row in talk.article.itertuples()} <= set(places)
    for href in places.values():
        page, _, anchor = href.partition("#")
        assert page in pages and (not anchor or f'id="{anchor}"' in pages[page])


def test_a_comment_shows_tone_thread_codings_and_certainty(talk, pages):
    for i, comment in talk.comments.iterrows():
        entry = re.search(ENTRY.format(i), pages["comments.html"], re.DOTALL)[0]
        facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", entry))
        assert facts["one comment"].startswith(comment["certainty"])
        assert ("answers" in facts) == pd.notna(comment["reply_to"])
        assert f">{comment['reply_to']}</a>" in facts.get("answers", f">{comment['reply_to']}</a>")
        codings = talk.codings[talk.codings["comment_id"] == i]
        assert f"<summary>{len(codings)} coding" in entry
        heard = codings[codings["item"].isin(codings.loc[codings["value"] != "silent", "item"])]
        assert entry.count("<li>") == len(heard) + (codings["item"].nunique() > heard["item"].nunique())
    assert re.search(r"scored −0\.\d\d, \d+\u00a0? ?%", text_of(pages["comments.html"]))
    assert pages["comments.html"].count("rj-negative") > 9


def test_note_is_shown_with_its_coding_whatever_its_signs(talk):
    notes = ["plain words", 'it\'s "so"', "<b>", "in “quotes”"]
    codings = talk.codings[talk.codings["value"] != "silent"].head(len(notes)).assign(note=notes)
    shown = text_of("".join(html_of(dataclasses.replace(talk, codings=codings)).values()))
    assert [note for note in notes if note not in shown] == []


def test_claims_are_marked_in_the_article(talk, pages):
    text = text_of(pages["article.html"])
    assert all(f"{i}: {claim}" in text for i, claim in talk.codebook.claims["text"].items())
    assert pages["article.html"].count("rj-neutral") >= 10


def test_names_are_left_out(talk):
    names = ["Jane Roe", "John Doe", "Jane Roe", *[None] * 6]
    talk = dataclasses.replace(talk, comments=talk.comments.assign(author=names))
    assert not re.search("Roe|Doe", "".join(html_of(talk).values()))


def test_many_comments_go_over_several_pages_and_none_is_lost(tmp_path):
    talk = written(tmp_path, [f"Comment number {n} says so." for n in range(1100)])
    made = html_of(talk)
    assert list(made) == ["article.html", "comments.html", *(f"comments-{n}.html" for n in (2, 3, 4))]
    for href in appendix.places(talk).values():
        page, _, anchor = href.partition("#")
        assert page in made and (not anchor or f'id="{anchor}"' in made[page])
    assert len(appendix.pages(written(tmp_path, ["word " * 40_000] * 4))) == 5


def test_no_comments_are_stated(talk):
    talk = dataclasses.replace(talk, comments=talk.comments.head(0), codings=talk.codings.head(0))
    assert [page.href for page in appendix.pages(talk)] == ["article.html", "comments.html"]
