"""Shares and means of comments: those of one thread, or by one author, are not independent."""

from __future__ import annotations

import pandas as pd

from rejoinder.discussion import Discussion
from rejoinder.stats.clustered import clustered_mean, clustered_share
from rejoinder.stats.estimate import Estimate

TONE_BOUNDS = (-1.0, 1.0)


def comment_share(talk: Discussion, counts: pd.Series) -> Estimate:
    """The share of comments that count (True or 1; index `comment_id`), with the wider interval of two:
    comments of one thread being alike, or, where authors are known, those of one author."""
    return max(
        (clustered_share(counts, labels.reindex(counts.index)) for labels in clusters(talk)), key=_width
    )


def comment_mean(
    talk: Discussion, values: pd.Series, *, bounds: tuple[float, float] = TONE_BOUNDS
) -> Estimate:
    """The mean of the comments' values (index `comment_id`; NaN left out), as `comment_share`."""
    return max(
        (
            clustered_mean(values, labels.reindex(values.index), bounds=bounds)
            for labels in clusters(talk)
        ),
        key=_width,
    )


def clusters(talk: Discussion) -> list[pd.Series]:
    """By what comments may be alike: their thread, and their author where one is known."""
    authors = talk.comments["author"]
    return [talk.threads, authors] if authors.notna().any() else [talk.threads]


def _width(estimate: Estimate) -> float:
    return float("inf") if pd.isna(estimate.low) else estimate.high - estimate.low
