"""Metrics on labelled data, with 95 % intervals; numbers in, numbers out."""

import numpy as np
import pandas as pd

from rejoinder.stats.estimate import LEVEL, share

CLASSES = [-1, 0, 1]
STEPS = np.round(np.arange(0, 1.01, 0.1), 1)
SCORE_COLUMNS = ["method", "n", "metric", "value", "low", "high"]
STEP_COLUMNS = ["least", "most", "degree", "n", "right", "low", "high"]


def middle(resampled: np.ndarray) -> np.ndarray:
    """Lowest and highest of the middle 95 % of resampled values."""
    return np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])


def macro_f1(gold: pd.Series, guess: pd.Series, rng: np.random.Generator) -> tuple:
    """Mean F1 of the classes −1, 0, 1, and its interval (10,000 resamples of the texts)."""
    counts = np.array([[np.sum((gold == g) & (guess == p)) for p in CLASSES] for g in CLASSES])
    # Resampling texts is the same as drawing the cells of this table by their shares.
    drawn = rng.multinomial(counts.sum(), counts.ravel() / counts.sum(), size=10_000)
    tables = np.vstack([counts.ravel(), drawn]).reshape(-1, 3, 3)
    right, either = np.diagonal(tables, axis1=1, axis2=2), tables.sum(axis=1) + tables.sum(axis=2)
    # A class that neither series has counts 0, like one that is always missed.
    f1 = (2 * right / np.maximum(either, 1)).mean(axis=1)
    return f1[0], *middle(f1[1:])


def average_precision(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Average precision of the half of the answers (last axis) with the highest scores, 0 to 1.

    Tied scores share the precision at the last of them, as in scikit-learn. 0 for a single answer.
    """
    from scipy.stats import rankdata

    top = scores.shape[-1] // 2
    order = np.argsort(-scores, axis=-1, kind="stable")[..., :top]
    scores, right = np.take_along_axis(scores, order, -1), np.take_along_axis(right, order, -1)
    rank = rankdata(-scores, method="max", axis=-1).astype(int)
    precision = np.take_along_axis(np.cumsum(right, axis=-1), rank - 1, -1) / rank
    return (precision * right).sum(axis=-1) / max(1, top)


def calibration_steps(degree: np.ndarray, right: np.ndarray) -> pd.DataFrame:
    """How often answers are right, by their degree (0 to 1) in steps of 0.1; empty steps are left out.

    `least` to `most`: the step; `degree`: its mean; `right`: share of its `n` answers, exact interval.
    """
    step = np.clip(np.digitize(degree, STEPS), 1, len(STEPS) - 1)
    rows = []
    for at, here in pd.DataFrame({"degree": degree, "right": right}).groupby(step):
        e = share(int(here["right"].sum()), len(here))
        rows.append((STEPS[at - 1], STEPS[at], here["degree"].mean(), e.n, e.value, e.low, e.high))
    return pd.DataFrame(rows, columns=STEP_COLUMNS)
