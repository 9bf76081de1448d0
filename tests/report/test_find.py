"""Pages on which comments are found: their groups, addresses, and what a page holds."""

import dataclasses
import re

import pytest
from bs4 import BeautifulSoup
from nbconvert.filters import markdown2html

import rejoinder
from rejoinder import draft
from rejoinder.display import behind, group_key
from rejoinder.report import appendix, find
from rejoinder.report.page import page_of

SEED = "000_b03053bac9951049"


def finder(talk):
    return find.Finder(talk, appendix.places(talk))


def soups(made):
    """Each page as parsed HTML, by its address."""
    shown = {one.href: one.notebook.cells[-1].outputs[0]["data"]["text/html"] for one in made.pages()}
    return {href: BeautifulSoup(html, "html.parser") for href, html in shown.items()}


@pytest.fixture(scope="module")
def made(talk):
    return finder(talk)


@pytest.fixture(scope="module")
def pages(made):
    return soups(made)


@pytest.fixture(scope="module")
def talk():
    return rejoinder.load(SEED)


def test_every_address_is_on_its_page(made, pages):
    for href in made.places.values():
        page, anchor = href.split("#")
        assert pages[page].find(id=anchor), href


def test_the_rules_of_a_group_show_its_comments_and_no_others(made, pages):
    rules = pages["find.html"].style.string
    rows = {
        one.text.split(" ")[0]: set(one.get("class", []))
        for one in pages["find.html"].select(".rj-list a")
    }
    assert list(rows) == list(made._talk.comments.index)
    options = pages["find.html"].select("#rj-a option")[1:]
    assert len(options) == len(made.groups)
    for option, group in zip(options, made.groups.itertuples(), strict=True):
        assert option.text == f"{group.of} {group.name} ({len(group.ids)})".strip()
        chosen = rf':has\(#rj-a \[value="{option["value"]}"\]:checked\)\+div>'
        if "most" in option.get("class", []):
            hidden = set(re.findall(r"\.(\w+)", re.search(chosen + r":is\((.*?)\)", rules)[1]))
            shown = [i for i, own in rows.items() if not own & hidden]
        else:
            shown = [i for i, own in rows.items() if re.search(chosen + r"\.(\w+) ", rules)[1] in own]
        assert shown == group.ids, option.text


def test_every_choice_of_the_second_menu_has_its_rule(pages):
    rules, options = pages["find.html"].style.string, pages["find.html"].select("#rj-b option")[1:]
    assert options and not [one for one in options if "most" in one.get("class", [])]
    for option in options:
        assert f'#rj-b [value="{option["value"]}"]:checked)+div>.{option["value"]} ' in rules


def test_all_comments_behind_a_number_are_one_link_away(made, talk):
    silent = made.groups.query("of == 'thesis' and name == 'silent'").iloc[0]
    number = behind(talk.comments["text"][silent["ids"]], most=2)
    assert group_key(silent["ids"]) in number.html
    assert made.places[group_key(reversed(silent["ids"]))] == "find.html#by-thesis-silent"


def test_each_statement_lists_who_accepts_and_rejects_it(talk, pages):
    for name, text in talk.codebook.statements["text"].items():
        section = pages["statements.html"].find(id=f"statement-{name}")
        assert text in section.h2.text
    section = pages["statements.html"].find(id="statement-k7")
    assert [one.summary.text for one in section("details")] == ["disagree: 2", "silent: 7"]
    assert [one.text for one in section.details.select("li a")] == ["c01", "c05"]


def test_the_name_of_a_coder_is_text_on_the_page_of_statements(talk):
    name = "[b](javascript:alert(1)) <img src=x>"
    named = dataclasses.replace(talk, codings=talk.codings.assign(coder=name))
    for page in finder(named).pages():
        assert "javascript" not in page.notebook.cells[1].source
    page = soups(finder(named))["statements.html"]
    assert name in page.p.text and not page("img")


def test_names_and_ids_from_right_to_left_are_whole_in_addresses_and_rules(talk):
    theme = talk.codebook.themes.iloc[[0]].assign(name="שלום")
    comments = talk.comments.rename(index={"c04": "תגובה"})
    book = dataclasses.replace(talk.codebook, themes=theme)
    made = finder(dataclasses.replace(talk, codebook=book, comments=comments, codings=talk.codings[:0]))
    pages = soups(made)
    anchor = made.groups.loc[made.groups["name"] == "שלום", "anchor"].item()
    assert pages["find.html"].find(id=anchor)
    assert f"#{anchor}:target" in pages["find.html"].style.string
    row = next(one for one in pages["find.html"].select(".rj-list a") if "תגובה" in one.text)
    assert row["href"].endswith("#comment-תגובה")
    word = (
        pages["words.html"].find("a", string=re.compile("תגובה"))
        or pages["words.html"].find("bdi").parent
    )
    assert word["href"].endswith("#comment-תגובה")


def test_a_title_is_no_markdown():
    page = page_of("a.html", "The comments, [b](javascript:alert(1)) to <img>", "", "")
    heading = BeautifulSoup(markdown2html(page.notebook.cells[0].source), "html.parser").h1
    assert heading.find(string=True) == page.title
    assert not heading.select("img, a:not(.anchor-link)")


def test_each_word_leads_to_the_comments_that_use_it(pages, talk):
    found = {one.b.text: [link.text for link in one("a")] for one in pages["words.html"].select("p")}
    assert found["oligarchs"] == ["c05", "c06", "c07"]
    assert "the" not in found


def test_steps_are_shown_with_their_signs(pages):
    rows = [[cell.text for cell in row("td")] for row in pages["left_out.html"].table("tr")]
    assert [row[0] for row in rows] == ["", "−", "=", "of these"]


def test_without_codebook_and_codings_drafted_points_are_groups(bare, tmp_path):
    said = [
        "Closing the old town to cars helps the shops.",
        "To me closing the old town to cars is folly.",
    ]
    page = tmp_path / "town.txt"
    page.write_text("An article about towns.\n\nComments\n\n" + "\n\n".join(said), encoding="utf-8")
    made = finder(draft.fill(rejoinder.load(page)))
    assert made.groups.loc[made.groups["kind"] == "point", "ids"].map(len).tolist() == [2]
    assert "Draft by rules" in soups(made)["statements.html"].p.text
    assert "statements.html" not in soups(finder(bare))


def test_no_comments_are_no_reason_to_fail(talk):
    empty = dataclasses.replace(talk, comments=talk.comments.head(0), codings=talk.codings.head(0))
    assert soups(finder(empty))["find.html"].select(".rj-list a") == []


def test_many_comments_and_many_words_go_over_several_pages(talk, monkeypatch):
    monkeypatch.setattr(find, "_ROWS", 4)
    monkeypatch.setattr(find, "_POSTINGS", 300)
    pages = soups(finder(talk))
    shown = [
        one.text.split(" ")[0]
        for href in pages
        if href.startswith("find")
        for one in pages[href].select(".rj-list a")
    ]
    assert shown == list(talk.comments.index) and "find-3.html" in pages
    words = [one.text for href in pages if href.startswith("words") for one in pages[href]("b")]
    assert words == sorted(set(words)) and "words-2.html" in pages
