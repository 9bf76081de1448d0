"""The record is what is measured; measuring changes what it measures and nothing else."""

import json
import os

import pandas as pd
import pytest

from rejoinder import cli as command
from rejoinder import scores
from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import dataset_registry, results

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds hutto/"
)


def test_writing_puts_what_is_measured_into_the_record(small_sets):
    assert scores.write(small_sets) == results.RECORD
    measured, kept = scores.measure(small_sets), results.record()
    assert kept["scores"] == measured["scores"]
    assert kept["reliability"] == measured["reliability"]
    assert {row[0] for row in kept["speed"]} == {"tweets", "reviews"}
    for name, one in kept["sets"].items():
        assert one["files"] == dataset_registry.checksums(small_sets, name)
        assert one["words"] == [1, 1, 3]
        assert set(one["versions"]) == {"python", *scores.VERSIONS}


def test_figures_on_sets_that_are_not_there_stay(small_sets):
    scores.write(small_sets)
    before = results.method_scores()
    (small_sets / "tweets.csv").unlink()
    scores.write(small_sets)
    pd.testing.assert_frame_equal(results.method_scores(), before)
    assert list(results.record()["sets"]) == ["tweets", "reviews"]


def test_a_row_of_the_record_is_a_line(small_sets):
    scores.write(small_sets)
    text = results.RECORD.read_text(encoding="utf-8")
    rows = [row for table in results.TABLES for row in results.record()[table]]
    assert text == results.as_text(json.loads(text))
    assert all(f"  {json.dumps(row)}" in text.replace(",\n", "\n").splitlines() for row in rows)


def test_failed_measuring_leaves_the_record(tmp_path, small_sets):
    before = results.RECORD.read_text(encoding="utf-8")
    (small_sets / "reviews.csv").write_text("id,mean_rating,text\n", encoding="utf-8")
    with pytest.raises(BenchmarkError):
        scores.write(small_sets)
    assert results.RECORD.read_text(encoding="utf-8") == before


def test_a_record_that_is_damaged_or_cannot_be_replaced_is_told_before_anything_is_measured(
    small_sets, monkeypatch
):
    monkeypatch.setattr(scores, "measure", lambda folder: pytest.fail("it was measured"))
    with monkeypatch.context() as less:
        less.setattr(scores.os, "access", lambda path, mode: False)
        with pytest.raises(BenchmarkError, match="cannot be replaced") as caught:
            scores.write(small_sets)
        assert caught.value.file == results.RECORD
    results.RECORD.write_text("{", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="cannot be read"):
        scores.write(small_sets)


def test_what_is_no_folder_is_said(tmp_path):
    with pytest.raises(BenchmarkError, match="does not exist"):
        scores.measure(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(BenchmarkError, match="is no folder"):
        scores.measure(tmp_path / "file")


def test_a_folder_without_any_set_is_told_what_could_be_there(tmp_path):
    with pytest.raises(BenchmarkError, match="none of the labelled data") as caught:
        scores.measure(tmp_path)
    assert "hutto/hutto_tweets.csv" in caught.value.remedy


def test_the_command_prints_one_table_and_what_was_measured(small_sets, capsys):
    assert command.main(["validate", "--data", str(small_sets)]) == 0
    shown = capsys.readouterr().out
    for column in ("set", "n", "metric", "chance", "TextBlob", "VADER", "one human", "best published"):
        assert column in shown.splitlines()[0]
    assert "Measured now: tweets, reviews." in shown
    assert shown.rstrip().endswith("record.json")


def test_every_set_can_be_measured():
    assert set(scores.PARTS) == set(dataset_registry.sets())


def test_every_kept_figure_lies_in_its_interval():
    table = results.method_scores()
    assert not table.duplicated(["measure", "method", "dataset", "metric"]).any()
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert table["value"].between(0, 1).all()


def test_the_record_holds_what_was_measured_with_what_on_which_files():
    record = results.record()
    for name, one in record["sets"].items():
        known = {file.name: file.sha256 for file in dataset_registry.sets()[name].files if file.sha256}
        assert known.items() <= one["files"].items()
        assert set(one["versions"]) == {"python", *scores.VERSIONS}
    for table in results.TABLES:
        assert {row[0] for row in record[table]} <= set(record["sets"])


@pytest.mark.parametrize("dataset", ["tweets", "reviews"])
def test_headline_follows_the_raters_more_closely_than_either_lexicon(dataset):
    table = results.method_scores().query("dataset == @dataset").set_index(["metric", "method"])
    ours, r = table.loc[("pearson_r", "rejoinder")], table.loc["pearson_r"]["value"]
    assert ours["low"] > max(r["vader"], r["textblob"])
    # Its classes are as right as VADER's, or more so.
    f1 = table.loc["macro_f1"]["value"]
    assert f1["rejoinder"] > max(f1["vader"], f1["textblob"]) - 0.005


def test_tone_with_all_its_bookkeeping_takes_little_more_time_than_the_two_word_lists():
    speed = results.recorded("speed")
    assert (speed.loc[speed["measure"] == "sentiment", "ratio"] >= 0.8).all()


@needs_data
@pytest.mark.slow
def test_kept_figures_are_those_that_are_measured():
    measured, kept = scores.measure(FOLDER, timed=False), results.record()
    assert {name: one["files"] for name, one in measured["sets"].items()} == {
        name: one["files"] for name, one in kept["sets"].items()
    }
    for table in ("scores", "reliability"):
        columns = results.TABLES[table]
        pd.testing.assert_frame_equal(
            pd.DataFrame(measured[table], columns=columns),
            pd.DataFrame(kept[table], columns=columns),
            rtol=0,
            atol=5e-4,
        )
