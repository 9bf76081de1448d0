"""A step of the degree holds the answers of that degree, and of these the share that is right."""

import numpy as np
import pandas as pd
import pytest

from rejoinder.evaluation import reliability
from rejoinder.evaluation.results import TABLES

SCORED = pd.DataFrame({"polarity": [0.05, -0.05, 0.15, -0.95, 1.0, np.nan, 0.0, 0.5]})
RATED = pd.DataFrame({"text": ["x"] * 8, "rating": [1, 1, 2, -3, 4, 1, 2, 0]})


@pytest.fixture
def rated(monkeypatch):
    monkeypatch.setattr(reliability, "ratings", lambda folder, name: RATED)
    monkeypatch.setattr(reliability.sentiment, "score", lambda texts: SCORED)


def test_each_answer_is_in_its_step_and_right_by_its_sign(rated):
    table = reliability.reliability_of_tone("", "tweets").set_index("least")
    assert list(table.reset_index()[TABLES["reliability"]].columns) == TABLES["reliability"]
    # Unscored, an exact 0, and a text that its raters find neutral: three that name no sign.
    assert table["n"].to_dict() == {0.0: 2, 0.1: 1, 0.9: 2}
    assert table["right"].to_dict() == {0.0: 0.5, 0.1: 1, 0.9: 1}
    assert table.loc[0.9, "degree"] == pytest.approx(0.975)
    assert (table["low"] <= table["right"]).all()
    assert (table["right"] <= table["high"]).all()


def test_toward_whom_the_raters_are_neutral_no_sign_is_right(monkeypatch):
    mentions = pd.DataFrame({"sentence": ["x"] * 2, "start": 0, "end": 1, "gold": [0, 1]})
    monkeypatch.setattr(reliability, "rated_mentions", lambda folder, name: mentions)
    monkeypatch.setattr(reliability.target_sentiment, "score", lambda *_: pd.Series([0.25, 0.25]))
    table = reliability.reliability_toward("", "newsmtsc-mt")
    assert (table["n"].tolist(), table["right"].tolist()) == ([2], [0.5])


def test_pairs_on_which_raters_did_not_agree_are_left_out(monkeypatch):
    arguments = pd.DataFrame({"arg_id": ["a", "b"], "argument": "x", "topic": "t", "stance": 1})
    points = pd.DataFrame({"key_point_id": ["k", "l"], "key_point": "y", "topic": "t", "stance": 1})
    labels = pd.DataFrame(
        {"arg_id": ["a", "a", "b"], "key_point_id": ["k", "l", "k"], "label": [1, 0, 1]}
    )
    monkeypatch.setattr(reliability, "key_point_arguments", lambda folder: (arguments, points, labels))
    degrees = np.array([[0.85, 0.15], [0.82, 0.88]])
    monkeypatch.setattr(reliability.links, "similarity", lambda said, claims: degrees)
    table = reliability.reliability_of_links("").set_index("least")
    assert table["n"].to_dict() == {0.1: 1, 0.8: 2}
    assert table["right"].to_dict() == {0.1: 0, 0.8: 1}
