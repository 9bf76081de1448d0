"""How often each measure of tone is right on public labelled data, beside the plain lexicons."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import pearsonr

from rejoinder.measure import sentiment
from rejoinder.read.benchmarks import METHOD_SCORES, ratings

# VADER's authors call a compound below 0.05 neutral; TextBlob only an exact 0.
VADER_BAND = 0.05
LEVEL = 0.95
RESAMPLES = 10_000
SEED = 2014
CLASSES = [-1, 0, 1]


def score_methods(folder: str | Path) -> pd.DataFrame:
    """Every method on every set of rated texts below `folder`; the columns of `method_scores`.

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
                "macro_f1": _macro_f1_with_interval(gold, tone, rng),
            }
            for metric, (value, low, high) in figures.items():
                rows.append(("sentiment", method, dataset, len(rated), metric, value, low, high))
    names = ["measure", "method", "dataset", "n", "metric", "value", "low", "high"]
    return pd.DataFrame(rows, columns=names).round(4)


def write(folder: str | Path) -> Path:
    """Measure anew and replace the kept figures; the file that was written.

    Raises BenchmarkError as `benchmarks.ratings` does; the kept figures then stay as they were.
    """
    score_methods(folder).to_csv(METHOD_SCORES, index=False, lineterminator="\n")
    return METHOD_SCORES


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


def _macro_f1_with_interval(gold, guess, rng) -> tuple[float, float, float]:
    counts = np.array([[np.sum((gold == g) & (guess == p)) for p in CLASSES] for g in CLASSES])
    n = counts.sum()
    # To draw texts with replacement is to draw the cells of this table from their shares.
    drawn = rng.multinomial(n, counts.ravel() / n, size=RESAMPLES).reshape(-1, 3, 3)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(_macro_f1(drawn), [tail, 1 - tail])
    return _macro_f1(counts), low, high


def _macro_f1(counts: np.ndarray) -> np.ndarray:
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    either = counts.sum(axis=-1) + counts.sum(axis=-2)
    # A class that neither the raters nor the method know counts 0, as one that is always missed.
    return (2 * right / np.maximum(either, 1)).mean(axis=-1)
