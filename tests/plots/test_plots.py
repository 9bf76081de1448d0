"""Labels, counts and order of every plot, and that no legal table makes one fail; never pixels."""

from io import BytesIO
from math import nan

import hypothesis.strategies as st
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from matplotlib.colors import to_hex
from matplotlib.text import Text

from rejoinder import plots, tables
from rejoinder.stats.estimate import Estimate

pytestmark = pytest.mark.usefixtures("closed_figures")

HOSTILE = [
    "$\\frac{ x $ and $",
    "a $5 \\$6 \\",
    "two\nlines\r\n\tand a \x00\x1b\u202e\u2028",
    "שלום 上海 😀👩‍👩‍👧 Z" + "\u0301" * 40,
    "W" * 400,
    "word " * 300,
    "_nolegend_",
    "",
]
STANCES = tables.stance.VALUES
WHO = ["chance", "TextBlob", "VADER", "rejoinder", "one human", "best published"]


def estimate(value, low=nan, high=nan, n=9, count=None):
    return Estimate(value=value, count=count, n=n, low=low, high=high)


def number(low, high):
    return st.floats(low, high) | st.sampled_from([nan, low, high, 0.0])


def estimates(low, high):
    def made(ends, few, n):
        a, b, c = sorted(ends)
        return estimate(b, nan if few else a, nan if few else c, n, count=round(n * abs(b)))

    ends = st.tuples(*[st.floats(low, high)] * 3)
    found = st.builds(made, ends, st.booleans(), st.integers(1, 5000))
    return found | st.sampled_from([estimate(nan, n=0, count=0), estimate(nan), nan, None])


TEXT = st.sampled_from(HOSTILE) | st.text(max_size=30) | st.sampled_from([None, nan, pd.NA])
IDS = st.text(max_size=9) | st.sampled_from([*HOSTILE, "thesis", "nothing", "c01", nan])
TONE, SHARE, COUNT = number(-1, 1), number(0, 1), st.integers(0, 5000) | st.sampled_from([nan, None])
TONES = st.sampled_from(["negative", "neutral", "mixed", "positive", "unscored", None])
# The columns of the table of each plot, and what may stand in them.
COLUMNS = {
    "reply_tree": {"words": COUNT, "depth": st.integers(0, 60) | st.none(), "opening": TEXT},
    "tone_dots": {"polarity": TONE, "tone": TONES},
    "tone_beside_stance": {"polarity": TONE, "thesis": st.sampled_from([*STANCES, None])},
    "paired": {"name": TEXT, "author": estimates(-1, 1), "readers": estimates(-1, 1)},
    "differences": {"value": TONE, "low": TONE, "high": TONE, "planted": TONE},
    "agreement": {"same": estimates(0, 1), "alpha": estimates(-1, 1)},
    "specification_curve": {"word list": TEXT, "unit": st.sampled_from("ab"), "$x": TEXT,
                            "estimate": estimates(-1, 1)},
    "accuracy": {"task": TEXT, "metric": st.sampled_from(["r", "F1", None]),
                 "who": st.sampled_from([*WHO, None]), "value": SHARE, "low": SHARE, "high": SHARE},
}  # fmt: skip
# A small table for each plot.
THREE = {"index": ["c01", "c02", "c03"]}
EXAMPLES = {
    "reply_tree": pd.DataFrame({"words": [100, 50, nan], "depth": [0, 1, 2], "opening": "I"}, **THREE),
    "tone_dots": pd.DataFrame({"polarity": [0.5, -0.5, nan], "tone": ["warm", "cold", "none"]}, **THREE),
    "tone_beside_stance": pd.DataFrame({"polarity": [0.5, 0, nan], "thesis": ["silent", "agree", None]}),
    "paired": pd.DataFrame({"name": ["Economy", "War"], "author": [estimate(0.2, 0.1, 0.3, 21, 4),
                                                                   estimate(0.1, 0.05, 0.4, 21, 2)],
                            "readers": [estimate(0.6, 0.4, 0.8, 9, 6), estimate(0.5, n=4, count=2)]}),
    "differences": pd.DataFrame({"value": [0.2, nan], "low": [0.1, nan], "high": [0.3, nan],
                                 "planted": [0.25, -0.1]}, index=["replies", "late"]),
    "agreement": pd.DataFrame({"same": [estimate(8 / 9, count=8), estimate(1, count=9)],
                               "alpha": [estimate(0.5, -0.3, 1), estimate(nan)]}, index=["all", "k1"]),
    "specification_curve": pd.DataFrame({"word list": ["both", "one"] * 2, "unit": list("xxyy"),
                                         "estimate": [estimate(0.3, 0.1, 0.5), estimate(-0.2, -0.4, 0.1),
                                                      estimate(0.1), estimate(nan)]}),
    "accuracy": pd.DataFrame({"task": ["tone"] * 3 + ["stance"], "metric": ["r"] * 3 + ["F1"],
                              "who": ["chance", "rejoinder", "one human", "chance"],
                              "value": [0.1, 0.6, 0.9, 0.3], "low": [nan, 0.5, nan, 0.2],
                              "high": [nan, 0.7, nan, 0.4]}),
}  # fmt: skip
EACH = pytest.mark.parametrize("name", COLUMNS)


@st.composite
def legal_tables(draw, name, **sizes):
    """Legal tables for a plot."""
    rows = draw(st.lists(st.tuples(*COLUMNS[name].values()), **sizes))
    ids = draw(st.lists(IDS, min_size=len(rows), max_size=len(rows)))
    return pd.DataFrame(rows, columns=[*COLUMNS[name]], index=pd.Index(ids, dtype=object))


def draw(name, table, **options):
    plt.close("all")
    before = table.copy()
    ax = getattr(plots, name)(table, **options)
    ax.figure.canvas.draw()
    pd.testing.assert_frame_equal(table, before)
    return ax


def seen(ax):
    """The texts of a drawn figure that are not empty."""
    return [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def words(ax):
    return " ".join(text.get_text() for text in seen(ax)).replace("\u00a0", " ")


def left(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def points(ax, marker, color=None):
    """x and y of all marks of a kind, from the left."""
    lines = [line for line in ax.lines if line.get_marker() == marker]
    lines = [line for line in lines if color is None or to_hex(line.get_color()) == color.lower()]
    return sorted((x, y) for line in lines for x, y in line.get_xydata() if not np.isnan(x + y))


def cut_off(ax):
    """The texts that reach out of the figure, but for those that are cut at the edge of their axes."""
    wide, high = ax.figure.bbox.size
    boxes = [(text.get_text(), text.get_window_extent()) for text in seen(ax) if not text.get_clip_on()]
    inside = [
        0 <= box.x0 + 1 <= box.x1 - 1 <= wide and 0 <= box.y0 + 1 <= box.y1 - 1 <= high
        for _, box in boxes
    ]
    return [text for (text, _), held in zip(boxes, inside, strict=True) if not held]


few = settings(
    phases=[Phase.explicit, Phase.generate],
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@EACH
@few
@given(data=st.data())
def test_every_legal_table_is_drawn(name, data):
    assert cut_off(draw(name, data.draw(legal_tables(name, max_size=7)))) == []


@EACH
@settings(few, max_examples=2)
@given(data=st.data())
def test_thousands_of_rows_are_drawn_on_a_page_of_some_height(name, data):
    table = data.draw(legal_tables(name, min_size=3, max_size=9))
    many = pd.concat([table] * 700).iloc[:2_000].set_axis([f"c{at}" for at in range(2_000)])
    assert draw(name, many).figure.get_figheight() < 45


@EACH
def test_an_empty_table_gives_a_picture_that_says_so(name):
    assert words(draw(name, EXAMPLES[name].head(0)))


@EACH
def test_a_matplotlibrc_changes_nothing(name):
    def saved():
        plt.close("all")
        getattr(plots, name)(EXAMPLES[name]).figure.savefig(file := BytesIO())
        return file.getvalue()

    plain = saved()
    with plt.style.context("dark_background"):
        mpl.rcParams.update(
            {"text.usetex": True, "figure.autolayout": True, "font.size": 30, "savefig.transparent": True,
             "font.family": "serif", "axes.grid": True, "savefig.bbox": "tight", "lines.linestyle": ":"}
        )  # fmt: skip
        changed = dict(mpl.rcParams)
        assert saved() == plain
        assert dict(mpl.rcParams) == changed


@EACH
def test_texts_are_large_enough_on_a_phone_and_apart(name):
    ax = draw(name, EXAMPLES[name])
    width = ax.figure.get_figwidth() * ax.figure.dpi
    assert min(text.get_fontsize() for text in seen(ax)) * 96 / 72 * min(1, 390 / width) >= 9
    boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in seen(ax)]
    assert not [(a, b) for a, one in boxes for b, other in boxes if a < b and one.overlaps(other)]


MEANS = pd.DataFrame({"name": ["Russia", "China"],
                      "author": [estimate(-0.2, -0.4, 0.1), estimate(0.1, -0.3, 0.3)],
                      "readers": [estimate(-0.6, -0.8, -0.4), estimate(0.5, n=2)]})  # fmt: skip


@pytest.mark.parametrize(("table", "what", "ends"), [
    (EXAMPLES["paired"], "share", ("0", "100 %")), (MEANS, "mean tone", ("−1\ncold", "1\nwarm"))
])  # fmt: skip
def test_author_and_readers_have_their_colour_and_mark(table, what, ends):
    ax = draw("paired", table)
    assert f"author, {what} (n" in words(ax) and f"readers, {what} (n" in words(ax)
    names = [label.get_text() for label in ax.get_xticklabels()]
    assert (names[0], names[-1]) == ends
    assert len(points(ax, "s", plots.AUTHOR)) == len(points(ax, "o", plots.READERS)) == 2
    assert not points(ax, "o", plots.AUTHOR) + points(ax, "s", plots.READERS)
    colours = {to_hex(text.get_color()).upper() for text in seen(ax)}
    assert {plots.AUTHOR, plots.READERS} <= colours


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("costs $5 and $6", r"costs \$5 and \$6"),
        ("a\nb\tc", "a b c"),
        ("上海\u202e", "…"),
        ("in 上海, 北京", "in …, …"),
        ("plain – “text”", "plain – “text”"),
        (nan, ""),
        (None, ""),
    ],
)
def test_text_is_made_drawable(text, drawn):
    assert plots.drawable(text) == drawn


@pytest.mark.parametrize("text", ["W" * 300, "many words " * 40, "上" * 300, "$" * 300])
def test_long_text_is_cut_at_a_sign_that_says_so(text):
    cut = plots.drawable(text, letters=20)
    assert cut.endswith("…") and "\n" not in cut
    assert len(cut.replace("\\$", "$")) <= (12 if "W" in text else 20)
    assert plots.drawable("short text", letters=20) == "short text"


def test_bars_are_as_long_as_the_words_and_indented_in_page_order():
    ax = draw("reply_tree", EXAMPLES["reply_tree"])
    bars = ax.patches[:3]
    assert [bar.get_width() for bar in bars] == [100, 50, 0]
    assert bars[0].get_x() == 0 < bars[1].get_x() < bars[2].get_x()
    assert left(ax) == ["c01", "c02", "c03"]
    assert "n = 3 comments" in words(ax)


def test_tone_dots_run_from_cold_to_warm_and_end_with_the_unscored():
    ax = draw("tone_dots", EXAMPLES["tone_dots"])
    assert left(ax) == ["c02", "c01", "c03"]
    assert [x for x, _ in points(ax, "o")] == [-0.5, 0.5]
    assert "no word scored" in words(ax)
    assert "n = 3 comments; 1 warm, 1 cold, 1 none" in words(ax)


def test_a_stance_has_a_row_with_the_tone_of_each_of_its_comments():
    table = {"polarity": [0.5, 0.5, 0.4, -0.2, nan], "thesis": ["silent"] * 3 + ["agree"] * 2}
    ax = draw("tone_beside_stance", pd.DataFrame(table))
    assert [text.get_text() for text in ax.texts] == ["agree (n = 2)", "silent (n = 3)"]
    assert points(ax, "o") == [(-0.2, 0), (0.4, 1), (0.5, 1), (0.5, 1)]
    assert "1 without a scored word" in words(ax)
    every = draw("tone_beside_stance", pd.DataFrame({"polarity": 0.1, "thesis": STANCES}))
    assert {text.get_text() for text in every.texts} == {f"{one} (n = 1)" for one in STANCES}


def test_intervals_are_drawn_and_marks_without_one_are_hollow():
    ax = draw("paired", EXAMPLES["paired"])
    ends = [tuple(path.vertices[:, 0]) for lines in ax.collections[1:] for path in lines.get_paths()]
    assert ends == [(0.1, 0.3), (0.05, 0.4), (0.4, 0.8)]
    hollow = [line for line in ax.lines if to_hex(line.get_markerfacecolor()) == "#ffffff"]
    assert [tuple(line.get_xdata()) for line in hollow] == [(), (0.5,)]
    assert "n = 21 paragraphs" in words(ax)
    assert "n = 4–9 comments" in words(ax)


def test_differences_stand_around_zero_beside_what_was_planted():
    ax = draw("differences", EXAMPLES["differences"])
    low, high = ax.get_xlim()
    assert low == -high and high > 0.3
    assert points(ax, "o") == [(0.2, 0)] and points(ax, "|") == [(-0.1, 1), (0.25, 0)]
    known = draw("differences", EXAMPLES["differences"].drop(columns="planted"))
    assert not points(known, "|") and "planted" not in words(known)


def test_alpha_stands_beside_zero_and_the_usual_threshold_with_the_count_at_the_right():
    ax = draw("agreement", EXAMPLES["agreement"])
    upright = [path.vertices[0, 0] for path in ax.collections[-1].get_paths()]
    assert upright == [0, 0.667]
    assert {"8 of 9", "9 of 9", "undefined"} <= {text.get_text() for text in ax.texts}
    assert ax.get_xlim()[0] == pytest.approx(-1.04)


def test_estimates_stand_sorted_above_marks_of_their_options():
    ax = draw("specification_curve", EXAMPLES["specification_curve"], label="mean tone (−1 to 1)")
    assert points(ax, "o") == [(0, -0.2), (1, 0.1), (2, 0.3)]
    assert [name for name in left(ax) if name.endswith(":")] == ["word list:", "unit:"]
    rows = dict(zip(left(ax), ax.get_yticks(), strict=True))
    used = {name: [x for x, y in points(ax, "|") if np.isclose(y, rows[name])] for name in rows}
    assert (used["both"], used["one"], used["x"], used["y"]) == ([1, 2], [0], [0, 2], [1])
    assert "mean tone (−1 to 1)" in words(ax)
    assert "n = 4 combinations, 1 without an estimate" in words(ax)


def test_each_method_has_its_mark_in_the_row_of_its_task():
    ax = draw("accuracy", EXAMPLES["accuracy"])
    assert points(ax, "|") == [(0.1, 0), (0.3, 1)]
    assert points(ax, "o", plots.READERS) == [(0.6, 0)]
    assert points(ax, "D", plots.AUTHOR) == [(0.9, 0)]
    assert {"tone · r", "stance · F1"} <= {text.get_text() for text in ax.texts}
    assert "VADER" not in words(ax)
