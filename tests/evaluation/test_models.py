"""A language model on made labelled data. No real model is asked."""

import json

import pandas as pd
import pytest

from rejoinder import cli
from rejoinder.errors import BenchmarkError, ModelError
from rejoinder.evaluation import datasets, models
from rejoinder.tables import accuracy

SETS = """
[debates]
tasks = { "stance" = "stance of a comment" }
[[debates.files]]
name = "debates.csv"
rename = { comment = "text" }
[points]
tasks = { "claim matching" = "claim of an argument", "key points" = "points" }
[[points.files]]
name = "arguments.csv"
rename = { argument = "text" }
[[points.files]]
name = "key_points.csv"
[[points.files]]
name = "labels.csv"
"""
DEBATES = pd.DataFrame(
    {
        "debate_id": [f"d{n % 4}" for n in range(8)],
        "comment_id": range(8),
        "thesis": "Rain is good.",
        "comment": ["Yes.", "No."] * 4,
        "gold": ["agree", "disagree"] * 4,
    }
)
POINTS = pd.DataFrame({"key_point_id": ["k1", "k2"], "key_point": ["It is wet.", "It is cold."]})
ARGUMENTS = pd.DataFrame({"arg_id": [f"a{n}" for n in range(6)], "argument": ["Wet!", "Cold!"] * 3})


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder with four debates of two comments each, and six arguments for two points."""
    folder = tmp_path / "data"
    folder.mkdir()
    side = {"topic": "rain", "stance": 1}
    pairs = ARGUMENTS.merge(POINTS, how="cross")
    makes = pairs["argument"].str[:3].str.lower() == pairs["key_point"].str[6:9]
    labels = pairs[["arg_id", "key_point_id"]].assign(label=makes.astype(int))
    tables = {"debates": DEBATES, "arguments": ARGUMENTS.assign(**side), "labels": labels}
    for name, table in (tables | {"key_points": POINTS.assign(**side)}).items():
        table.to_csv(folder / f"{name}.csv", index=False)
    (tmp_path / "sets.toml").write_text(SETS)
    monkeypatch.setattr(datasets, "REGISTRY", tmp_path / "sets.toml")
    monkeypatch.setattr(models, "results_file", lambda: tmp_path / "models.csv")
    datasets.known_datasets.cache_clear()
    yield folder
    datasets.known_datasets.cache_clear()


def knows(handler, request, _):
    """Answers what the labels say."""
    asked = json.loads(request["messages"][1]["content"])
    if "thesis" in asked:
        return json.dumps({"value": "agree" if asked["comment"] == "Yes." else "disagree"})
    return json.dumps({"point": 1 if asked["text"] == "Wet!" else 2, "sure": 90})


def measured(data, server, **how):
    return models.write(data, model="rules", **{"base_url": server.url, "yes": True, **how})


def values(table):
    return {row.metric: (row.n, row.value) for row in table.itertuples()}


def test_a_model_that_knows_the_labels_is_right_and_stands_beside_the_methods(data, server, capsys):
    server.fault = knows
    found = measured(data, server)
    assert {row[-1] for row in values(found).values()} == {1.0} and len(server.asked) == 14
    assert values(found)["accuracy"] == (8, 1) and values(found)["best_or_none"] == (6, 1)
    pd.testing.assert_frame_equal(
        accuracy.models()[models.COLUMNS], found.astype({"n": "Int64"}), check_dtype=False
    )
    assert [*accuracy.models()] == [*accuracy.scores()]
    command = ["validate", "--data", str(data), "--model", "rules", "--replay"]
    assert cli.main(command) == 0 and len(server.asked) == 14  # from the log
    assert len(accuracy.models()) == len(found) and "models.csv" in capsys.readouterr().out


def test_what_is_of_no_use_counts_as_wrong_and_what_was_not_asked_is_left_out(data, server, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)

    def fails(handler, request, answer):
        asked = json.loads(request["messages"][1]["content"])
        if asked.get("comment") == "No.":
            return "I cannot say." if len(server.asked) % 2 else (500, {"error": {"message": "busy"}})
        return (
            '{"point": "all", "sure": null}'
            if asked.get("text") == "Wet!"
            else knows(handler, request, 0)
        )

    server.fault = fails
    found = values(measured(data, server))
    assert found["accuracy"] == (8, 0.5) and found["best_or_none"] == (6, 0.5)
    (data.parent / "models.jsonl").unlink()
    few = values(measured(data, server, most_calls=5))
    assert few["accuracy"][0] + few["best_or_none"][0] == 5


def test_without_data_or_calls_there_is_no_result(data, server, tmp_path):
    assert accuracy.models().empty
    with pytest.raises(ModelError):
        measured(data, server, most_calls=0)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BenchmarkError):
        measured(tmp_path / "empty", server)
    assert accuracy.models().empty and not server.asked
