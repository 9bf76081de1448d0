"""How often each measure is right on public labelled data, beside what one would use without it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from rejoinder.progress import progress
from rejoinder.read.benchmarks import METHOD_SCORES
from rejoinder.scores.links import score_links
from rejoinder.scores.stance import score_stance
from rejoinder.scores.tone import score_tone
from rejoinder.scores.toward import score_toward
from rejoinder.whole import write_whole

PARTS = (score_tone, score_toward, score_links, score_stance)


def score_methods(folder: str | Path) -> pd.DataFrame:
    """Every measure on the labelled data below `folder`; the columns of `benchmarks.method_scores`.

    Raises BenchmarkError where a file is missing or is not the version that was measured.
    """
    parts = [part(folder) for part in progress(PARTS, "measures")]
    return pd.concat(parts, ignore_index=True).round(4)


def write(folder: str | Path) -> Path:
    """Measure anew and replace the kept figures; the file that was written.

    Raises BenchmarkError as `score_methods` does; the kept figures then stay as they were.
    """
    table = score_methods(folder)
    write_whole({METHOD_SCORES: table.to_csv(index=False, lineterminator="\n")})
    return METHOD_SCORES
