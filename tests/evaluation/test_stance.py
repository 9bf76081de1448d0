import os

import numpy as np
import pandas as pd
import pytest

from rejoinder.errors import BenchmarkError
from rejoinder.evaluation import stance
from rejoinder.evaluation.results import SCORE_COLUMNS

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds arc/"
)
TONE = ["sign of TextBlob", "sign of VADER"]
METHODS = ["rejoinder", *TONE, "always agree"]
BOTH, THESIS = stance.BOTH_SIDES, stance.THESIS


@pytest.fixture
def small_debates(monkeypatch):
    """Two debates: comments, and who of them agrees with the first thesis."""
    rows = []
    for debate, comment_id, comment, golds in [
        ("d1", 1, "Casinos are a terrible, ugly disaster.", ["agree", "disagree"]),
        ("d1", 2, "Casinos are great.", ["agree", "disagree"]),  # it answers, and is wrong
        ("d1", 3, "He went to the station.", ["disagree", "agree"]),
        ("d2", 1, "A wonderful article.", ["disagree", "agree"]),
    ]:
        theses = ["Casinos should be banned", "Casinos should not be banned"]
        rows += [(debate, comment_id, comment, *pair) for pair in zip(theses, golds, strict=True)]
    columns = ["debate_id", "comment_id", "comment", "thesis", "gold"]
    table = pd.DataFrame(rows, columns=columns)
    monkeypatch.setattr(stance, "debates", lambda folder: table)
    return table


def figures(table):
    return table.set_index(["dataset", "method", "metric"])


def test_every_method_is_scored_on_both_sets_by_both_metrics(small_debates):
    table = stance.score_stance("")
    assert list(table.columns) == SCORE_COLUMNS
    assert len(table) == 2 * len(METHODS) * 2
    assert set(table["measure"]) == {"stance"}
    assert table["method"].unique().tolist() == METHODS
    assert not table.duplicated(["method", "dataset", "metric"]).any()


def test_figures_that_can_be_counted_by_hand(small_debates):
    table = figures(stance.score_stance(""))
    for dataset, rows in ((BOTH, 8), (THESIS, 4)):
        answered = table.loc[(dataset, "rejoinder", "answered")]
        right = table.loc[(dataset, "rejoinder", "right_where_answered")]
        assert (answered["n"], answered["value"]) == (rows, 0.5)
        assert (right["n"], right["value"]) == (rows / 2, 0.5)


@pytest.mark.parametrize("method", TONE)
def test_sign_of_tone_ignores_the_thesis_and_so_is_right_in_half(small_debates, method):
    table = figures(stance.score_stance(""))
    # Warm and cold words alone: of four comments one has no known word.
    assert table.loc[(BOTH, method, "answered"), "value"] == 0.75
    assert table.loc[(BOTH, method, "right_where_answered"), "value"] == 0.5
    # By the first thesis: "terrible" agrees (tone says disagree), "great" agrees, "wonderful" does not.
    assert table.loc[(THESIS, method, "right_where_answered"), "value"] == pytest.approx(1 / 3)


def test_always_agreeing_answers_all_and_is_right_in_half_of_both_sides(small_debates):
    table = figures(stance.score_stance(""))
    for dataset in (BOTH, THESIS):
        assert table.loc[(dataset, "always agree", "answered"), "value"] == 1
        assert table.loc[(dataset, "always agree", "right_where_answered"), "value"] == 0.5


def test_share_of_no_answer_is_nan(small_debates):
    small_debates["comment"] = "He went to the station."
    table = figures(stance.score_stance(""))
    for method in ["rejoinder", *TONE]:
        row = table.loc[(BOTH, method, "right_where_answered")]
        assert row["n"] == 0
        assert row[["value", "low", "high"]].isna().all()
        assert table.loc[(BOTH, method, "answered"), "value"] == 0


def test_interval_draws_debates_and_not_comments():
    # Two debates that are all right and all wrong: a resample may hold one of them only.
    hits, debate = np.repeat([1, 0], 500), np.repeat([0, 1], 500)
    assert stance._share_with_interval(hits, debate, stance._draws(2)) == (0.5, 0, 1)
    many = stance._share_with_interval(hits, np.arange(1000), stance._draws(1000))
    assert 0.45 < many[1] < 0.5 < many[2] < 0.55


def test_answers_are_counted_with_their_own_debate(small_debates):
    # All answers are on the first of two debates: no resample has another share than theirs, and the
    # share that is answered runs from none to two thirds, that of the first debate.
    small_debates.loc[small_debates["comment_id"] == 2, "gold"] = ["disagree", "agree"]
    table = figures(stance.score_stance(""))
    right = table.loc[(BOTH, "rejoinder", "right_where_answered")]
    assert right[["value", "low", "high"]].tolist() == [1, 1, 1]
    answered = table.loc[(BOTH, "rejoinder", "answered")]
    assert answered[["low", "high"]].tolist() == [0, pytest.approx(2 / 3)]


def test_resample_without_an_answer_is_left_out():
    value, low, high = stance._share_with_interval(np.array([1]), np.array([0]), stance._draws(3))
    assert (value, low, high) == (1, 1, 1)


def test_tweets_are_held_against_the_thesis_of_their_subject(monkeypatch):
    rows = [
        ("abortion", "Abortion should be legal.", "agree"),
        ("abortion", "Abortion should never be legal.", "disagree"),
        ("abortion", "Some say that abortion should be legal.", "silent"),
        ("climate", "He went to the station.", "silent"),
    ]
    table = pd.DataFrame(rows, columns=["subject", "tweet", "gold"])
    monkeypatch.setattr(stance, "stance_tweets", lambda folder: table)
    found = figures(stance.score_stance_tweets("")).loc["tweets on five subjects"]
    answered, right = (found.loc[("rejoinder", m)] for m in ("answered", "right_where_answered"))
    # A side that is named for one who is silent is wrong.
    assert (answered["value"], answered["n"]) == (0.75, 4)
    assert (right["value"], right["n"]) == (pytest.approx(2 / 3), 3)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(BenchmarkError):
        stance.score_stance(tmp_path)


@needs_data
@pytest.mark.slow
def test_rejoinder_answers_rarely_and_is_then_right():
    table = figures(stance.score_stance(FOLDER))
    assert table.loc[(BOTH, "rejoinder", "right_where_answered"), "low"] > 0.6
    assert table.loc[(BOTH, "rejoinder", "answered"), "value"] > 0.05
    for method in TONE:
        assert table.loc[(BOTH, method, "right_where_answered"), "value"] == pytest.approx(0.5)
        assert table.loc[(THESIS, method, "right_where_answered"), "low"] < 0.5
    known = table.dropna()
    assert (known["low"] <= known["value"]).all()
    assert (known["value"] <= known["high"]).all()
