import os

import numpy as np
import pandas as pd
import pytest

from rejoinder import errors
from rejoinder.evaluation import target_sentiment
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.evaluation.target_sentiment import score_toward

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds newsmtsc/"
)

SENTENCES = [
    ("Smith is a hero, but Jones is a disgrace and a liar.", "Smith", 1),
    ("Smith is a hero, but Jones is a disgrace and a liar.", "Jones", -1),
    ("Smith said that Jones is a liar.", "Smith", 0),
    ("Smith is a wonderful man.", "Smith", 1),
] * 5


@pytest.fixture
def small_set(monkeypatch):
    """A small set of rated mentions."""
    rows = [(s, s.index(m), s.index(m) + len(m), gold) for s, m, gold in SENTENCES]
    table = pd.DataFrame(rows, columns=["sentence", "start", "end", "gold"])
    monkeypatch.setattr(target_sentiment, "rated_mentions", lambda folder, name: table)


def test_each_method_is_scored(small_set):
    table = score_toward("", "newsmtsc-rw")
    assert list(table.columns) == SCORE_COLUMNS
    assert set(table["measure"]) == {"tone toward"}
    assert set(table["metric"]) == {"macro_f1"}
    assert (table["n"] == len(SENTENCES)).all()
    assert table["method"].tolist() == ["chance", "textblob", "vader", "rejoinder"]
    assert set(table["dataset"]) == {"as found"}


def test_figures_that_can_be_counted_by_hand(small_set):
    value = score_toward("", "newsmtsc-rw").set_index("method")["value"]
    assert value["rejoinder"] == 1
    # VADER: of four, the first two and the third are cold, the last warm.
    f1_negative, f1_neutral, f1_positive = 2 * 1 / (1 + 3), 0, 2 * 1 / (2 + 1)
    expected = np.mean([f1_negative, f1_neutral, f1_positive])
    assert value["vader"] == pytest.approx(expected)


def test_interval_holds_the_value_and_is_the_same_each_time(small_set):
    table = score_toward("", "newsmtsc-rw")
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    pd.testing.assert_frame_equal(table, score_toward("", "newsmtsc-rw"))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(errors.BenchmarkError):
        score_toward(tmp_path, "newsmtsc-mt")


@needs_data
@pytest.mark.slow
def test_plain_vader_and_the_mentions_are_those_that_were_measured():
    for name, n, value in (("newsmtsc-mt", 442, 0.528), ("newsmtsc-rw", 343, 0.508)):
        table = score_toward(FOLDER, name).set_index("method")
        assert set(table["n"]) == {n}
        assert table.loc["vader", "value"] == pytest.approx(value, abs=5e-4)
