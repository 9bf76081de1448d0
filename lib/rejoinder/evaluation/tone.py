"""How often the tone of a text is right on rated texts, beside the plain lexicons."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import pearsonr

from rejoinder.evaluation.dataset_registry import sets
from rejoinder.evaluation.datasets import ratings
from rejoinder.evaluation.f1 import LEVEL, SEED, chance_macro_f1, macro_f1_with_interval
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.measure import sentiment

# VADER's authors call a compound below 0.05 neutral; TextBlob only an exact 0.
VADER_BAND = 0.05
TONES = {"negative": -1, "neutral": 0, "unscored": 0, "positive": 1}


def score_tone(folder: str | Path, name: str) -> pd.DataFrame:
    """Every method on the rated texts of one genre below `folder`: SCORE_COLUMNS.

    TextBlob and VADER are taken as most people use them, each on the whole text. `chance` is what
    guesses would reach that know no more than how common each tone is. Intervals, 95 %: Fisher's z for
    r; for F1 the middle of 10,000 resamples of the texts, with a fixed seed.

    Raises BenchmarkError as `benchmarks.ratings` does.
    """
    rng = np.random.default_rng(SEED)
    rated, dataset = ratings(folder, name), sets()[name].title
    gold = np.sign(rated["rating"])
    by_chance = chance_macro_f1(gold)
    rows = [
        ("sentiment", "chance", dataset, len(rated), "pearson_r", 0.0, 0.0, 0.0),
        ("sentiment", "chance", dataset, len(rated), "macro_f1", by_chance, by_chance, by_chance),
    ]
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


def textblob_polarity(texts: pd.Series) -> pd.Series:
    """TextBlob as most people use it: the polarity of the whole text, -1 to 1."""
    from textblob import TextBlob

    return texts.map(lambda text: TextBlob(text).sentiment.polarity)


def vader_compound(texts: pd.Series) -> pd.Series:
    """VADER as most people use it: the compound of the whole text, -1 to 1."""
    scores = _vader().polarity_scores
    return texts.map(lambda text: scores(text)["compound"])


def vader_class(compound: pd.Series) -> pd.Series:
    """-1, 0 or 1, as VADER's authors part them."""
    return np.sign(compound).where(compound.abs() >= VADER_BAND, 0)


@cache
def _vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _methods(texts: pd.Series) -> dict[str, tuple[pd.Series, pd.Series]]:
    """The score and the class (-1, 0, 1) that each method gives each text."""
    textblob, vader, ours = textblob_polarity(texts), vader_compound(texts), sentiment.score(texts)
    return {
        "textblob": (textblob, np.sign(textblob)),
        "vader": (vader, vader_class(vader)),
        "rejoinder": (ours["polarity"].fillna(0), ours["tone"].map(TONES)),
    }
