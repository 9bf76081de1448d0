import os
from pathlib import Path

import pytest

from rejoinder import errors
from rejoinder.read import benchmarks

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds hutto/"
)


def kept(method, dataset, metric):
    table = (
        benchmarks.method_scores()
        .query("measure == 'sentiment'")
        .set_index(["method", "dataset", "metric"])
    )
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
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert table["value"].between(0, 1).all()


@pytest.mark.parametrize("dataset", ["tweets", "reviews"])
@pytest.mark.parametrize("metric", ["pearson_r", "macro_f1"])
def test_headline_is_right_at_least_as_often_as_either_lexicon(dataset, metric):
    ours = kept("rejoinder", dataset, metric)["value"]
    assert ours >= kept("vader", dataset, metric)["value"]
    assert ours >= kept("textblob", dataset, metric)["value"]


@needs_data
def test_sets_of_rated_texts_have_their_published_size():
    sizes = benchmarks.ratings(FOLDER)["dataset"].value_counts()
    assert sizes.to_dict() == {"tweets": 4200, "reviews": 3708}


@needs_data
def test_arguments_debates_and_mentions_have_their_published_size():
    arguments, key_points, labels = benchmarks.key_point_arguments(FOLDER)
    assert (len(arguments), len(key_points)) == (932, 36)
    assert set(labels["label"]) == {0, 1}
    debates = benchmarks.debates(FOLDER)
    assert (len(debates), debates["debate_id"].nunique()) == (2316, 61)
    assert debates["gold"].value_counts().to_dict() == {"agree": 1158, "disagree": 1158}
    mentions = benchmarks.rated_mentions(FOLDER)
    assert mentions["dataset"].value_counts().to_dict() == {"several persons": 442, "as found": 343}
    assert set(mentions["gold"]) == {-1, 0, 1}


@pytest.mark.parametrize(
    "read", [benchmarks.key_point_arguments, benchmarks.debates, benchmarks.rated_mentions]
)
def test_every_reader_names_the_file_that_is_missing(read, tmp_path):
    with pytest.raises(errors.BenchmarkError) as caught:
        read(tmp_path)
    assert str(caught.value.file).startswith(str(tmp_path))
    assert "Name the folder" in caught.value.remedy
