import os
from pathlib import Path

import pandas as pd
import pytest

from rejoinder import errors, scores
from rejoinder.read import benchmarks

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds hutto/"
)


@pytest.fixture
def small_sets(tmp_path, monkeypatch):
    """Two small sets of rated texts, declared with their own checksums."""
    import hashlib

    declared = {}
    for dataset in ("tweets", "reviews"):
        text = 'id,mean_rating,text\n1,2.5,"good, very good"\n2,-1.5,NA\n3,0.5,bad\n4,-3,awful\n'
        (tmp_path / f"{dataset}.csv").write_text(text, encoding="utf-8")
        declared[dataset] = (f"{dataset}.csv", hashlib.sha256(text.encode()).hexdigest())
    monkeypatch.setattr(benchmarks, "RATED_TEXTS", declared)
    return tmp_path


def kept(method, dataset, metric):
    table = benchmarks.method_scores().set_index(["method", "dataset", "metric"])
    return table.loc[(method, dataset, metric)]


def test_missing_file_is_named_with_a_remedy(tmp_path):
    with pytest.raises(errors.BenchmarkError) as caught:
        benchmarks.ratings(tmp_path)
    assert Path(caught.value.file) == tmp_path / "hutto" / "hutto_tweets.csv"
    assert "hutto/" in caught.value.remedy


def test_changed_file_is_refused(small_sets):
    file = small_sets / "reviews.csv"
    file.write_text(file.read_text(encoding="utf-8") + "5,1,more\n", encoding="utf-8")
    with pytest.raises(errors.BenchmarkError, match="not the version") as caught:
        benchmarks.ratings(small_sets)
    assert Path(caught.value.file) == file


def test_ratings_are_one_row_per_text_of_both_sets(small_sets):
    table = benchmarks.ratings(str(small_sets))
    assert list(table.columns) == ["dataset", "text", "rating"]
    assert table["dataset"].tolist() == ["tweets"] * 4 + ["reviews"] * 4
    assert table.index.is_unique
    assert table["rating"].tolist() == [2.5, -1.5, 0.5, -3.0] * 2


def test_text_that_looks_like_a_missing_value_is_a_text(small_sets):
    assert "NA" in benchmarks.ratings(small_sets)["text"].tolist()


def test_every_kept_figure_lies_in_its_interval():
    table = benchmarks.method_scores()
    assert not table.duplicated(["measure", "method", "dataset", "metric"]).any()
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()
    assert table["value"].between(0, 1).all()


@pytest.mark.parametrize("dataset", ["tweets", "reviews"])
@pytest.mark.parametrize("metric", ["pearson_r", "macro_f1"])
def test_headline_is_right_at_least_as_often_as_either_lexicon(dataset, metric):
    ours = kept("rejoinder", dataset, metric)["value"]
    assert ours >= kept("vader", dataset, metric)["value"]
    assert ours >= kept("textblob", dataset, metric)["value"]


def test_methods_are_scored_on_every_set_by_both_metrics(small_sets):
    table = scores.score_methods(small_sets)
    assert list(table.columns) == list(benchmarks.method_scores().columns)
    assert len(table) == 3 * 2 * 2
    assert (table["n"] == 4).all()
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()


def test_figures_of_a_method_that_can_be_counted_by_hand(small_sets):
    # VADER: right on "good" (+) and "awful" (-), neutral on "NA", wrong on "bad" (rated above 0).
    table = scores.score_methods(small_sets).set_index(["method", "dataset", "metric"])
    f1_negative, f1_neutral, f1_positive = 2 * 1 / (2 + 2), 0, 2 * 1 / (2 + 1)
    expected = (f1_negative + f1_neutral + f1_positive) / 3
    assert table.loc[("vader", "tweets", "macro_f1"), "value"] == pytest.approx(expected, abs=1e-4)


def test_writing_replaces_the_kept_figures(small_sets, monkeypatch):
    target = small_sets / "scores.csv"
    monkeypatch.setattr(scores, "METHOD_SCORES", target)
    assert scores.write(small_sets) == target
    pd.testing.assert_frame_equal(pd.read_csv(target), scores.score_methods(small_sets))


def test_failed_measuring_leaves_the_kept_figures(tmp_path, monkeypatch):
    target = tmp_path / "scores.csv"
    target.write_text("as before", encoding="utf-8")
    monkeypatch.setattr(scores, "METHOD_SCORES", target)
    with pytest.raises(errors.BenchmarkError):
        scores.write(tmp_path)
    assert target.read_text(encoding="utf-8") == "as before"


@needs_data
@pytest.mark.slow
def test_kept_figures_are_those_that_are_measured():
    measured = scores.score_methods(FOLDER)
    pd.testing.assert_frame_equal(measured, benchmarks.method_scores(), rtol=0, atol=5e-4)


@needs_data
def test_sets_of_rated_texts_have_their_published_size():
    sizes = benchmarks.ratings(FOLDER)["dataset"].value_counts()
    assert sizes.to_dict() == {"tweets": 4200, "reviews": 3708}
