"""Macro-F1 over negative, neutral and positive, with its interval."""

from __future__ import annotations

import numpy as np

LEVEL = 0.95
RESAMPLES = 10_000
SEED = 2014
CLASSES = [-1, 0, 1]


def macro_f1_with_interval(gold, guess, rng) -> tuple[float, float, float]:
    counts = np.array([[np.sum((gold == g) & (guess == p)) for p in CLASSES] for g in CLASSES])
    n = counts.sum()
    # To draw texts with replacement is to draw the cells of this table from their shares.
    drawn = rng.multinomial(n, counts.ravel() / n, size=RESAMPLES).reshape(-1, 3, 3)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(macro_f1(drawn), [tail, 1 - tail])
    return macro_f1(counts), low, high


def macro_f1(counts: np.ndarray) -> np.ndarray:
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    either = counts.sum(axis=-1) + counts.sum(axis=-2)
    # A class that neither the raters nor the method know counts 0, as one that is always missed.
    return (2 * right / np.maximum(either, 1)).mean(axis=-1)


def chance_macro_f1(gold) -> float:
    """What is to be expected of guesses drawn with the shares that the classes have in `gold`.

    Of such guesses precision and recall of a class are both its share, and so is its F1.
    """
    return float(np.mean([np.mean(gold == one) for one in CLASSES]))
