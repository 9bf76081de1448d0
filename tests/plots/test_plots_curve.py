import itertools
from math import nan

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from drawn import seen_texts
from matplotlib.colors import to_rgb

from rejoinder import plots
from rejoinder.display import png
from rejoinder.report import alt
from rejoinder.stats.estimate import Estimate, share

pytestmark = pytest.mark.usefixtures("closed_figures")

HOSTILE = "$\\frac{ <script> \x00 \u202e שלום 上 😀 $$ " + "W" * 90
LONG = "an option that somebody has described in a good many words, and then some more"
SIZES = {
    1: (1,),
    6: (3, 2),
    9: (3, 3),
    72: (3, 2, 2, 3, 2),
    216: (3, 2, 2, 3, 2, 3),
    648: (3, 3, 2, 3, 2, 3, 2),
}


def mean_of(value, n=9):
    return Estimate(value, value - 0.1, value + 0.1, n, 0.95, "t")


def side(estimate):
    if np.isnan(estimate.low):
        return "too few"
    if estimate.low > 0 or estimate.high < 0:
        return "warm" if estimate.value > 0 else "cold"
    return f"can't tell, leaning {'warm' if estimate.value > 0 else 'cold'}"


def multiverse(options, name=str, estimate=None):
    """A table of all combinations of so many options; their values go up and down."""
    rows = list(itertools.product(*[[name(f"o{at}") for at in range(n)] for n in options]))
    table = pd.DataFrame(rows, columns=[name(f"choice {at}") for at in range(len(options))])
    estimates = [(estimate or mean_of)(round(0.3 * np.sin(7 * at + 1), 3)) for at in range(len(rows))]
    return table.assign(estimate=estimates, finding=[name(side(e)) for e in estimates])


def few(values, findings):
    estimates = [value if isinstance(value, Estimate) else mean_of(value) for value in values]
    return pd.DataFrame({"word list": list("abcdefgh")[: len(values)], "estimate": estimates,
                         "finding": findings})  # fmt: skip


def lower(ax):
    return next(other for other in ax.figure.axes if other is not ax)


def labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def dots(ax):
    """Place, value, mark and fill of each dot, from the left; without the ring."""
    found = [
        (x, y, line.get_marker(), line.get_markerfacecolor())
        for line in ax.lines
        if line.get_linestyle() == "None" and line.get_markerfacecolor() != "none"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
        if not np.isnan(x)
    ]
    return sorted(found, key=lambda dot: dot[0])


def ring(ax):
    return [
        (*line.get_xdata(), *line.get_ydata())
        for line in ax.lines
        if line.get_markerfacecolor() == "none"
    ]


def uses(axes):
    """The places of the marks of each row of options, by its height."""
    drawn = {}
    for marks in axes.collections:
        for path in marks.get_paths():
            (x, bottom), (_, top) = path.vertices
            drawn.setdefault((bottom + top) / 2, []).append(x)
    return [sorted(drawn[y]) for y in sorted(drawn)]


def overlapping(figure):
    """Pairs of all texts of a drawn figure that overlap, with those of its axes."""
    boxes = [(t.get_text(), t.get_window_extent()) for t in seen_texts(figure)]
    return [
        (a, b) for at, (a, one) in enumerate(boxes) for b, other in boxes[at + 1 :] if one.overlaps(other)
    ]


def test_the_lowest_estimate_stands_at_the_left():
    table = few([0.3, -0.2, 0.1], ["warm", "cold", "can't tell"])
    assert [dot[:2] for dot in dots(plots.specification_curve(table))] == [(0, -0.2), (1, 0.1), (2, 0.3)]
    assert [e.value for e in table["estimate"]] == [0.3, -0.2, 0.1]  # the table stays as it was


def test_each_estimate_has_its_interval():
    table = few([0.3, share(3, 9)], ["warm", "cold"])
    lines = [path.vertices for path in plots.specification_curve(table).collections[0].get_paths()]
    assert [(line[0, 1], line[1, 1]) for line in lines] == [(e.low, e.high) for e in table["estimate"]]


def test_the_first_row_is_ringed_and_named():
    ax = plots.specification_curve(few([0.3, -0.2, 0.1], ["warm", "cold", "can't tell"]))
    assert ring(ax) == [(2, 0.3)]
    assert [(t.get_text(), t.get_position()[0]) for t in ax.texts] == [("as in the notebooks", 2)]


def test_a_mark_stands_below_each_combination_in_the_row_of_its_option():
    table = few([0.3, -0.2, 0.1, 0.2], list("wcdd")).assign(unit=["x", "y", "x", "y"])
    table["word list"] = ["both", "both", "one", "one"]
    ax = plots.specification_curve(table)
    # from the left: the second, third, fourth and first row
    assert labels(lower(ax).yaxis)[-4:] == ["both", "one", "x", "y"]
    assert uses(lower(ax)) == [[0, 3], [1, 2], [1, 3], [0, 2]]
    assert [t.get_text() for t in lower(ax).texts] == ["finding", "word list", "unit"]
    assert lower(ax).get_xlim() == ax.get_xlim()


@pytest.mark.parametrize("reserved", ["value", "place", "n", "low"])
def test_a_choice_may_have_any_name(reserved):
    table = few([0.3, -0.2], ["warm", "cold"]).rename(columns={"word list": reserved})
    ax = plots.specification_curve(table)
    assert uses(lower(ax)) == [[1], [0]]
    assert lower(ax).texts[1].get_text() == reserved


def test_findings_are_named_with_counts_that_of_the_notebooks_first():
    table = few([0.3, -0.2, -0.1, -0.3], ["warm", "can't tell", "cold", "cold"])
    ax = plots.specification_curve(table)
    assert labels(lower(ax).yaxis)[:3] == ["warm (1)", "cold (2)", "can't tell (1)"]
    by_finding = {dot[1]: dot[2] for dot in dots(ax)}
    assert by_finding[-0.1] == by_finding[-0.3]
    assert len(set(by_finding.values())) == 3
    assert by_finding[0.3] == plots.READERS_MARK


def test_the_fifth_finding_and_more_are_other():
    table = few([0.1 * at for at in range(8)], ["a", "b", "b", "c", "c", "d", "e", "f"])
    ax = plots.specification_curve(table)
    named = labels(lower(ax).yaxis)[:5]
    assert named == ["a (1)", "b (2)", "c (2)", "d (1)", "other (2)"]
    marks = [dot[2] for dot in dots(ax)]
    assert len(set(marks)) == 5
    assert marks[-2] == marks[-1]


def test_colours_of_findings_differ_in_grey():
    table = few([0.1 * at for at in range(4)], list("abcd"))
    shades = sorted(
        np.dot(to_rgb(dot[3]), (0.299, 0.587, 0.114)) for dot in dots(plots.specification_curve(table))
    )
    assert min(np.diff(shades)) > 0.07


def test_an_estimate_without_an_interval_is_hollow():
    alone = Estimate(0.2, nan, nan, 2, 0.95, "bootstrap")
    ax = plots.specification_curve(few([0.3, alone, -0.2], ["warm", "warm", "cold"]))
    assert [dot[3] == "white" for dot in dots(ax)] == [False, True, False]
    assert "hollow: no interval" in ax.get_xlabel()
    without = plots.specification_curve(few([0.3, -0.2], ["warm", "cold"]))
    assert "hollow" not in without.get_xlabel()


def test_a_combination_without_an_estimate_is_counted_and_not_drawn():
    none = Estimate(nan, nan, nan, 0, 0.95, "none")
    ax = plots.specification_curve(few([0.3, none, -0.2], ["warm", "no estimate", "cold"]))
    assert [dot[1] for dot in dots(ax)] == [-0.2, 0.3]
    assert ax.get_xlabel().startswith("3 combinations")
    assert "1 without an estimate, not drawn\n" in ax.get_xlabel()
    assert "no estimate (1)" in labels(lower(ax).yaxis)
    assert "n = 9" in ax.get_xlabel()  # of those that are drawn


def test_notebooks_without_an_estimate_are_said_to_have_none():
    none = Estimate(nan, nan, nan, 0, 0.95, "none")
    ax = plots.specification_curve(few([none, 0.1], ["no estimate", "cold"]))
    assert ring(ax) == []
    assert not ax.texts
    assert "that of the notebooks is one of them" in ax.get_xlabel()


def test_where_there_is_no_estimate_the_picture_says_so():
    none = Estimate(nan, nan, nan, 0, 0.95, "none")
    for table, why in (([], "no choices"), ([none, none], "any of n = 2")):
        ax = plots.specification_curve(few(table, ["no estimate"] * len(table)))
        (text,) = ax.texts
        assert why in text.get_text()
        assert not ax.lines


def test_two_combinations_stand_side_by_side_in_the_middle():
    left, right = plots.specification_curve(few([0.3, -0.2], ["warm", "cold"])).get_xlim()
    assert right - left > 8
    assert left + right == pytest.approx(0 + 1)


def test_the_axis_says_how_many_combinations_and_of_how_many_comments():
    ax = plots.specification_curve(few([mean_of(0.3, 9), mean_of(0.1, 7)], ["w", "w"]), label="mean tone")
    assert ax.get_xlabel().startswith("2 combinations, by what they give")
    assert "n = 7 to 9" in ax.get_xlabel()
    assert "95 %" in ax.get_xlabel()
    assert ax.get_ylabel() == "mean tone"
    assert plots.specification_curve(few([0.3], ["w"])).get_xlabel().startswith("1 combination\n")


def test_shares_have_an_axis_from_0_to_1_and_no_line_at_0():
    signed = plots.specification_curve(few([0.2, 0.3], ["warm", "warm"]))
    shares = plots.specification_curve(few([share(3, 9), share(8, 9)], ["can't tell", "accepted"]))
    at_zero = [[line for line in ax.lines if list(line.get_ydata()) == [0, 0]] for ax in (signed, shares)]
    assert [len(lines) for lines in at_zero] == [1, 0]
    assert labels(shares.yaxis) == ["0", "0.25", "0.5", "0.75", "1"]
    bottom, top = signed.get_ylim()
    assert bottom < 0 < 0.4 < top  # 0 is to be seen though all is above it


def test_given_axes_get_the_upper_part_alone_with_a_key_above():
    figure, own = plt.subplots(figsize=(6, 4), layout="constrained")
    table = few([0.3, -0.2, 0.1, 0.0, 0.2], list("abcde")).assign(finding=lambda t: "_" + t["finding"])
    ax = plots.specification_curve(table, ax=own)
    assert ax is own
    assert figure.axes == [own]
    key = ax.get_legend()
    assert [t.get_text() for t in key.get_texts()] == [
        "_a (1)",
        "_b (1)",
        "_c (1)",
        "_d (1)",
        "other (1)",
    ]
    assert overlapping(figure) == []
    assert key.get_window_extent().y0 >= ax.texts[0].get_window_extent().y1 > ax.get_window_extent().y1


@pytest.mark.parametrize(
    ("combinations", "words"),
    [
        (1, LONG),
        (6, LONG),
        (9, LONG),
        (72, LONG),
        (72, ""),
        pytest.param(216, LONG, marks=pytest.mark.slow),
        pytest.param(648, LONG, marks=pytest.mark.slow),
        pytest.param(648, "", marks=pytest.mark.slow),
    ],
)
def test_no_text_of_a_specification_curve_overlaps_another(combinations, words):
    table = multiverse(SIZES[combinations], lambda short: f"{short} {words}")
    assert len(table) == combinations
    ax = plots.specification_curve(table, label="mean tone, −1 cold to 1 warm")
    assert overlapping(ax.figure) == []
    assert len(dots(ax)) == combinations
    assert ax.get_window_extent().width > 0.3 * ax.figure.bbox.width  # names leave it room


@pytest.mark.parametrize("first", [-0.5, 0.5])
def test_the_notebooks_are_named_beside_no_edge(first):
    table = multiverse(SIZES[72])
    table.loc[0, "estimate"] = mean_of(first)
    ax = plots.specification_curve(table)
    ax.figure.canvas.draw()
    name, room = ax.texts[0].get_window_extent(), ax.get_window_extent()
    assert room.x0 <= name.x0 < name.x1 <= room.x1


def test_hostile_names_are_drawn_without_a_warning_or_an_overlap():
    table = multiverse((3, 2), lambda short: f"{short} {HOSTILE}")
    ax = plots.specification_curve(table, label=HOSTILE)
    assert overlapping(ax.figure) == []
    assert png(ax)
    wide = multiverse((3, 2), lambda short: short + "W" * 90)
    assert overlapping(plots.specification_curve(wide).figure) == []
    machines = lines_of(3).assign(machine=lambda t: t["machine"] + HOSTILE)
    assert overlapping(plots.how_many(machines).figure) == []


def lines_of(machines, sizes=(10, 20, 35, 100, 1000)):
    return pd.DataFrame(
        [
            (n, 0.98 / np.sqrt(n + 4) * (1 - 0.03 * at), f"correlation {at / 10}" if at else "no machine")
            for at in range(machines)
            for n in sizes
        ],
        columns=["coded", "half_width", "machine"],
    )


def curves(ax):
    """The lines with more than one point, less those that lead to a name."""
    return [
        line for line in ax.lines if line.get_transform() == ax.transData and len(line.get_xdata()) > 1
    ]


def test_more_coded_comments_are_further_right_on_plain_numbers():
    ax = plots.how_many(lines_of(1).sample(frac=1, random_state=1))
    assert ax.get_xscale() == "log"
    assert labels(ax.xaxis) == ["10", "20", "50", "100", "200", "500", "1,000"]
    (line,) = curves(ax)
    assert list(line.get_xdata()) == [10, 20, 35, 100, 1000]
    assert list(line.get_ydata()) == sorted(line.get_ydata(), reverse=True)
    assert ax.get_ylim()[0] == 0
    assert "95 %" in ax.get_ylabel()
    assert "how many comments" in ax.get_xlabel()


@pytest.mark.parametrize("machines", [1, 2, 4, 9])
def test_every_line_is_named_at_its_end_in_the_order_of_the_ends(machines):
    table = lines_of(machines)
    ax = plots.how_many(table)
    ends = table[table["coded"] == 1000].sort_values("half_width")["machine"]
    heights = [t.get_position()[1] for t in ax.texts]
    assert [t.get_text() for t in ax.texts] == list(ends)
    assert heights == sorted(heights)
    assert overlapping(ax.figure) == []
    assert all(t.get_window_extent().x0 > ax.get_window_extent().x1 for t in ax.texts)


def test_machines_have_lines_of_their_own_style():
    styles = {str(line._dash_pattern) for line in curves(plots.how_many(lines_of(5)))}
    assert len(styles) == 5


def test_a_name_stands_where_its_line_ends_though_others_go_on():
    table = lines_of(2)
    table = table[(table["machine"] == "no machine") | (table["coded"] < 50)]
    ax = plots.how_many(table)
    last = table[table["coded"] == 35]["half_width"].min()
    height = next(t.get_position()[1] for t in ax.texts if t.get_text() == "correlation 0.1")
    assert height == pytest.approx(last / ax.get_ylim()[1])


def test_points_without_a_half_width_are_counted_and_not_drawn():
    table = lines_of(2)
    table.loc[table["machine"] == "no machine", "half_width"] = nan
    table.loc[table.index[-1], "half_width"] = nan
    ax = plots.how_many(table)
    assert "6 of 10 points have no half-width" in ax.get_xlabel()
    assert [t.get_text() for t in ax.texts] == ["correlation 0.1"]
    assert "half-width" not in plots.how_many(lines_of(2)).get_xlabel()


def test_a_single_point_is_drawn():
    ax = plots.how_many(lines_of(1, sizes=(35,)))
    assert labels(ax.xaxis) == ["35"]
    assert overlapping(ax.figure) == []


@pytest.mark.parametrize("table", [lines_of(0), lines_of(1).assign(half_width=nan)])
def test_no_points_give_a_picture_that_says_so(table):
    assert "no numbers" in plots.how_many(table).texts[0].get_text()
    assert "Nothing to show" in alt.how_many(table)


def test_the_words_for_a_curve_say_range_own_estimate_and_findings_by_option():
    none = Estimate(nan, nan, nan, 0, 0.95, "none")
    table = few([0.3, -0.2, none, -0.1], ["warm", "cold", "no estimate", "cold"])
    table["word list"] = ["both", "both", "one", "one"]
    words = alt.specification_curve(table)
    assert "4 combinations from −0.20 to +0.30, 1 without an estimate" in words
    assert f"as in the notebooks: {table['estimate'].iloc[0]}, warm" in words
    assert "findings: cold (2), warm (1), no estimate (1)" in words
    assert "word list “both”: warm (1), cold (1)" in words


def test_the_words_for_shares_have_no_sign():
    words = alt.specification_curve(few([share(3, 9), share(9, 9)], ["a", "b"]))
    assert "2 combinations from 0.33 to 1.00;" in words


def test_the_words_for_no_combinations_say_so():
    assert "Nothing to show" in alt.specification_curve(few([], []))
    none = Estimate(nan, nan, nan, 0, 0.95, "none")
    words = alt.specification_curve(few([none], ["none"]))
    assert "1 combination, 1 without an estimate" in words
    assert "nan" not in words


def test_the_words_for_how_many_give_the_marked_sizes_of_each_line():
    words = alt.how_many(lines_of(2))
    assert "no machine: 0.26 at 10, 0.20 at 20, 0.10 at 100, 0.03 at 1000; correlation 0.1: " in words


def test_the_words_for_a_missing_finding_or_option_say_unknown():
    table = few([0.1, 0.2], [None, "x"]).assign(choice=["a", None])
    words = alt.specification_curve(table)
    assert "findings: unknown (1), x (1)" in words and "choice “unknown”: x (1)" in words
