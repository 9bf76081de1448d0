"""The recorded results as tables: numbers stay numbers, and nothing is lost."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from rejoinder.errors import BenchmarkError, NameNotKnown
from rejoinder.evaluation import MEASURES, results
from rejoinder.tables import accuracy


def test_scores_hold_every_recorded_and_published_figure():
    table, recorded = accuracy.scores(), pd.DataFrame(results.read()["scores"])
    own = table[table["source"] == ""]
    pd.testing.assert_frame_equal(own[recorded.columns], recorded, check_dtype=False)
    cited = table[table["source"] != ""]
    assert set(cited["method"]) == {"one human", "best published"}
    assert cited["n"].isna().all() and cited["low"].isna().all()
    assert not table.duplicated(["measure", "dataset", "metric", "method"]).any()
    assert all(pd.api.types.is_numeric_dtype(table[c]) for c in ("n", "value", "low", "high"))


def test_beside_has_the_figures_of_the_scores_in_one_row():
    table, long = accuracy.beside(), accuracy.scores().set_index(["dataset", "metric", "method"])
    assert not table.duplicated(["measure", "dataset", "metric"]).any()
    assert len(table) == len(long.groupby(["dataset", "metric"]))
    for row in table.itertuples():
        for method in accuracy.METHODS:
            expected = long["value"].get((row.dataset, row.metric, method), np.nan)
            np.testing.assert_equal(getattr(row, method.replace(" ", "_")), expected)
    tweets = table.set_index(["dataset", "metric"]).loc[("tweets", "pearson_r")]
    assert tweets["chance"] < tweets["low"] < tweets["rejoinder"] < tweets["high"]
    argkp = table.set_index(["dataset", "metric"]).loc[("argkp", "strict_map")]
    assert (argkp["rule"], argkp["chance"] < argkp["other_rule"] < argkp["rejoinder"]) == (
        "character TF-IDF",
        True,
    )


def test_the_best_simpler_rule_stands_beside(tmp_path):
    row = {
        "measure": "claim matching",
        "dataset": "argkp",
        "task": "t",
        "n": 9,
        "metric": "x",
        "low": 0,
        "high": 1,
    }
    rules = {"plain": 0.4, "better": 0.5, "worse": 0.1, "rejoinder": 0.6}
    scores = [row | {"method": method, "value": value} for method, value in rules.items()]
    file = tmp_path / "results.json"
    file.write_text(pd.io.json.ujson_dumps({"sets": {}, "scores": scores, "calibration": []}))
    table = accuracy.beside(file)
    assert table[["rule", "other_rule", "rejoinder", "low"]].to_numpy().tolist() == [
        ["better", 0.5, 0.6, 0]
    ]
    assert table[["chance", "one_human", "source"]].isna().all(axis=None)
    with pytest.raises(BenchmarkError):
        accuracy.scores(tmp_path / "missing.json")


@pytest.mark.parametrize("measure", MEASURES)
def test_a_headline_is_one_row_per_dataset(measure):
    table = accuracy.headline(measure)
    assert len(table) and not table["dataset"].duplicated().any()
    assert (table["measure"] == measure).all() and len(set(table["metric"])) == 1
    assert ("value" not in table) == (measure == "stance")
    assert table["chance"].notna().all()


@pytest.mark.parametrize("measure", MEASURES)
def test_likeness_counts_the_texts_as_long_as_the_data(measure, bare, talk):
    table = accuracy.likeness(talk, measure)
    texts = talk.comment_sentences if measure == "target sentiment" else talk.comments
    assert (table["here"] == len(texts)).all()
    assert table["within"].between(0, len(texts)).all()
    assert (table["comments"] == (measure == "stance")).all()
    none = accuracy.likeness(dataclasses.replace(bare, comments=bare.comments.head(0)), measure)
    assert (none["here"] == 0).all() and (none["within"] == 0).all() and none["median_here"].isna().all()


def test_likeness_of_a_small_page_can_be_counted_by_hand(bare):
    # "I love it!" and "I hate it." have three words, "The." has one.
    table = accuracy.likeness(bare, "sentiment").set_index("dataset")
    assert table.loc["reviews", ["shortest", "here", "median_here", "within"]].tolist() == [3, 3, 3, 2]
    assert table.loc["tweets", "within"] == 0  # from 4 words


@pytest.mark.parametrize("ask", [accuracy.headline, lambda name: accuracy.likeness(None, name)])
def test_an_unknown_measure_is_refused(ask):
    with pytest.raises(NameNotKnown) as caught:
        ask("mood")
    assert "'mood'" in caught.value.problem and "sentiment" in caught.value.remedy


def test_the_other_tables_are_complete():
    steps = accuracy.calibration()
    assert {"measure", "dataset", "least", "right", "n"} <= set(steps)
    assert steps["right"].between(0, 1).all() and (steps["n"] > 0).all()
    data = accuracy.datasets()
    assert not data.duplicated(["measure", "dataset"]).any()
    assert data.notna().all(axis=None) and (data["shortest"] < data["longest"]).all()
    assert set(data["dataset"]) == set(results.read()["sets"])
    metrics = accuracy.metrics().set_index("metric")
    assert set(metrics.index) == set(accuracy.scores()["metric"])
    assert sorted(metrics["headline_of"].dropna()) == sorted(MEASURES)
    tried = accuracy.tried()
    assert set(tried["measure"]) <= set(MEASURES)
    assert (tried.map(len) > 0).all(axis=None) and not tried.duplicated(["measure", "tried"]).any()
