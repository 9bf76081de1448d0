"""How often the right claim is found for an argument, beside plain likeness of words and letters."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from rejoinder.evaluation.datasets import key_point_arguments
from rejoinder.evaluation.results import SCORE_COLUMNS
from rejoinder.measure import claim_matching
from rejoinder.measure.themes import NONE
from rejoinder.text import tokens

DATASET = "ArgKP"
LEVEL = 0.95
RESAMPLES = 1_000
SEED = 2021
# The label of a pair on which too few raters agreed, under either reading of the shared task.
UNDECIDED = {"strict_map": 0, "relaxed_map": 1}


class _Group(NamedTuple):
    """The arguments and key points of one motion and stance; labels are NaN where undecided."""

    arguments: list[str]
    key_points: list[str]
    labels: np.ndarray


def score_links(folder: str | Path) -> pd.DataFrame:
    """Every method on the arguments and key points below `folder`: SCORE_COLUMNS.

    Each method compares the arguments on one motion and of one stance with the key points of the
    same. The metrics, 0 to 1, higher = better:

    - `strict_map`, `relaxed_map`: the score of the shared task: of each argument the key point most
      like it, of each group the half of the arguments that is surest, the precision at each right
      one, added up and divided by the size of that half; the mean of the groups. A pair on which
      too few raters agreed counts as wrong or as right.
    - `best_or_none`: share of the arguments for which `claim_matching.linked` names a key point that matches,
      or "none" where no key point is labelled as a match: 28 of 100, of which 23 have a pair on
      which too few raters agreed, so that some may match after all.

    Intervals, 95 %: the middle of 1,000 resamples of the arguments within their groups, with a fixed
    seed; the motions stay those they are. `random` is one draw.

    Raises BenchmarkError as `benchmarks.key_point_arguments` does. Source: Friedman et al. 2021,
    "Overview of the 2021 key point analysis shared task" (ArgMining), and its published program.
    """
    rng = np.random.default_rng(SEED)
    groups = _groups(*key_point_arguments(folder))
    drawn = [rng.integers(len(g.arguments), size=(RESAMPLES, len(g.arguments))) for g in groups]
    methods = {
        "rejoinder": claim_matching.similarity,
        "character TF-IDF": _character_tfidf,
        "word overlap": _word_overlap,
        "random": lambda arguments, key_points: rng.random((len(arguments), len(key_points))),
    }
    rows = []
    for method, similarity in methods.items():
        found = [similarity(group.arguments, group.key_points) for group in groups]
        figures = {
            metric: _mean_precision(groups, found, drawn, label) for metric, label in UNDECIDED.items()
        }
        if method == "rejoinder":
            figures["best_or_none"] = _best_or_none(groups, found, drawn)
        n = sum(len(group.arguments) for group in groups)
        rows += [("links", method, DATASET, n, metric, *figure) for metric, figure in figures.items()]
    return pd.DataFrame(rows, columns=SCORE_COLUMNS)


def average_precision(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Of the surer half of each row, the precision at each right one, added up, over its size.

    `scores`, `right` (0 or 1): … × arguments. Equal scores share the precision at the last of them,
    as in scikit-learn; which of them belong to the half is decided by their order. 0 for one argument.
    """
    top = scores.shape[-1] // 2
    order = np.argsort(-scores, axis=-1, kind="stable")[..., :top]
    scores, right = np.take_along_axis(scores, order, -1), np.take_along_axis(right, order, -1)
    last_of_equals = np.ones(scores.shape, dtype=bool)
    last_of_equals[..., :-1] = scores[..., :-1] != scores[..., 1:]
    place = np.where(last_of_equals, np.arange(top), top)
    place = np.minimum.accumulate(place[..., ::-1], axis=-1)[..., ::-1]
    precision = np.take_along_axis(np.cumsum(right, axis=-1), place, -1) / (place + 1)
    return (precision * right).sum(axis=-1) / max(1, top)


def _groups(arguments: pd.DataFrame, key_points: pd.DataFrame, labels: pd.DataFrame) -> list[_Group]:
    label = labels.set_index(["arg_id", "key_point_id"])["label"]
    points = dict(list(key_points.groupby(["topic", "stance"])))
    groups = []
    for key, members in arguments.groupby(["topic", "stance"]):
        pairs = pd.MultiIndex.from_product([members["arg_id"], points[key]["key_point_id"]])
        table = label.reindex(pairs).to_numpy(dtype=float).reshape(len(members), -1)
        groups.append(_Group(list(members["argument"]), list(points[key]["key_point"]), table))
    return groups


def _mean_precision(groups, found, drawn, undecided: int) -> tuple[float, float, float]:
    values, resampled = [], []
    for group, table, sample in zip(groups, found, drawn, strict=True):
        label = np.take_along_axis(group.labels, table.argmax(axis=1)[:, None], axis=1)[:, 0]
        right, score = np.where(np.isnan(label), undecided, label), table.max(axis=1)
        values.append(average_precision(score, right))
        resampled.append(average_precision(score[sample], right[sample]))
    return np.mean(values), *_middle(np.mean(resampled, axis=0))


def _best_or_none(groups, found, drawn) -> tuple[float, float, float]:
    right = [_right(group, table) for group, table in zip(groups, found, strict=True)]
    resampled = np.hstack([r[sample] for r, sample in zip(right, drawn, strict=True)])
    return np.concatenate(right).mean(), *_middle(resampled.mean(axis=1))


def _right(group: _Group, table: np.ndarray) -> np.ndarray:
    answers, matches = claim_matching.linked(table), group.labels == 1
    return np.array(
        [
            not match.any() if answer == NONE else match[answer]
            for answer, match in zip(answers, matches, strict=True)
        ]
    )


def _middle(values: np.ndarray) -> tuple[float, float]:
    tail = (1 - LEVEL) / 2
    return tuple(np.quantile(values, [tail, 1 - tail]))


def _character_tfidf(arguments: list[str], key_points: list[str]) -> np.ndarray:
    """Cosine over runs of 3 to 5 characters within words, as scikit-learn takes them."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    weights = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5)).fit(arguments + key_points)
    return (weights.transform(arguments) @ weights.transform(key_points).T).toarray()


def _word_overlap(arguments: list[str], key_points: list[str]) -> np.ndarray:
    """Share of the key point's different words that stand in the argument."""
    said, points = [set(tokens(t)) for t in arguments], [set(tokens(t)) for t in key_points]
    return np.array([[len(words & point) / len(point) for point in points] for words in said])
