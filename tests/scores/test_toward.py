import hashlib
import json
import os

import numpy as np
import pandas as pd
import pytest

from rejoinder import errors
from rejoinder.read import benchmarks
from rejoinder.scores.toward import score_toward

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
def small_sets(tmp_path, monkeypatch):
    """Two small sets of rated mentions, declared with their own checksums."""
    lines = [
        {"sentence": s, "mention": m, "from": s.index(m), "to": s.index(m) + len(m), "polarity": gold}
        for s, m, gold in SENTENCES
    ]
    declared = {}
    for number, dataset in enumerate(benchmarks.MENTIONS):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (tmp_path / f"{number}.jsonl").write_text(text, encoding="utf-8")
        declared[dataset] = (f"{number}.jsonl", hashlib.sha256(text.encode()).hexdigest())
    monkeypatch.setattr(benchmarks, "MENTIONS", declared)
    return tmp_path


def test_each_method_is_scored_on_each_set(small_sets):
    table = score_toward(small_sets)
    assert list(table.columns) == benchmarks.SCORE_COLUMNS
    assert set(table["measure"]) == {"tone toward"}
    assert set(table["metric"]) == {"macro_f1"}
    assert (table["n"] == len(SENTENCES)).all()
    pairs = table.groupby("method")["dataset"].apply(list).to_dict()
    assert pairs == {m: ["several persons", "as found"] for m in ("rejoinder", "textblob", "vader")}


def test_figures_that_can_be_counted_by_hand(small_sets):
    value = score_toward(small_sets).set_index(["method", "dataset"])["value"]
    assert value["rejoinder", "as found"] == 1
    # VADER: of four, the first two and the third are cold, the last warm.
    f1_negative, f1_neutral, f1_positive = 2 * 1 / (1 + 3), 0, 2 * 1 / (2 + 1)
    expected = np.mean([f1_negative, f1_neutral, f1_positive])
    assert value["vader", "as found"] == pytest.approx(expected)


def test_interval_holds_the_value_and_is_the_same_each_time(small_sets):
    table = score_toward(small_sets)
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    pd.testing.assert_frame_equal(table, score_toward(str(small_sets)))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(errors.BenchmarkError):
        score_toward(tmp_path)


@needs_data
@pytest.mark.slow
def test_plain_vader_and_the_mentions_are_those_that_were_measured():
    table = score_toward(FOLDER).set_index(["method", "dataset"])
    assert table["n"].groupby("dataset").first().to_dict() == {"several persons": 442, "as found": 343}
    assert table.loc[("vader", "several persons"), "value"] == pytest.approx(0.528, abs=5e-4)
    assert table.loc[("vader", "as found"), "value"] == pytest.approx(0.508, abs=5e-4)
