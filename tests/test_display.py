"""Display pieces: what is shown of a value, of much, and the same in HTML as in plain text."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot as plt

import rejoinder
from rejoinder import display


class Share(SimpleNamespace):
    """Stands in for an Estimate."""

    def __str__(self):
        return "6 of 9 (67 %)"


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would display, as (data, metadata)."""
    seen = []
    monkeypatch.setattr(
        "IPython.display.display", lambda data, metadata=None, raw=False: seen.append((data, metadata))
    )
    return seen


def test_an_answer_is_displayed_in_both_forms(shown):
    assert display.say("Five of nine.", "", "So far.") is None
    ((said, _),) = shown
    data, _ = InteractiveShell().display_formatter.format(said)
    assert data["text/plain"] == "Five of nine.\nSo far."
    assert data["text/html"].count("<p ") == 2


def test_answers_lead_to_their_notebooks_and_say_first_whether_they_hold():
    rows = {"question": ["Who?", "How?", "What?"], "answer": ["<b>", "So.", "That."]}
    rows |= {"beyond": ["1–2 %", "", ""], "notebook": ["02_who", "03_how", "04_what"]}
    firm = ["Holds in 1 of 2; changes with the TextBlob list.", "Stays the same.", ""]
    listed = display.answer_list(pd.DataFrame(rows | {"firm": firm}))
    assert '<a href="02_who.ipynb">Who?</a>' in listed.html
    assert "&lt;b&gt;" in listed.html
    assert listed.plain.splitlines() == [
        *("Who?", "<b>", "Holds in 1 of 2"),
        "Changes with the TextBlob list. 95 % interval: 1–2 %.How?",
        *("So.", "Stays the same.", "What?", "That."),
    ]


def test_a_number_opens_the_first_of_its_comments_and_counts_as_a_number():
    texts = pd.Series({f"c{n}": f"<b>  word\n{'x' * 300}" for n in range(30)})
    number = display.behind(texts, most=3)
    assert number.value == 30
    assert number.html.count("<li>") == 3
    assert "<b>" not in number.html and "x" * 200 not in number.html
    assert "and 27 more" in number.plain
    assert "rj-all" not in display.behind(texts[:3], most=3).html
    assert (display.behind(texts[:0]).plain, display.behind(texts[:0]).value) == ("0", 0)
    table = texts.groupby(texts.index == "c7").agg(display.behind)
    assert [one.value for one in table] == [29, 1]
    assert display.group_key(["a", "b"]) == display.group_key(["b", "a"]) != display.group_key(["a"])


def test_marks_are_told_apart_without_colour_and_cross_paragraphs():
    marks = [(9, 13, "neutral"), (0, 4, "positive"), (5, 8, "negative")]
    quoted = display.quote("good bad road", "c01", mark=marks)
    assert quoted.plain.startswith("good[+] bad[−] road[○]")
    for sign, line in (("+", "solid"), ("−", "dotted"), ("○", "dashed")):
        assert f"<sup>{sign}</sup>" in quoted.html
        assert line in quoted.html
    crossing = display.quote("ab\ncd", "c01", mark=[(1, 4, "positive")])
    assert crossing.plain.startswith("ab[+]\nc[+]d")


@pytest.mark.parametrize("mark", [[(0, 3, "positive"), (2, 4, "positive")], [(0, 99, "positive")]])
def test_impossible_marks_are_refused(mark):
    with pytest.raises(ValueError):
        display.quote("a few words", "c01", mark=mark)


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
        ([["b", "a"], [0.5]], ["b, a", "0.50"]),
        (["-1 to 1", "0.123456"], ["-1 to 1", "0.123456"]),
    ],
)
def test_cell_is_shown_as(values, expected):
    frame = pd.DataFrame({"x": values})
    before, table = frame.copy(), display.table(frame)
    assert table.plain.splitlines() == ["x", *expected]
    for text in expected:
        assert f">{text}</td>" in table.html
    pd.testing.assert_frame_equal(frame, before)


def test_an_estimate_is_shown_with_its_interval_below():
    cells = [Share(beyond="17–97 %"), Share(beyond="no interval")]
    table = display.table(pd.DataFrame({"share": cells}))
    assert table.html.count("6 of 9 (67\u00a0%)<br><small") == 2
    assert "interval 17–\u206097\u00a0%" in table.html
    assert "interval no" not in table.html
    assert table.plain.splitlines()[1:3] == ["6 of 9 (67 %)", "95 % interval 17–97 %"]


def test_symbols_carry_their_meaning_and_a_legend():
    frame = pd.DataFrame({"c01": ["agree", "silent"]}, index=["k1", "k2"])
    table = display.table(frame, symbols={"agree": "●"})
    assert '<span role="img" aria-label="agree" title="agree">●</span>' in table.html
    assert table.html.count("silent") == 1
    assert table.plain.splitlines()[-1] == "● agree"


def test_only_an_index_that_names_something_is_shown():
    frame = pd.DataFrame({"n": [1, 2]})
    assert '<th scope="row"' not in display.table(frame).html
    named = frame.set_axis(pd.Index(["c01", "c02"], name="comment"))
    assert display.table(named).plain.splitlines()[0].split() == ["comment", "n"]
    assert display.table(named, index=False).plain.splitlines()[0].split() == ["n"]


def test_nothing_to_show_shows_nothing(shown):
    assert display.table(pd.DataFrame({"x": []})) is None
    assert display.quotes(pd.DataFrame({"text": [], "source": []})) is None
    display.figure(plt.figure(), "caption", pd.DataFrame())
    assert len(shown) == 2


def test_a_long_table_shows_its_first_rows_and_how_many_there_are():
    frame = pd.DataFrame({"n": range(5000)})
    shown = display.table(frame)
    for form in (shown.plain, shown.html):
        assert "100 of 5,000" in form
    assert shown.html.count("<tr>") == 101
    assert shown.plain.splitlines()[-1] == "99"
    assert " of " not in display.table(frame.head(100)).plain
    assert display.table(frame, most=3).html.count("<tr>") == 4


def test_of_many_quotations_the_first_are_shown_and_how_many_there_are():
    frame = pd.DataFrame({"text": [f"text {at}" for at in range(100)], "source": "c"})
    shown = display.quotes(frame)
    assert {"100", "20"} == set(re.findall(r"\d+", shown.plain.splitlines()[0]))
    assert shown.plain.endswith("text 19\n\n— c")
    assert shown.html.count("<blockquote") == 20
    assert shown.html.count("text 7<") == 1
    assert display.quotes(frame.head(20)).plain.startswith("text 0")


def test_tables_of_pandas_are_left_alone_by_mathematics_in_a_notebook(tmp_path):
    (page := tmp_path / "page.txt").write_text(
        "Say it.\n\n\nA ticket is $5 and a pass is $10.\n\nFine.\n"
    )
    talk = rejoinder.load(page)
    assert "$5" in (html := talk.comments[["text"]].to_html())
    assert "mathjax_ignore" in html and "tex2jax_ignore" in html


def test_an_endless_text_is_cut_and_its_length_stated():
    text, length = "word " * 200_000, "1,000,000"
    marks = [(0, 4, "positive"), (9_998, 10_004, "negative"), (900_000, 900_004, "neutral")]
    quoted = display.quote(text, "c01", mark=marks)
    cell = display.table(pd.DataFrame({"text": [text]}))
    for shown, most in ((quoted, display.MOST_LETTERS), (cell, display.MOST_CELL_LETTERS)):
        assert length in shown.html and length in shown.plain
        assert len(" ".join(shown.plain.split())) < 1.1 * most
    assert quoted.plain.startswith("word[+]")
    assert display.quote("word", "c01").plain == "word\n\n— c01"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "//elsewhere", "data:text/html,x", "http://x", ""]
)
def test_link_goes_nowhere_else(href):
    with pytest.raises(ValueError):
        display.link("text", href)


def test_figure_shows_picture_caption_and_data_once(shown):
    _, ax = plt.subplots(figsize=(4, 2), dpi=100)
    ax.plot([1, 2])
    data = pd.DataFrame({"share": [Share(beyond="17–97 %")]}, index=["<a>"])
    assert display.figure(ax, "See the <rise>.", data) is None
    assert plt.get_fignums() == []
    (picture, metadata), (below, _) = shown
    size = metadata["image/png"]
    assert picture["text/plain"] == size["alt"]
    assert size["alt"].startswith("See the <rise>.")
    assert picture["image/png"].startswith(b"\x89PNG")
    assert int.from_bytes(picture["image/png"][16:20]) // 2 == size["width"] == 400
    for held in ("See the &lt;rise&gt;.", "<details><summary>", "6 of 9 (67\u00a0%)", "&lt;a&gt;"):
        assert held in below.html
    assert "6 of 9 (67 %)" in below.plain


def test_figure_cuts_off_nothing_and_is_the_same_bytes_twice(shown):
    for words in ("", "", "far to the right"):
        _, ax = plt.subplots(figsize=(4, 2))
        ax.text(2, 0.5, words)
        display.figure(ax, "caption", pd.DataFrame({"x": [1]}))
    one, two, wide = (picture["image/png"] for picture, _ in shown[::2])
    assert one == two
    assert b"tEXtSoftware" not in one
    assert int.from_bytes(wide[16:20]) > int.from_bytes(one[16:20]) == 2 * 400
