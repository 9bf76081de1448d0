"""Cards, lists and counts; hostile text in them is tested in hostile/test_shown.py."""

from rejoinder.html import Fragment, card, count, listed


def test_a_card_has_a_line_for_each_row():
    shown = card("Title", [("a", "word"), ("longer", ""), ("c <d>", "e & f")])
    assert [line.split() for line in shown.plain.splitlines()] == [
        ["Title"], ["a", "word"], ["longer"], ["c", "<d>", "e", "&", "f"]
    ]  # fmt: skip


def test_plain_text_is_that_of_the_page():
    html = "<p>a <b>&lt;c&gt;</b> 5\u00a0%</p><table><tr><th>x</th><td>1–\u20602</td></tr></table>"
    assert Fragment(html).plain == "a <c> 5 %\nx  1–2"


def test_many_names_are_cut_and_the_others_counted():
    assert listed(["a", "b"], mark="; ") == "a; b"
    assert listed(map(str, range(13))).endswith("11, 12")
    assert listed(map(str, range(2_000))).endswith("10, 11, 1,988 more")
    assert listed([])


def test_one_thing_has_no_plural():
    assert [count(n, "comment") for n in (0, 1, 2_000)] == ["0 comments", "1 comment", "2,000 comments"]
