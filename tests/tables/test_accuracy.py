"""The recorded results as tables: numbers stay numbers, and nothing is lost."""

import numpy as np
import pandas as pd
import pytest

from rejoinder import evaluation
from rejoinder.errors import BenchmarkError, NameNotKnown
from rejoinder.evaluation import MEASURES
from rejoinder.tables import accuracy


def test_scores_hold_every_recorded_and_published_figure(tmp_path):
    table, recorded = accuracy.scores(), pd.DataFrame(evaluation.recorded()["scores"])
    own, cited = table[table["source"] == ""], table[table["source"] != ""]
    pd.testing.assert_frame_equal(own[recorded.columns], recorded, check_dtype=False)
    assert set(cited["method"]) == {"one human", "best published"}
    assert cited[["n", "low", "high"]].isna().all(axis=None)
    assert not table.duplicated(["measure", "dataset", "metric", "method"]).any()
    with pytest.raises(BenchmarkError):
        accuracy.scores(tmp_path / "missing.json")


def test_beside_has_the_figures_of_the_scores_in_one_row():
    table, long = (
        accuracy.beside(),
        accuracy.scores().set_index(["dataset", "metric", "method"])["value"].sort_index(),
    )
    assert len(table) == len(long.groupby(["dataset", "metric"]))
    for row in table.itertuples():
        figures = long[row.dataset, row.metric]
        for method in accuracy.METHODS:
            np.testing.assert_equal(getattr(row, method.replace(" ", "_")), figures.get(method, np.nan))
        simpler = figures.drop(accuracy.METHODS, errors="ignore")
        np.testing.assert_equal(row.other_rule, simpler.max())
        assert pd.isna(row.rule) if simpler.empty else row.rule == simpler.idxmax()
        assert pd.isna(row.rejoinder) or row.low <= row.rejoinder <= row.high


@pytest.mark.parametrize("measure", MEASURES)
def test_a_headline_is_one_row_per_dataset(measure):
    table = accuracy.headline(measure)
    assert len(table) and not table["dataset"].duplicated().any()
    assert (table["measure"] == measure).all() and len(set(table["metric"])) == 1
    assert ("value" not in table) == (measure == "stance")
    assert table["chance"].notna().all()


def test_an_unknown_measure_is_refused():
    with pytest.raises(NameNotKnown) as caught:
        accuracy.headline("mood")
    assert "'mood'" in caught.value.problem and "sentiment" in caught.value.remedy


def test_the_other_tables_are_complete():
    steps, data, metrics = accuracy.calibration(), accuracy.datasets(), evaluation.read_table("metrics")
    assert {"measure", "dataset", "least", "right", "n"} <= set(steps)
    assert not data.duplicated(["measure", "dataset"]).any() and data.notna().all(axis=None)
    assert set(data["dataset"]) == set(evaluation.recorded()["sets"])
    assert set(metrics["metric"]) == set(accuracy.scores()["metric"])
    assert sorted(metrics["headline_of"].dropna()) == sorted(MEASURES)
    assert set(evaluation.read_table("tried")["measure"]) <= set(MEASURES)
    assert evaluation.read_table("tried").notna().all(axis=None)
