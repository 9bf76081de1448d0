"""Fragments: nothing hostile gets through, and HTML and plain text say the same."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot as plt

from rejoinder import display

HOSTILE = (
    '$x^2$ <script>document.title="owned"</script> <img src=x onerror="alert(1)"> '
    "[a](javascript:alert(1)) **b** \u202eevil\x1b[31m"
)


class _Tags(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would display, as (data, metadata)."""
    seen = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, metadata=None, raw=False: seen.append((data, metadata))
    )
    return seen


FRAGMENTS = {
    "say": lambda text: display.say(text, sure=text),
    "quote": lambda text: display.quote(text, text),
    "quotes": lambda text: display.quotes(pd.DataFrame({"text": [text], "source": [text]})),
    "cell": lambda text: display.table(pd.DataFrame({"a": [text]})),
    "head": lambda text: display.table(pd.DataFrame({text: [1]})),
    "index": lambda text: display.table(pd.DataFrame({"a": [1]}, index=[text])),
    "list": lambda text: display.table(pd.DataFrame({"a": [[text]]})),
    "mark": lambda text: display.quote(text, "c01", mark=[(6, 30, "negative")]),
}


@pytest.mark.parametrize("make", FRAGMENTS.values(), ids=FRAGMENTS)
def test_hostile_text_stays_text(make):
    hostile, harmless = make(HOSTILE), make("x" * len(HOSTILE))
    assert _Tags(hostile.html).tags == _Tags(harmless.html).tags
    assert "<script>" in hostile.plain
    for form in (hostile.html, hostile.plain):
        assert "\u202e" not in form
        assert "\x1b" not in form
        assert "\ufffdevil\ufffd[31m" in form


@pytest.mark.parametrize("make", FRAGMENTS.values(), ids=FRAGMENTS)
def test_mathjax_is_told_to_keep_off(make):
    assert 'class="rj-' in make(HOSTILE).html[:20]
    assert "tex2jax_ignore mathjax_ignore" in make(HOSTILE).html.partition(">")[0]


@pytest.mark.parametrize("text", ["plain", "two\nlines", "a\ttab", "“typographic” – ümläut", "👩‍👩‍👧"])
def test_harmless_characters_are_kept(text):
    assert display.visible(text) == text


def test_length_is_kept_so_that_offsets_hold():
    text = "a\r\nb\x00\u2066c"
    assert len(display.visible(text)) == len(text)


def test_lone_surrogate_can_be_written():
    display.say("a\ud800b").html.encode("utf-8")


def test_notebook_gets_both_forms():
    data, _ = InteractiveShell().display_formatter.format(display.say("Five of nine."))
    assert data["text/plain"] == "Five of nine."
    assert "Five of nine." in data["text/html"]


def test_how_sure_follows_the_answer():
    assert display.say("Five.", sure="5 of 9").plain == "Five.\n5 of 9"
    assert "rj-sure" not in display.say("Five.").html


def test_quote_keeps_paragraphs_and_says_where_it_stands():
    quoted = display.quote("one\n\ntwo", "c05, lines 32–37")
    assert quoted.html.count("<p ") == 3
    assert quoted.plain == "> one\n> two\n  — c05, lines 32–37"


def test_marks_are_told_apart_without_colour():
    text = "good bad road"
    quoted = display.quote(text, "c01", mark=[(9, 13, "neutral"), (0, 4, "positive"), (5, 8, "negative")])
    assert quoted.plain.startswith("> good[+] bad[−] road[○]")
    for sign, line in (("+", "solid"), ("−", "dotted"), ("○", "dashed")):
        assert f"<sup>{sign}</sup>" in quoted.html
        assert line in quoted.html


def test_mark_across_paragraphs_is_marked_in_both():
    quoted = display.quote("ab\ncd", "c01", mark=[(1, 4, "positive")])
    assert quoted.plain.startswith("> ab[+]\n> c[+]d")


@pytest.mark.parametrize("mark", [[(0, 3, "positive"), (2, 4, "positive")], [(0, 99, "positive")]])
def test_impossible_marks_are_refused(mark):
    with pytest.raises(ValueError, match="overlap or lie outside"):
        display.quote("a few words", "c01", mark=mark)


def test_no_quotations_say_so():
    assert display.quotes(pd.DataFrame({"text": [], "source": []})).plain == "None."


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.126, None], ["0.13", "–"]),
        ([-0.001, -1.5], ["0.00", "−1.50"]),
        (pd.array([3, None], dtype="Int64"), ["3", "–"]),
        ([-2, 0], ["−2", "0"]),
        ([True, False], ["yes", "–"]),
        (pd.array([True, None], dtype="boolean"), ["yes", "unknown"]),
        (["text", None], ["text", "unknown"]),
        ([("a", "b"), ()], ["a, b", "–"]),
        ([{"b", "a"}, [0.5]], ["a, b", "0.50"]),
        (["-1 to 1", "0.123456"], ["-1 to 1", "0.123456"]),
    ],
)
def test_cell_is_shown_as(values, expected):
    table = display.table(pd.DataFrame({"x": values}))
    assert [line.strip() for line in table.plain.splitlines()] == ["x", *expected]
    for text in expected:
        assert f">{text}</td>" in table.html


def test_numbers_stand_right_and_words_left():
    html = display.table(pd.DataFrame({"n": [1], "word": ["a"], "sure": [True]})).html
    assert html.count("text-align:right") == 2  # head and cell of the one column of numbers
    assert html.count("text-align:left") == 4


def test_only_an_index_that_names_something_is_shown():
    frame = pd.DataFrame({"n": [1, 2]})
    assert '<th scope="row"' not in display.table(frame).html
    named = frame.set_axis(pd.Index(["c01", "c02"], name="comment"))
    assert display.table(named).plain.splitlines()[0].split() == ["comment", "n"]
    assert display.table(named, index=False).plain.splitlines()[0].split() == ["n"]


def test_table_is_not_changed():
    frame = pd.DataFrame({"x": [0.123]}, index=["a"])
    before = frame.copy()
    display.table(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_empty_table_says_so():
    assert display.table(pd.DataFrame({"x": []})).plain == "No rows."


def test_a_long_table_shows_its_first_rows_and_says_how_many_there_are():
    frame = pd.DataFrame({"n": range(5000)})
    shown = display.table(frame)
    assert shown.plain.startswith("The first 100 of 5,000 rows.\n")
    assert "The first 100 of 5,000 rows." in shown.html
    assert shown.html.count("<tr>") == 101
    assert [line.strip() for line in shown.plain.splitlines()][-1] == "99"
    assert "The first" not in display.table(frame.head(100)).plain
    assert display.table(frame, most=3).html.count("<tr>") == 4


def test_of_many_quotations_a_sample_is_shown_and_said_to_be_one():
    texts = [f"text {at}" for at in range(100)]
    shown = display.quotes(pd.DataFrame({"text": texts, "source": "c"}))
    assert shown.plain.startswith("A sample of 20 of n = 100 quotations: every 5th.\n\n> text 0\n")
    assert "A sample of 20 of n" in shown.html
    assert [line for line in shown.plain.splitlines() if line == "> text 95"]
    assert shown.html.count("<blockquote") == 20
    assert display.quotes(pd.DataFrame({"text": texts[:20], "source": "c"})).plain.startswith("> text 0")


def test_a_text_without_end_is_cut_and_its_length_told():
    text, told = "word " * 200_000, "… (1,000,000 characters in all)"
    quoted = display.quote(text, "c01", mark=[(0, 4, "positive"), (9_998, 10_004, "negative"),
                                           (900_000, 900_004, "neutral")])  # fmt: skip
    cell = display.table(pd.DataFrame({"text": [text]}))
    for shown, most in ((quoted, 10_000), (cell, 2_000)):
        assert told in shown.html and told in shown.plain
        assert len(" ".join(shown.plain.split())) < 1.1 * most
    assert quoted.plain.startswith("> word[+]")
    assert display.quote("word", "c01").plain == "> word\n  — c01"


def test_what_sticks_out_of_a_figure_is_not_cut_off():
    _, ax = plt.subplots(figsize=(4, 2))
    inside = int.from_bytes(display.png(ax)[16:20])
    _, ax = plt.subplots(figsize=(4, 2))
    ax.text(2, 0.5, "far to the right")
    assert int.from_bytes(display.png(ax)[16:20]) > inside == 2 * 400


def test_link_may_stand_in_a_table():
    frame = pd.DataFrame({"see": [display.link("Who <answers>?", "02_who_answers.ipynb")]})
    assert '<a href="02_who_answers.ipynb">Who &lt;answers&gt;?</a>' in display.table(frame).html
    assert "Who <answers>?" in display.table(frame).plain


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "//elsewhere", "data:text/html,x", "http://x", ""]
)
def test_link_goes_nowhere_else(href):
    with pytest.raises(ValueError, match="not a link"):
        display.link("text", href)


def test_figure_carries_its_words(shown):
    _, ax = plt.subplots(figsize=(4, 2))
    ax.plot([1, 2])
    assert display.figure(ax, "See the <rise>.", "A line from 1 to 2.") is None
    (picture, metadata), (caption, _) = shown
    assert picture["text/plain"] == metadata["image/png"]["alt"] == "A line from 1 to 2."
    assert picture["image/png"].startswith(b"\x89PNG")
    assert caption.plain == "See the <rise>."
    assert "See the &lt;rise&gt;." in caption.html


def test_figure_is_shown_once_and_at_its_size(shown):
    fig, _ = plt.subplots(figsize=(4, 2), dpi=100)
    display.figure(fig, "caption", "words")
    assert plt.get_fignums() == []
    assert 0 < shown[0][1]["image/png"]["width"] <= 400
    pixels = int.from_bytes(shown[0][0]["image/png"][16:20])
    assert pixels // 2 == shown[0][1]["image/png"]["width"]


def test_a_picture_is_the_same_bytes_twice():
    pictures = set()
    for _ in range(2):
        _, ax = plt.subplots()
        ax.plot([1, 2])
        pictures.add(display.png(ax))
    assert len(pictures) == 1
    assert b"tEXtSoftware" not in pictures.pop()


def test_figure_without_words_is_refused(shown):
    _, ax = plt.subplots()
    with pytest.raises(ValueError, match="alternative text"):
        display.figure(ax, "caption", "  ")
    plt.close()
    assert shown == []
