"""Does a degree of 0.8 mean 80 %? How often the answers of each degree are right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rejoinder.evaluation.dataset_registry import sets
from rejoinder.evaluation.datasets import key_point_arguments, rated_mentions, ratings
from rejoinder.evaluation.results import TABLES
from rejoinder.measure import claim_matching, sentiment, target_sentiment
from rejoinder.stats.estimate import share

STEPS = np.round(np.arange(0, 1.01, 0.1), 1)


def reliability_of_tone(folder: str | Path, name: str) -> pd.DataFrame:
    """The columns of `recorded.reliability`, on rated texts: the degree is the size of the polarity, and
    right is the sign of the raters' mean. Texts without a scored word, or whose polarity is exactly 0,
    name no sign and are left out, as are those whose raters' mean is exactly 0."""
    rated = ratings(folder, name)
    return _by_sign(sentiment.score(rated["text"])["polarity"], rated["rating"], "sentiment", name)


def reliability_toward(folder: str | Path, name: str) -> pd.DataFrame:
    """The same on rated mentions; toward whom the tone is neutral by the raters, no sign is right."""
    rated = rated_mentions(folder, name)
    ours = target_sentiment.score(rated["sentence"], rated["start"], rated["end"])
    return _by_sign(ours, rated["gold"], "tone toward", name, neutral_is_wrong=True)


def reliability_of_links(folder: str | Path) -> pd.DataFrame:
    """The same on arguments and key points of one motion and stance: the degree is the likeness of a
    pair, and right is a match. Pairs on which too few raters agreed are left out."""
    arguments, key_points, labels = key_point_arguments(folder)
    known = labels.set_index(["arg_id", "key_point_id"])["label"]
    points = dict(list(key_points.groupby(["topic", "stance"])))
    degree, right = [], []
    for key, members in arguments.groupby(["topic", "stance"]):
        pairs = pd.MultiIndex.from_product([members["arg_id"], points[key]["key_point_id"]])
        degree.append(claim_matching.similarity(members["argument"], points[key]["key_point"]).ravel())
        right.append(known.reindex(pairs).to_numpy(dtype=float))
    degree, right = np.concatenate(degree), np.concatenate(right)
    asked = ~np.isnan(right) & ~np.isnan(degree)
    return _steps(degree[asked], right[asked] == 1, "links", "argkp")


def _by_sign(
    score: pd.Series, gold: pd.Series, measure: str, name: str, *, neutral_is_wrong: bool = False
) -> pd.DataFrame:
    asked = score.notna() & (score != 0) & (neutral_is_wrong | (gold != 0))
    right = np.sign(score[asked]) == np.sign(gold[asked])
    return _steps(score[asked].abs().to_numpy(), right.to_numpy(), measure, name)


def _steps(degree: np.ndarray, right: np.ndarray, measure: str, name: str) -> pd.DataFrame:
    step = np.clip(np.digitize(degree, STEPS) - 1, 0, len(STEPS) - 2)
    rows = []
    for at in np.unique(step):
        here = step == at
        e = share(int(right[here].sum()), int(here.sum()))
        edges = (float(STEPS[at]), float(STEPS[at + 1]))
        said = (*edges, degree[here].mean(), e.n, e.value, e.low, e.high)
        rows.append((name, measure, sets()[name].title, *said))
    return pd.DataFrame(rows, columns=TABLES["reliability"])
