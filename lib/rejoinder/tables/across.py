"""12: what holds across many articles, which are the units: comments under one are not independent."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from rejoinder import stats


def by_article(comments: pd.DataFrame, within: str | None = None) -> pd.Series:
    """The share of cold comments under each article; or, with `within` a column of True and False, how
    much higher it is where True, NaN for an article without both kinds.

    Parameters
    ----------
    comments : with `article_id` and `cold`.
    """
    if within is None:
        return comments.groupby("article_id")["cold"].mean()
    shares = (
        comments.groupby(["article_id", within])["cold"].mean().unstack().reindex(columns=[False, True])
    )
    return (shares[True] - shares[False]).rename(within)


def between(values: pd.Series, groups: pd.Series) -> stats.Estimate:
    """The mean of articles where `groups` is True less that of the others, both by `article_id`."""
    is_in = groups.reindex(values.index).astype(bool)
    one, other = (stats.mean(values[side], bounds=(0, 1)) for side in (is_in, ~is_in))
    return stats.difference(one, other)


def table(
    estimates: Mapping[str, stats.Estimate], planted: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """Estimates as rows: `value`, `low`, `high`, articles `n`; with the truth, if it is known,
    `planted`, and whether the interval `holds` it."""
    rows = {name: (one.value, one.low, one.high, one.n) for name, one in estimates.items()}
    found = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "low", "high", "n"])
    if planted:
        found["planted"] = pd.Series(planted)
        found["holds"] = found["planted"].between(found["low"], found["high"])
    return found
