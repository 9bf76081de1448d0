"""Metrics that can be counted by hand, and against scikit-learn."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import average_precision_score, f1_score

from rejoinder.evaluation import metrics


def test_average_precision_with_ties_is_that_of_scikit_learn():
    rng = np.random.default_rng(3)
    assert metrics.average_precision(np.ones(1), np.ones(1)) == 0
    scores, right = rng.integers(6, size=(20, 31)) / 6, rng.integers(2, size=(20, 31))
    for score, label, found in zip(scores, right, metrics.average_precision(scores, right), strict=True):
        top = np.argsort(-score, kind="stable")[:15]
        expected = average_precision_score(label[top], score[top]) * label[top].mean()
        assert found == pytest.approx(expected)


def test_macro_f1_is_that_of_scikit_learn_within_its_interval():
    rng = np.random.default_rng(1)
    gold, guess = (pd.Series(rng.choice([-1, 0, 1], 200)) for _ in range(2))
    value, low, high = metrics.macro_f1(gold, guess, rng)
    assert value == pytest.approx(f1_score(gold, guess, average="macro")) and low < value < high
    # A class that nobody uses counts as always missed.
    assert metrics.macro_f1(pd.Series([1, -1]), pd.Series([1, -1]), rng)[0] == pytest.approx(2 / 3)


def test_calibration_steps_hold_the_answers_of_their_degree():
    degree = np.array([0.05, 0.08, 0.15, 0.95, 1.0])
    table = metrics.calibration_steps(degree, np.array([True, False, True, True, True]))
    assert table.columns.tolist() == metrics.STEP_COLUMNS
    assert table["least"].tolist() == [0.0, 0.1, 0.9] and table["n"].tolist() == [2, 1, 2]
    assert table["right"].tolist() == [0.5, 1, 1]
    assert table["degree"].iloc[-1] == pytest.approx(0.975)
    assert ((table["low"] <= table["right"]) & (table["right"] <= table["high"])).all()
