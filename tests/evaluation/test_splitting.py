import os

import pandas as pd
import pytest

from rejoinder.evaluation import splitting
from rejoinder.evaluation.results import SCORE_COLUMNS

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds sentence_splitting/"
)


def test_figures_that_can_be_counted_by_hand(monkeypatch):
    rules = [
        ("One sentence.", ["One sentence."]),
        ("He came. She left.", ["He came. ", "She left."]),  # the space is of no matter
        ("Mr. Smith came. She left.", ["Mr. Smith came.", "She left."]),
        ("This cannot be right.", ["This", "cannot be right."]),
    ]
    table = pd.DataFrame(rules, columns=["text", "sentences"])
    monkeypatch.setattr(splitting, "golden_rules", lambda folder: table)
    scores = splitting.score_splitting("")
    assert list(scores.columns) == SCORE_COLUMNS
    assert set(scores["n"]) == {4}
    value = scores.set_index("method")["value"]
    assert value["chance"] == 0.25
    assert value["a split at every full stop"] == 0.5
    assert value["rejoinder"] == 0.75


@needs_data
def test_every_golden_rule_is_kept():
    value = splitting.score_splitting(FOLDER).set_index("method")["value"]
    assert value["rejoinder"] == 1
