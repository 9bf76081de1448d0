"""How often the tone of a text is right on rated texts, beside the plain lexicons."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import pearsonr

from rejoinder.measure import sentiment
from rejoinder.read.benchmarks import SCORE_COLUMNS, ratings
from rejoinder.scores.f1 import LEVEL, SEED, macro_f1_with_interval

# VADER's authors call a compound below 0.05 neutral; TextBlob only an exact 0.
VADER_BAND = 0.05


def score_tone(folder: str | Path) -> pd.DataFrame:
    """Every method on every set of rated texts below `folder`: SCORE_COLUMNS.

    TextBlob and VADER are taken as most people use them, each on the whole text. Intervals, 95 %:
    Fisher's z for r; for F1 the middle of 10,000 resamples of the texts, with a fixed seed.

    Raises BenchmarkError as `benchmarks.ratings` does.
    """
    rng = np.random.default_rng(SEED)
    rows = []
    for dataset, rated in ratings(folder).groupby("dataset", sort=False):
        gold = np.sign(rated["rating"])
        for method, (polarity, tone) in _methods(rated["text"]).items():
            r = pearsonr(rated["rating"], polarity)
            interval = r.confidence_interval(LEVEL)
            figures = {
                "pearson_r": (r.statistic, interval.low, interval.high),
                "macro_f1": macro_f1_with_interval(gold, tone, rng),
            }
            for metric, (value, low, high) in figures.items():
                rows.append(("sentiment", method, dataset, len(rated), metric, value, low, high))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def _methods(texts: pd.Series) -> dict[str, tuple[pd.Series, pd.Series]]:
    """The score and the class (-1, 0, 1) that each method gives each text."""
    from textblob import TextBlob
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser = SentimentIntensityAnalyzer()
    textblob = texts.map(lambda text: TextBlob(text).sentiment.polarity)
    vader = texts.map(lambda text: analyser.polarity_scores(text)["compound"])
    ours = sentiment.score(texts)
    tone = ours["tone"].map({"negative": -1, "neutral": 0, "unscored": 0, "positive": 1})
    return {
        "textblob": (textblob, np.sign(textblob)),
        "vader": (vader, np.sign(vader).where(vader.abs() >= VADER_BAND, 0)),
        "rejoinder": (ours["polarity"].fillna(0), tone),
    }
