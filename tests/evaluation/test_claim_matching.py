import os

import numpy as np
import pandas as pd
import pytest

from rejoinder import errors
from rejoinder.evaluation import claim_matching, datasets, results
from rejoinder.measure import claim_matching as measured

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds argkp/"
)

POINTS = ["uniforms are expensive", "uniforms reduce bullying"]
# argument, label with the first and with the second key point; None: the raters did not agree
ARGUMENTS = [
    ("they reduce bullying", 0, 1),
    ("uniforms are too expensive", 1, 0),
    ("bullying, and no end", 0, None),
    ("the weather is bad today", 0, 0),
]


@pytest.fixture
def small_set(monkeypatch):
    """Four arguments on one motion, in place of the files."""
    one = {"topic": "uniforms", "stance": 1}
    arguments = pd.DataFrame([{"arg_id": i, "argument": a[0], **one} for i, a in enumerate(ARGUMENTS)])
    points = pd.DataFrame([{"key_point_id": j, "key_point": p, **one} for j, p in enumerate(POINTS)])
    labels = pd.DataFrame(
        [(i, j, a[1 + j]) for i, a in enumerate(ARGUMENTS) for j in (0, 1) if a[1 + j] is not None],
        columns=["arg_id", "key_point_id", "label"],
    )
    monkeypatch.setattr(claim_matching, "key_point_arguments", lambda folder: (arguments, points, labels))


def figure(table, method, metric):
    return table.set_index(["method", "metric"]).loc[(method, metric)]


def once_on_all(similarity):
    """A stand-in that compares all arguments with all key points, whatever the group."""
    arguments, points, _ = datasets.key_point_arguments(FOLDER)
    table = pd.DataFrame(
        similarity(arguments["argument"], points["key_point"]),
        index=arguments["argument"],
        columns=points["key_point"],
    )
    table = table.loc[~table.index.duplicated(), ~table.columns.duplicated()]
    return lambda group, claims: table.loc[group, claims].to_numpy()


def test_average_precision_can_be_counted_by_hand():
    scores, right = np.array([0.1, 0.9, 0.8, 0.2, 0.7, 0.6]), np.array([1, 1, 0, 1, 1, 0])
    # The surer half, in order: right, wrong, right.
    assert claim_matching.average_precision(scores, right) == pytest.approx((1 / 1 + 2 / 3) / 3)
    assert claim_matching.average_precision(scores, np.zeros(6)) == 0
    assert claim_matching.average_precision(scores, np.ones(6)) == 1
    assert claim_matching.average_precision(scores[:1], right[:1]) == 0


def test_average_precision_is_that_of_the_shared_task():
    from sklearn.metrics import average_precision_score

    rng = np.random.default_rng(3)
    scores, right = rng.integers(6, size=(20, 31)) / 6, rng.integers(2, size=(20, 31))
    for row, (score, label) in enumerate(zip(scores, right, strict=True)):
        top = np.argsort(-score, kind="stable")[:15]
        expected = average_precision_score(label[top], score[top]) * label[top].mean()
        assert claim_matching.average_precision(scores, right)[row] == pytest.approx(expected)


def test_every_method_has_figures_in_their_interval(small_set):
    table = claim_matching.score_links("anywhere")
    assert list(table.columns) == results.SCORE_COLUMNS
    assert list(table["method"].unique()) == ["rejoinder", "character TF-IDF", "word overlap", "random"]
    assert (table["metric"].value_counts()[["strict_map", "relaxed_map"]] == 4).all()
    assert list(table.loc[table["metric"] == "best_or_none", "method"]) == ["rejoinder"]
    assert (table["n"] == 4).all()
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()


def test_figures_can_be_counted_by_hand(small_set, monkeypatch):
    # Sure of the third, whose best pair is undecided, and of the first, which is right.
    monkeypatch.setattr(
        measured, "similarity", lambda *_: np.array([[0, 0.8], [0.5, 0], [0, 0.9], [0.01, 0]])
    )
    table = claim_matching.score_links("anywhere")
    assert figure(table, "rejoinder", "strict_map")["value"] == pytest.approx((1 / 2) / 2)
    assert figure(table, "rejoinder", "relaxed_map")["value"] == 1
    # Right: the first, the second, and "none" of the fourth; the third was given a claim.
    assert figure(table, "rejoinder", "best_or_none")["value"] == 3 / 4


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(errors.BenchmarkError):
        claim_matching.score_links(tmp_path)


@needs_data
@pytest.mark.slow
def test_similarity_finds_more_than_plain_likeness():
    table = claim_matching.score_links(FOLDER)
    assert (table["n"] == 932).all()
    ours = {metric: figure(table, "rejoinder", metric)["value"] for metric in claim_matching.UNDECIDED}
    assert ours["strict_map"] >= 0.53
    assert ours["relaxed_map"] >= 0.74
    assert figure(table, "rejoinder", "best_or_none")["value"] >= 0.53
    for metric, value in ours.items():
        assert value > figure(table, "character TF-IDF", metric)["value"] + 0.05
        assert value > 1.4 * figure(table, "word overlap", metric)["value"]
        assert value > 4 * figure(table, "random", metric)["value"]
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()


@needs_data
@pytest.mark.slow
def test_similarity_is_as_good_when_called_once_on_all(monkeypatch):
    monkeypatch.setattr(measured, "similarity", once_on_all(measured.similarity))
    table = claim_matching.score_links(FOLDER)
    assert figure(table, "rejoinder", "strict_map")["value"] >= 0.52
    assert figure(table, "rejoinder", "relaxed_map")["value"] >= 0.74


@needs_data
@pytest.mark.slow
def test_degree_says_how_often_a_pair_matches():
    arguments, points, labels = datasets.key_point_arguments(FOLDER)
    groups = claim_matching._groups(arguments, points, labels)
    found = [measured.similarity(group.arguments, group.key_points).ravel() for group in groups]
    table = pd.DataFrame(
        {"degree": np.concatenate(found), "label": np.concatenate([g.labels.ravel() for g in groups])}
    ).dropna()
    bins = table.groupby((table["degree"] * 10).astype(int))
    apart = (bins["degree"].mean() - bins["label"].mean()).abs()
    assert len(apart) == 10
    assert (apart < 0.2).all()
    assert np.average(apart, weights=bins.size()) < 0.05
