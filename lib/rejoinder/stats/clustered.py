"""Shares and means of units that come in clusters: comments in a thread, texts by one author."""

import math

import numpy as np
import pandas as pd

from rejoinder.stats import estimate
from rejoinder.stats.estimate import EXACT, LEVEL, SKEWED, Estimate, numbers


def clustered_share(counts, clusters) -> Estimate:
    """The share of units that count, where units of one cluster may be alike.

    Parameters: `counts`, 0, 1 or bool per unit, missing ones are left out; `clusters`, labels (NA: a
    cluster of its own), or a DataFrame with a column per clustering, of which the one with the widest
    interval is used. Pandas is aligned by index, anything else by position.
    Returns: `n` and `count` count units. The interval is that of `share` for as many independent units as
    would vary as the share does when each cluster is left out (if none or all count: the number of
    clusters), wider for few clusters and never narrower than that of `share`. One cluster: none.
    Raises: ValueError for units without a label, or counts other than 0 and 1.
    Source: Korn & Graubard 1998, with the variance of a jackknife.
    """
    return _widest(_share, counts, clusters)


def clustered_mean(values, clusters, *, bounds: tuple[float, float] | None = None) -> Estimate:
    """The mean of `values` where units of one cluster may be alike; missing values are left out.

    Returns: `n` counts units. The interval is that of `mean` for one value per cluster (how far leaving
    it out moves the mean), never narrower than that of `mean`; fewer than MIN_VALUES clusters: none.
    Raises: ValueError for units without a label, and as `mean`. `clusters` as in `clustered_share`.
    Source: pseudo-values of the jackknife, Tukey 1958.
    """
    return _widest(lambda x, labels: _mean(x, labels, bounds), values, clusters)


def _share(y: np.ndarray, labels: np.ndarray) -> Estimate:
    if not np.isin(y, (0, 1)).all():
        raise ValueError("a share needs counts of 0 and 1 only")
    k, n, groups = int(y.sum()), len(y), labels.max(initial=-1) + 1
    if groups in (0, n):
        return estimate.share(k, n)
    if groups == 1:
        return Estimate(k / n, k, n, method="none: one cluster")
    from scipy.special import stdtrit

    if k in (0, n):
        units = float(groups)
    else:
        left_out = _left_out(y, labels)
        variance = (groups - 1) / groups * ((left_out - left_out.mean()) ** 2).sum()
        fewer = stdtrit(n - 1, (1 + LEVEL) / 2) / stdtrit(groups - 1, (1 + LEVEL) / 2)
        units = max(1.0, fewer**2 / max(variance * n**2 / (k * (n - k)), 1 / n))
    ends = estimate.share_bounds(k / n * units, units)
    return Estimate(k / n, k, n, *map(float, ends), method=f"{EXACT}, {groups} clusters")


def _mean(x: np.ndarray, labels: np.ndarray, bounds) -> Estimate:
    plain, groups = estimate.mean(x, bounds=bounds), labels.max(initial=-1) + 1
    if groups in (0, len(x)):
        return plain
    pseudo = groups * x.mean() - (groups - 1) * _left_out(x, labels) if groups > 1 else x[:1]
    if why := estimate.no_interval(pseudo):
        return Estimate(plain.value, None, plain.n, method=f"{why} of clusters")
    # With unequal clusters, the mean of the pseudo-values is a little off the mean.
    low, high = np.array(estimate.mean_bounds(pseudo)) + (plain.value - pseudo.mean())
    ends = np.clip([np.fmin(low, plain.low), np.fmax(high, plain.high)], *(bounds or (None, None)))
    return Estimate(plain.value, None, plain.n, *map(float, ends), method=f"{SKEWED}, {groups} clusters")


def _left_out(x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean with each cluster left out in turn."""
    sums, sizes = np.bincount(labels, x), np.bincount(labels)
    return (x.sum() - sums) / (len(x) - sizes)


def _widest(estimate_of, values, clusters) -> Estimate:
    """The estimate of the clustering with the widest interval; none at all counts as widest."""
    x, labels = numbers(values), _aligned(clusters, values)
    found, known = [], ~np.isnan(x)
    for name in labels:
        codes = pd.factorize(labels[name][known])[0]
        alone = codes < 0
        codes = np.where(alone, codes.max(initial=-1) + np.cumsum(alone), codes)
        found.append(estimate_of(x[known], codes))
    return max(found, key=lambda one: math.inf if math.isnan(one.low) else one.high - one.low)


def _aligned(labels, units) -> pd.DataFrame:
    """A row of labels per unit: by index if both are pandas, else by position. Raises ValueError."""
    table = pd.DataFrame(labels if isinstance(labels, pd.DataFrame) else pd.Series(labels, dtype=object))
    if isinstance(labels, pd.Series | pd.DataFrame) and isinstance(units, pd.Series):
        if len(lacking := units.index.difference(labels.index)):
            raise ValueError(f"no label is given for {lacking[0]!r}")
        table = table if labels.index.equals(units.index) else table.reindex(units.index)
    if len(table) != len(units):
        raise ValueError(f"{len(units)} units have {len(table)} labels")
    return table
