"""Cards and lists: nothing hostile gets through, and HTML and plain text hold the same."""

import pytest
from markup import tags

from rejoinder.html import card, code, count, listed

HOSTILE = '<script>owned()</script> <img src=x onerror="owned()"> $x$ \u202eevil\x1b[31m\u200b'


@pytest.mark.parametrize(
    "make",
    [
        lambda text: card(text, [("a", "b")]),
        lambda text: card("a", [(text, "b")]),
        lambda text: card("a", [("b", text)]),
        lambda text: card("a", [("b", code(text))]),
    ],
    ids=["title", "label", "words", "code"],
)
def test_hostile_text_on_a_card_stays_text(make):
    hostile, harmless = make(HOSTILE), make("x")
    assert tags(hostile.html) == tags(harmless.html)
    assert "mathjax_ignore" in hostile.html
    for form in (hostile.html, hostile.plain):
        assert not set(form) & set("\u202e\x1b\u200b")


def test_a_card_in_a_terminal_keeps_its_columns():
    shown = card("Title", [("a", "word " * 60), ("longer", ""), ("c", "line\nbreak")]).plain.splitlines()
    assert shown[0] == "Title"
    assert shown[1].startswith("  a       word word")
    assert all(line.startswith(" " * 10) for line in shown[2:4])
    assert max(map(len, shown)) <= 100
    assert shown[-2:] == ["  longer  ", "  c       line break"]


def test_many_names_are_cut_and_the_others_counted():
    assert listed([]) == "none"
    assert listed(["a", "b"], mark="; ") == "a; b"
    assert listed(map(str, range(13))).endswith("11, 12")
    assert listed(map(str, range(2_000))).endswith("10, 11, 1,988 more")


def test_one_thing_has_no_plural():
    assert (count(0, "comment"), count(1, "comment"), count(2_000, "comment")) == (
        "0 comments",
        "1 comment",
        "2,000 comments",
    )
