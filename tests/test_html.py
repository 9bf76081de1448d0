"""Cards, lists and counts; hostile text in them is tested in hostile/test_shown.py."""

from rejoinder.html import card, count, listed


def test_a_card_in_a_terminal_keeps_its_columns():
    shown = card("Title", [("a", "word " * 60), ("longer", ""), ("c", "line\nbreak")]).plain.splitlines()
    assert shown[0] == "Title"
    assert shown[1].startswith("  a       word word")
    assert all(line.startswith(" " * 10) for line in shown[2:4])
    assert max(map(len, shown)) <= 100
    assert shown[-2:] == ["  longer  ", "  c       line break"]


def test_many_names_are_cut_and_the_others_counted():
    assert listed(["a", "b"], mark="; ") == "a; b"
    assert listed(map(str, range(13))).endswith("11, 12")
    assert listed(map(str, range(2_000))).endswith("10, 11, 1,988 more")
    assert listed([])


def test_one_thing_has_no_plural():
    assert [count(n, "comment") for n in (0, 1, 2_000)] == ["0 comments", "1 comment", "2,000 comments"]
