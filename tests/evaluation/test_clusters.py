import os

import pandas as pd
import pytest

from rejoinder import errors
from rejoinder.evaluation import clusters
from rejoinder.evaluation.results import SCORE_COLUMNS

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds argkp/"
)


@pytest.fixture
def small_set(monkeypatch):
    """Two sides of a motion; the argument of two key points and that of none are left out."""
    said = ["rain", "rain again", "snow", "snow again", "rain and snow", "fog"]
    arguments = pd.DataFrame(
        [(f"{stance}{i}", text, "weather", stance) for stance in (1, -1) for i, text in enumerate(said)],
        columns=["arg_id", "argument", "topic", "stance"],
    )
    matches = [(0, "r", 1), (1, "r", 1), (2, "s", 1), (3, "s", 1), (4, "r", 1), (4, "s", 1), (5, "r", 0)]
    labels = pd.DataFrame(
        [
            (f"{stance}{i}", f"{stance}{point}", label)
            for stance in (1, -1)
            for i, point, label in matches
        ],
        columns=["arg_id", "key_point_id", "label"],
    )
    monkeypatch.setattr(clusters, "key_point_arguments", lambda folder: (arguments, None, labels))


def test_every_method_has_its_figure_on_what_has_one_key_point(small_set):
    table = clusters.score_clusters("anywhere")
    assert list(table.columns) == SCORE_COLUMNS
    assert list(table["method"]) == ["rejoinder", "k-means on TF-IDF", "random"]
    assert set(table["metric"]) == {"v_measure"}
    assert (table["n"] == 8).all()
    figures = table.set_index("method")["value"]
    assert figures["rejoinder"] == pytest.approx(1)
    assert figures["random"] < 0.7


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(errors.BenchmarkError):
        clusters.score_clusters(tmp_path)


@needs_data
@pytest.mark.slow
def test_groups_tell_more_than_plain_k_means():
    table = clusters.score_clusters(FOLDER).set_index("method")
    assert (table["n"] == 604).all()
    figures = table["value"]
    assert figures["rejoinder"] >= 0.3
    assert figures["rejoinder"] > figures["k-means on TF-IDF"] + 0.08
    assert figures["k-means on TF-IDF"] > figures["random"] + 0.08
    assert (table["low"] < figures).all()
    assert (figures < table["high"]).all()
