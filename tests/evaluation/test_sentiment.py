"""Sentiment, sentiment toward a mention, and its sign as stance, on tables small enough to count."""

import numpy as np
import pandas as pd
import pytest

from rejoinder.evaluation import sentiment

TEXTS = ["good, very good", "NA", "bad", "awful"]
RATED = pd.DataFrame({"text": TEXTS, "rating": [2.5, -1.5, 0.5, -3.0]})
MENTIONS = [
    ("Smith is a hero, but Jones is a disgrace and a liar.", "Smith", 1),
    ("Smith is a hero, but Jones is a disgrace and a liar.", "Jones", -1),
    ("Smith said that Jones is a liar.", "Smith", 0),
    ("Smith is a wonderful man.", "Smith", 1),
] * 5


@pytest.fixture
def mentions():
    rows = [(text, text.index(name), text.index(name) + len(name), gold) for text, name, gold in MENTIONS]
    return pd.DataFrame(rows, columns=["text", "start", "end", "gold"])


@pytest.fixture
def debates():
    """Two debates; whether each comment agrees with the thesis, then with the opposite thesis."""
    said = [
        ("d1", 1, "Casinos are a terrible, ugly disaster.", "agree", "disagree"),
        ("d1", 2, "Casinos are great.", "agree", "disagree"),
        ("d1", 3, "He went to the station.", "disagree", "agree"),
        ("d2", 1, "A wonderful article.", "disagree", "agree"),
    ]
    rows = [(*comment, side) for *comment, first, second in said for side in (first, second)]
    return pd.DataFrame(rows, columns=["debate_id", "comment_id", "text", "gold"])


def by_method(table):
    return table.set_index(["metric", "method"])


def test_macro_f1_can_be_counted_by_hand(mentions):
    # VADER: right on "good" and "awful", neutral on "NA", wrong on "bad", which is rated above 0.
    value = by_method(sentiment.scores(RATED)).loc["macro_f1", "value"]
    assert value["VADER"] == pytest.approx((2 * 1 / (2 + 2) + 0 + 2 * 1 / (2 + 1)) / 3)
    value = by_method(sentiment.target_scores(mentions)).loc["macro_f1", "value"]
    assert value["rejoinder"] == 1
    # VADER, of four: the first three are negative, the last is positive.
    assert value["VADER"] == pytest.approx((2 * 1 / (1 + 3) + 0 + 2 * 1 / (2 + 1)) / 3)
    assert value["chance"] == pytest.approx(1 / 3)


def test_the_sign_of_sentiment_is_right_in_half_of_both_sides(debates):
    table = by_method(sentiment.stance_scores(debates))
    for method in ("TextBlob", "VADER"):
        # One of the four comments has no known word, so no sign.
        assert table.loc[("accuracy_both_sides", method), ["n", "value"]].tolist() == [6, 0.5]
        # "terrible" agrees (the sign says disagree), "great" agrees, "wonderful" disagrees.
        assert table.loc[("accuracy", method), "n"] == 3
        assert table.loc[("accuracy", method), "value"] == pytest.approx(1 / 3)
    assert table.loc[("accuracy", "chance"), ["n", "value"]].tolist() == [4, 0.5]


def test_stance_intervals_resample_debates_and_not_comments(debates):
    # One debate is all right and one all wrong: a resample may hold one of them only.
    debates["gold"] = np.where(debates["debate_id"] == "d1", "agree", "disagree")
    chance = by_method(sentiment.stance_scores(debates)).loc[("accuracy", "chance")]
    assert chance[["value", "low", "high"]].tolist() == [0.75, 0, 1]
    sides = [debates.assign(debate_id=f"{at}", gold=["agree", "disagree"][at % 2]) for at in range(100)]
    many = pd.concat(sides, ignore_index=True)
    chance = by_method(sentiment.stance_scores(many)).loc[("accuracy", "chance")]
    assert 0.35 < chance["low"] < 0.5 < chance["high"] < 0.65


def test_calibration_leaves_out_what_has_no_sign(monkeypatch):
    polarity = [0.05, -0.05, 0.15, -0.95, 1.0, np.nan, 0.0, 0.5]
    rated = pd.DataFrame({"text": "x", "rating": [1, 1, 2, -3, 4, 1, 2, 0], "polarity": polarity})
    monkeypatch.setattr(sentiment.sentiment, "score", lambda texts: rated.loc[texts.index])
    table = sentiment.calibration(rated).set_index("least")
    # Unscored, a score of exactly 0, and a rating of exactly 0 have no sign.
    assert table["n"].to_dict() == {0.0: 2, 0.1: 1, 0.9: 2}
    assert table["right"].to_dict() == {0.0: 0.5, 0.1: 1, 0.9: 1}
    # Where the raters are neutral toward a mention, either sign is wrong.
    mentions = pd.DataFrame({"text": ["x"] * 2, "start": 0, "end": 1, "gold": [0, 1]})
    monkeypatch.setattr(sentiment.target_sentiment, "score", lambda *_: pd.Series([0.25, 0.25]))
    table = sentiment.target_calibration(mentions)
    assert (table["n"].tolist(), table["right"].tolist()) == ([2], [0.5])
