"""Accuracy of claim matching and key points (on ArgKP), and of sentence splitting.

Every function takes a table of `evaluation.datasets`; `metrics.csv` explains the metrics.
"""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from rejoinder.evaluation.metrics import SCORE_COLUMNS, average_precision, calibration_steps, middle
from rejoinder.measure import claim_matching, key_points
from rejoinder.stats.estimate import share
from rejoinder.text import sentences

SEED = 2021
RESAMPLES = 1_000
# What a pair counts as on which too few raters agreed, in the two scores of the shared task.
UNDECIDED = {"strict_map": 0, "relaxed_map": 1}


def claim_scores(pairs: pd.DataFrame, others: dict[str, Callable] | None = None) -> pd.DataFrame:
    """`strict_map`, `relaxed_map`, and `best_or_none`, within each motion and side; `chance` is one draw.
    Or of the degrees that `others` alone give texts and points.

    Intervals: 1,000 resamples of the arguments within their groups.
    """
    rng, groups = np.random.default_rng(SEED), _groups(pairs)
    drawn = [rng.integers(len(texts), size=(RESAMPLES, len(texts))) for texts, _, _ in groups]
    drawn = [np.vstack([np.arange(sample.shape[1]), sample]) for sample in drawn]  # row 0: all
    methods = others or {
        "rejoinder": claim_matching.similarity,
        "character TF-IDF": _character_tfidf,
        "chance": lambda texts, points: rng.random((len(texts), len(points))),
    }
    n, rows = sum(len(texts) for texts, _, _ in groups), []
    for method, similarity in methods.items():
        degrees = [np.asarray(similarity(texts, points)) for texts, points, _ in groups]
        for metric, undecided in UNDECIDED.items():
            precision = []
            for (_, _, labels), degree, sample in zip(groups, degrees, drawn, strict=True):
                label = labels[np.arange(len(labels)), degree.argmax(axis=1)]
                right = np.where(np.isnan(label), undecided, label)
                precision.append(average_precision(degree.max(axis=1)[sample], right[sample]))
            value, *resampled = np.mean(precision, axis=0)
            rows.append((method, n, metric, value, *middle(resampled)))
        if others or method == "rejoinder":
            right = [_best_or_none(d, labels) for d, (_, _, labels) in zip(degrees, groups, strict=True)]
            samples = np.hstack([one[sample] for one, sample in zip(right, drawn, strict=True)])
            value, *resampled = samples.mean(axis=1)
            rows.append((method, n, "best_or_none", value, *middle(resampled)))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def claim_calibration(pairs: pd.DataFrame) -> pd.DataFrame:
    """How often a pair matches, by its similarity; pairs on which too few raters agreed are left out."""
    groups = _groups(pairs)
    degree = np.concatenate([np.ravel(claim_matching.similarity(t, p)) for t, p, _ in groups])
    label = np.concatenate([labels.ravel() for _, _, labels in groups])
    asked = ~np.isnan(label) & ~np.isnan(degree)
    return calibration_steps(degree[asked], label[asked] == 1)


def point_scores(pairs: pd.DataFrame) -> pd.DataFrame:
    """`same_point` of the members that `key_points.extract` gives its points, and what ten points have
    `covered`; `chance`: of any two arguments of a side, and by ten drawn at random.

    Intervals: 1,000 resamples of the sides of motions.
    """
    rng, sides = np.random.default_rng(SEED), []
    for texts, _, labels in _groups(pairs):
        makes = labels == 1
        same = makes.astype(int) @ makes.T > 0
        found = key_points.extract(texts)
        hits = [same[row.text_id, other] for row in found.itertuples() for other in row.members[1:]]
        alike = (same.sum() - np.trace(same)) / max(1, len(same) * (len(same) - 1))
        mass = makes.sum(axis=0) / max(1, makes.sum())
        drawn = [rng.permutation(len(texts))[:10] for _ in range(100)]
        chance = np.mean([mass[makes[ids].any(axis=0)].sum() for ids in drawn])
        covered = mass[makes[found["text_id"].to_list()].any(axis=0)].sum()
        sides.append((sum(hits), len(hits), alike, covered, chance, len(texts)))
    right, of, alike, covered, chance, n = np.array(sides).T
    drawn = np.vstack([np.arange(len(of)), rng.integers(len(of), size=(RESAMPLES, len(of)))])
    values = {
        ("chance", of.sum(), "same_point"): alike[drawn].mean(axis=1),
        ("rejoinder", of.sum(), "same_point"): right[drawn].sum(axis=1)
        / np.maximum(of[drawn].sum(axis=1), 1),
        ("chance", n.sum(), "covered"): chance[drawn].mean(axis=1),
        ("rejoinder", n.sum(), "covered"): covered[drawn].mean(axis=1),
    }
    rows = [(who, int(k), metric, v[0], *middle(v[1:])) for (who, k, metric), v in values.items()]
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def sentence_scores(rules: pd.DataFrame) -> pd.DataFrame:
    """`all_right`, with exact intervals; `chance` splits nothing. White space at the ends is ignored."""
    methods = {
        "chance": lambda text: [text],
        "a split at every full stop": re.compile(r"(?<=[.!?])\s+").split,
        "rejoinder": lambda text: [text[start:end] for start, end in sentences(text)],
    }
    expected = [[sentence.strip() for sentence in one] for one in rules["sentences"]]
    rows = []
    for method, split in methods.items():
        right = [split(text) == one for text, one in zip(rules["text"], expected, strict=True)]
        e = share(sum(right), len(right))
        rows.append((method, e.n, "all_right", e.value, e.low, e.high))
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def _groups(pairs: pd.DataFrame) -> list[tuple[list[str], list[str], np.ndarray]]:
    """Arguments, key points, and the matrix of their labels, of each motion and side."""
    groups = []
    for _, side in pairs.groupby(["topic", "stance"]):
        texts = side.drop_duplicates("arg_id")["text"].tolist()
        points = side.drop_duplicates("key_point_id")["key_point"].tolist()
        groups.append((texts, points, side["label"].to_numpy(float).reshape(len(texts), len(points))))
    return groups


def _best_or_none(degree: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Whether the likeliest point is right, or it is right that no point is likelier than not."""
    best = labels[np.arange(len(labels)), degree.argmax(axis=1)] == 1
    return np.where(degree.max(axis=1) >= 0.5, best, ~(labels == 1).any(axis=1))


def _character_tfidf(texts: list[str], points: list[str]) -> np.ndarray:
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit(texts + points)
    return (weights.transform(texts) @ weights.transform(points).T).toarray()
