"""How well groups of arguments agree with the key points people saw in them, beside plain k-means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.evaluation.datasets import key_point_arguments
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.measure import topic_clusters

DATASET = "ArgKP"
LEVEL = 0.95
RESAMPLES = 1_000
DRAWS = 10
SEED = 2021


def score_clusters(folder: str | Path) -> pd.DataFrame:
    """Every method on the arguments below `folder`: SCORE_COLUMNS.

    Of each motion and stance the arguments that match exactly one key point are put into as many groups
    as they have key points. The metric is `v_measure`, 1 where groups and key points are the same, 0
    where neither tells of the other; small groups come above 0 by chance, as `random` does. It is the
    mean of 10 draws and of the motions and stances; `n` counts the arguments.

    Intervals, 95 %: the middle of 1,000 resamples of the motions and stances, which are eight, each with
    the mean of its draws; they are to be read with care.

    Raises BenchmarkError as `benchmarks.key_point_arguments` does. Source: Rosenberg & Hirschberg 2007,
    "V-Measure: a conditional entropy-based external cluster evaluation measure" (EMNLP).
    """
    from sklearn.metrics import v_measure_score

    sides = _sides(*key_point_arguments(folder))
    n = sum(len(side) for side in sides)
    methods: dict[str, Callable] = {
        "rejoinder": lambda texts, k, rng: topic_clusters.clusters(texts, k, rng=rng).fillna(-1),
        "k-means on TF-IDF": _k_means,
        "random": lambda texts, k, rng: rng.integers(k, size=len(texts)),
    }
    rows = []
    for method, grouped in methods.items():
        rng = np.random.default_rng(SEED)
        values = [
            [
                v_measure_score(side["key_point_id"], grouped(side["argument"], k, rng))
                for _ in range(DRAWS)
            ]
            for side in sides
            for k in [side["key_point_id"].nunique()]
        ]
        means = np.mean(values, axis=1)
        resampled = rng.choice(means, size=(RESAMPLES, len(means))).mean(axis=1)
        low, high = np.quantile(resampled, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        rows.append(("clusters", method, DATASET, n, "v_measure", means.mean(), low, high))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def _sides(arguments: pd.DataFrame, key_points: pd.DataFrame, labels: pd.DataFrame) -> list[pd.DataFrame]:
    """Per motion and stance the arguments that match one key point, with its `key_point_id`."""
    matches = labels[labels["label"] == 1].drop_duplicates("arg_id", keep=False)
    table = arguments.merge(matches[["arg_id", "key_point_id"]], on="arg_id")
    return [side for _, side in table.groupby(["topic", "stance"])]


def _k_means(texts: pd.Series, k: int, rng: np.random.Generator) -> np.ndarray:
    """As scikit-learn does it unless told otherwise, but with the best of 10 starts."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    seed = int(rng.integers(2**31))
    return KMeans(k, n_init=10, random_state=seed).fit_predict(TfidfVectorizer().fit_transform(texts))
