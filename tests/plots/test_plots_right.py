"""The ladder and the reliability of the methods: what stands where, and what is said of it."""

import pandas as pd
import pytest

from rejoinder import answers, plots
from rejoinder.plots.right import LEAST_ANSWERS, RUNGS
from rejoinder.report import alt

pytestmark = pytest.mark.usefixtures("closed_figures")


def test_the_ladder_has_a_row_for_each_task_with_its_number_of_texts():
    rungs = answers.rungs()
    ax = plots.ladder(rungs)
    tasks = list(dict.fromkeys(rungs["task"]))
    assert [label.get_text() for label in ax.get_yticklabels()] == tasks
    shown = [text.get_text() for text in ax.texts]
    for row in rungs[rungs["who"] == "rejoinder"].itertuples():
        assert f"n = {row.n:,}" in shown
        assert f"{row.value:.2f} {row.metric}" in shown


def test_every_rung_stands_at_its_value_and_only_ours_is_filled():
    rungs = answers.rungs()
    ax = plots.ladder(rungs)
    marks = [line for line in ax.lines if line.get_marker() != "None"]
    assert sorted(line.get_xdata()[0] for line in marks) == sorted(rungs["value"])
    filled = [line for line in marks if line.get_markerfacecolor() != "white"]
    assert {line.get_marker() for line in filled} == {RUNGS["rejoinder"][0]}
    assert len(filled) == rungs["task"].nunique()


def test_the_interval_of_ours_is_drawn():
    rungs = answers.rungs()
    drawn = {tuple(line.get_xdata()) for line in plots.ladder(rungs).lines if len(line.get_xdata()) == 2}
    for row in rungs[rungs["who"] == "rejoinder"].itertuples():
        assert (row.low, row.high) in drawn


def test_reliability_has_a_panel_for_each_measure_and_its_diagonal():
    steps = answers.reliability_steps()
    ax = plots.reliability(steps)
    panels = ax.child_axes
    assert [panel.texts[0].get_text() for panel in panels] == list(dict.fromkeys(steps["measure"]))
    for panel in panels:
        assert [tuple(xy) for xy in panel.lines[0].get_xydata()] == [(0, 0), (1, 1)]


def test_steps_of_few_answers_are_left_out_and_counted():
    steps = answers.reliability_steps()
    few = (steps["n"] < LEAST_ANSWERS).sum()
    assert few
    ax = plots.reliability(steps)
    assert f"{few} steps of fewer than {LEAST_ANSWERS} answers left out" in " ".join(
        ax.get_xlabel().split()
    )


def test_nothing_measured_is_said():
    assert "nothing was measured" in plots.ladder(pd.DataFrame()).texts[0].get_text()
    none = answers.reliability_steps().head(0)
    assert "no degrees were measured" in plots.reliability(none).texts[0].get_text()


def test_the_words_for_both_hold_their_numbers():
    rungs, steps = answers.rungs(), answers.reliability_steps()
    for row in rungs.itertuples():
        assert f"{row.who} {row.value:.2f}" in alt.ladder(rungs)
    assert f"{steps['right'].iloc[0]:.2f} at {steps['degree'].iloc[0]:.2f}" in alt.reliability(steps)
