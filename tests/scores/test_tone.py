import pytest

from rejoinder.read.benchmarks import SCORE_COLUMNS
from rejoinder.scores.tone import score_tone


def test_methods_are_scored_on_every_set_by_both_metrics(small_sets):
    table = score_tone(small_sets)
    assert list(table.columns) == SCORE_COLUMNS
    assert len(table) == 3 * 2 * 2
    assert (table["n"] == 4).all()
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()


def test_figures_of_a_method_that_can_be_counted_by_hand(small_sets):
    # VADER: right on "good" (+) and "awful" (-), neutral on "NA", wrong on "bad" (rated above 0).
    table = score_tone(small_sets).set_index(["method", "dataset", "metric"])
    f1_negative, f1_neutral, f1_positive = 2 * 1 / (2 + 2), 0, 2 * 1 / (2 + 1)
    expected = (f1_negative + f1_neutral + f1_positive) / 3
    assert table.loc[("vader", "tweets", "macro_f1"), "value"] == pytest.approx(expected, abs=1e-4)
