import os

import pandas as pd
import pytest

from rejoinder import errors, scores
from rejoinder.read import benchmarks
from rejoinder.scores.tone import score_tone

FOLDER = os.environ.get("REJOINDER_BENCHMARKS")
needs_data = pytest.mark.skipif(
    FOLDER is None, reason="REJOINDER_BENCHMARKS does not name the folder that holds hutto/"
)


def test_writing_replaces_the_kept_figures(small_sets, monkeypatch):
    target = small_sets / "scores.csv"
    monkeypatch.setattr(scores, "METHOD_SCORES", target)
    monkeypatch.setattr(scores, "PARTS", (score_tone,))
    assert scores.write(small_sets) == target
    pd.testing.assert_frame_equal(pd.read_csv(target), scores.score_methods(small_sets))


def test_failed_measuring_leaves_the_kept_figures(tmp_path, monkeypatch):
    target = tmp_path / "scores.csv"
    target.write_text("as before", encoding="utf-8")
    monkeypatch.setattr(scores, "METHOD_SCORES", target)
    with pytest.raises(errors.BenchmarkError):
        scores.write(tmp_path)
    assert target.read_text(encoding="utf-8") == "as before"


@needs_data
@pytest.mark.slow
def test_kept_figures_are_those_that_are_measured():
    measured = scores.score_methods(FOLDER)
    pd.testing.assert_frame_equal(measured, benchmarks.method_scores(), rtol=0, atol=5e-4)
