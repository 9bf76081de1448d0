"""How often the tone toward a mention is right, beside the plain lexicons on the whole sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.measure.actors import tone_toward
from rejoinder.read.benchmarks import SCORE_COLUMNS, rated_mentions
from rejoinder.scores.f1 import SEED, macro_f1_with_interval

# VADER's authors call a compound below 0.05 neutral; TextBlob only an exact 0.
VADER_BAND = 0.05


def score_toward(folder: str | Path) -> pd.DataFrame:
    """Every method on every set of rated mentions below `folder`: SCORE_COLUMNS.

    TextBlob and VADER know no mention: each scores the whole sentence. A tone that is NaN counts as
    neutral. Intervals, 95 %: the middle of 10,000 resamples of the mentions, with a fixed seed.

    Raises BenchmarkError as `benchmarks.rated_mentions` does.
    """
    rng = np.random.default_rng(SEED)
    rows = []
    for dataset, rated in rated_mentions(folder).groupby("dataset", sort=False):
        for method, tone in _methods(rated).items():
            figures = macro_f1_with_interval(rated["gold"], tone, rng)
            rows.append(("tone toward", method, dataset, len(rated), "macro_f1", *figures))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def _methods(rated: pd.DataFrame) -> dict[str, pd.Series]:
    """The class (-1, 0, 1) that each method gives each mention."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    vader = rated["sentence"].map(lambda text: analyser.polarity_scores(text)["compound"])
    textblob = rated["sentence"].map(lambda text: TextBlob(text).sentiment.polarity)
    ours = tone_toward(rated["sentence"], rated["start"], rated["end"])
    return {
        "textblob": np.sign(textblob),
        "vader": np.sign(vader).where(vader.abs() >= VADER_BAND, 0),
        "rejoinder": np.sign(ours.fillna(0)),
    }
