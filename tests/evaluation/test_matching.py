"""Claim matching, key points and sentence splitting, on tables small enough to count."""

import numpy as np
import pandas as pd
import pytest

from rejoinder.evaluation import matching, metrics

POINTS = ["uniforms are expensive", "uniforms reduce bullying"]
# An argument, and its label with either key point; NaN: too few raters agreed.
ARGUMENTS = [
    ("they reduce bullying", 0, 1),
    ("uniforms are too expensive", 1, 0),
    ("bullying, and no end", 0, np.nan),
    ("the weather is bad today", 0, 0),
]


COLUMNS = ["topic", "stance", "arg_id", "text", "key_point_id", "key_point", "label"]


@pytest.fixture
def pairs():
    rows = [
        ("uniforms", 1, arg_id, text, point, POINTS[point], labels[point])
        for arg_id, (text, *labels) in enumerate(ARGUMENTS)
        for point in range(2)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def test_every_method_is_scored_and_lies_in_its_interval(pairs):
    table = matching.claim_scores(pairs)
    assert table.columns.tolist() == metrics.SCORE_COLUMNS
    for metric in ("strict_map", "relaxed_map"):
        methods = table.loc[table["metric"] == metric, "method"].tolist()
        assert methods == ["rejoinder", "character TF-IDF", "chance"]
    assert (table["n"] == 4).all()
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()


def test_claim_scores_can_be_counted_by_hand(pairs, monkeypatch):
    # Surest of the third argument, whose best pair is undecided, then of the first, which is right.
    degrees = np.array([[0, 0.8], [0.5, 0], [0, 0.9], [0.01, 0]])
    monkeypatch.setattr(matching.claim_matching, "similarity", lambda *_: degrees)
    value = matching.claim_scores(pairs).set_index(["method", "metric"])["value"]["rejoinder"]
    assert value["strict_map"] == pytest.approx((1 / 2) / 2) and value["relaxed_map"] == 1
    assert value["best_or_none"] == 3 / 4  # the third was given a claim


def test_calibration_leaves_out_pairs_on_which_raters_did_not_agree(pairs, monkeypatch):
    degrees = np.array([[0.15, 0.85], [0.82, 0.11], [0.12, 0.88], [0.5, 0.1]])
    monkeypatch.setattr(matching.claim_matching, "similarity", lambda *_: degrees)
    table = matching.claim_calibration(pairs).set_index("least")
    assert table["n"].to_dict() == {0.1: 4, 0.5: 1, 0.8: 2}
    assert table["right"].to_dict() == {0.1: 0, 0.5: 0, 0.8: 1}


def test_points_are_scored_by_what_their_own_text_says(monkeypatch):
    rows = [
        ("weather", "1", text, text, point, point, float(point in text))
        for text in ("r", "r again", "s", "fog")
        for point in "rs"
    ]
    found = pd.DataFrame({"point": ["r", "fog"], "text_id": [0, 3], "members": [[0, 1, 2], [3]]})
    monkeypatch.setattr(matching.key_points, "extract", lambda texts: found)
    table = matching.point_scores(pd.DataFrame(rows, columns=COLUMNS)).set_index(["metric", "method"])
    assert table.loc[("same_point", "rejoinder"), ["n", "value"]].tolist() == [2, 1 / 2]
    assert table.loc[("covered", "rejoinder"), ["n", "value"]].tolist() == [4, pytest.approx(2 / 3)]
    assert table["value"]["covered", "chance"] == pytest.approx(1)  # four are fewer than ten


def test_sentence_scores_can_be_counted_by_hand():
    rules = [
        ("One sentence.", ["One sentence."]),
        ("He came. She left.", ["He came. ", "She left."]),  # white space does not count
        ("Mr. Smith came. She left.", ["Mr. Smith came.", "She left."]),
        ("This cannot be right.", ["This", "cannot be right."]),
    ]
    table = matching.sentence_scores(pd.DataFrame(rules, columns=["text", "sentences"]))
    assert table["value"].tolist() == [0.25, 0.5, 0.75]  # chance, every full stop, rejoinder
    assert (table["n"] == 4).all()
