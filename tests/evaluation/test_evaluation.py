"""The recorded results are what is measured; measuring replaces what it measures and nothing else."""

import json

import pandas as pd
import pytest

from rejoinder import cli, evaluation
from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import datasets


def test_results_are_a_record_per_line_in_the_working_folder(small_sets, tmp_path):
    out = evaluation.write(small_sets)
    assert (
        out.resolve() == tmp_path / "results.json" and not evaluation.recorded(evaluation.RESULTS)["sets"]
    )
    kept = evaluation.recorded(out)
    assert kept == evaluation.measure(small_sets)
    for name, one in kept["sets"].items():
        assert one["files"] == datasets.checksums(small_sets, name) and one["words"] == [1, 1, 3]
    lines = [line.strip().rstrip(",") for line in out.read_text().splitlines()]
    records = [json.loads(line) for line in lines if line.startswith('{"')]
    assert records == kept["scores"] + kept["calibration"]  # a record per line


def test_results_on_other_datasets_stay_and_a_failure_changes_nothing(small_sets, tmp_path):
    out = evaluation.write(small_sets)
    before = evaluation.recorded(out)
    (small_sets / "small" / "tweets.csv").unlink()
    evaluation.write(small_sets)
    assert evaluation.recorded(out) == before
    (small_sets / "small" / "reviews.csv").write_text("id,mean_rating,text\n")
    with pytest.raises(BenchmarkError):
        evaluation.write(small_sets)
    assert evaluation.recorded(out) == before


@pytest.mark.parametrize("old", ["{", "[]", "{}", None])
def test_a_damaged_or_unwritable_file_is_refused_before_measuring(old, small_sets, tmp_path, monkeypatch):
    monkeypatch.setattr(evaluation, "measure", lambda folder: pytest.fail("it was measured"))
    out = tmp_path / ("no such folder/results.json" if old is None else "results.json")
    if old is not None:
        out.write_text(old)
    with pytest.raises(BenchmarkError) as caught:
        evaluation.write(small_sets, out)
    assert caught.value.file == out


@pytest.mark.parametrize("folder", ["nowhere", "file", "empty"])
def test_a_folder_without_data_is_refused(folder, tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "empty").mkdir()
    with pytest.raises(BenchmarkError) as caught:
        evaluation.measure(tmp_path / folder)
    assert caught.value.file == tmp_path / folder
    assert "hutto/hutto_tweets.csv" in caught.value.remedy


def test_the_command_prints_the_figures_and_where_they_are(small_sets, capsys):
    assert cli.main(["validate", "--data", str(small_sets), "--out", "mine.json"]) == 0
    shown = capsys.readouterr().out
    assert {"dataset", "metric", "chance", "VADER", "one_human"} <= set(shown.splitlines()[0].split())
    assert shown.rstrip().endswith("mine.json")


def test_the_record_is_complete_and_every_figure_lies_in_its_interval():
    record, known = evaluation.recorded(), datasets.known_datasets()
    for name, one in record["sets"].items():
        sha256 = {file["name"]: file["sha256"] for file in known[name]["files"] if "sha256" in file}
        assert sha256.items() <= one["files"].items()
        assert set(one["versions"]) == {"python", *evaluation.PACKAGES}
    for row in record["scores"] + record["calibration"]:
        assert known[row["dataset"]]["tasks"][row["measure"]] == row["task"]
        assert 0 <= row["low"] <= row.get("value", row.get("right")) <= row["high"] <= 1
    table = pd.DataFrame(record["scores"])
    assert set(table["measure"]) == set(evaluation.MEASURES)
    assert not table.duplicated(["measure", "method", "dataset", "metric"]).any()


@pytest.mark.parametrize(("metric", "gain"), [
    # The neutral band is that of news; tweets, with hardly any neutral text, lose a little by it.
    ("pearson_r", 0.005), ("macro_f1", -0.02), ("strict_map", 0.1), ("relaxed_map", 0.1),
    ("same_point", 0.3), ("covered", 0.05), ("all_right", 0.3)
])  # fmt: skip
def test_each_method_beats_every_simpler_one(metric, gain):
    table = pd.DataFrame(evaluation.recorded()["scores"]).query("metric == @metric")
    for _, one in table.groupby("dataset"):
        value = one.set_index("method")["value"]
        assert value["rejoinder"] >= value.drop("rejoinder").max() + gain


@pytest.mark.slow
def test_recorded_results_are_those_that_are_measured(folder):
    measured, recorded = evaluation.measure(folder), evaluation.recorded()
    for part in ("scores", "calibration"):
        new, old = pd.DataFrame(measured[part]), pd.DataFrame(recorded[part])
        old = old[old["dataset"].isin(new["dataset"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(new, old, rtol=0, atol=5e-4, check_dtype=False)
    for name, one in measured["sets"].items():
        assert one["files"] == recorded["sets"][name]["files"]
        assert one["words"] == recorded["sets"][name]["words"]
