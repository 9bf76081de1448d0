import numpy as np
import pytest

from rejoinder.evaluation.f1 import chance_macro_f1
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.evaluation.tone import score_tone

METHODS = ["chance", "textblob", "vader", "rejoinder"]


def test_methods_are_scored_by_both_metrics(small_sets):
    table = score_tone(small_sets, "tweets")
    assert list(table.columns) == SCORE_COLUMNS
    assert table.groupby("metric")["method"].apply(list).to_dict() == {
        "macro_f1": METHODS,
        "pearson_r": METHODS,
    }
    assert (table["n"] == 4).all()
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()


def test_figures_of_a_method_that_can_be_counted_by_hand(small_sets):
    # VADER: right on "good" (+) and "awful" (-), neutral on "NA", wrong on "bad" (rated above 0).
    table = score_tone(small_sets, "tweets").set_index(["method", "metric"])
    f1_negative, f1_neutral, f1_positive = 2 * 1 / (2 + 2), 0, 2 * 1 / (2 + 1)
    expected = (f1_negative + f1_neutral + f1_positive) / 3
    assert table.loc[("vader", "macro_f1"), "value"] == pytest.approx(expected, abs=1e-4)


def test_chance_is_what_many_blind_guesses_reach():
    rng = np.random.default_rng(1)
    gold = rng.choice([-1, 0, 1], p=[0.6, 0.1, 0.3], size=200_000)
    guess = rng.permutation(gold)
    f1 = [
        2 * ((gold == one) & (guess == one)).sum() / ((gold == one).sum() + (guess == one).sum())
        for one in (-1, 0, 1)
    ]
    assert chance_macro_f1(gold) == pytest.approx(sum(f1) / 3, abs=0.01)
