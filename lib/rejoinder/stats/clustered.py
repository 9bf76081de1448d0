"""Shares and means of units that come in clusters: comments in a thread, texts by one author."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from rejoinder.stats.estimate import (
    EXACT,
    SKEWED,
    Estimate,
    check_bounds,
    check_level,
    mean,
    mean_bounds,
    no_interval,
    numbers,
    share,
    share_bounds,
)


def clustered_share(counts, clusters, *, level: float = 0.95) -> Estimate:
    """The share of units that count (`counts`: 0, 1 or bool, one per unit) where units of one cluster
    may be alike. `clusters`: the label of each unit's cluster; a unit without one (NA) is a cluster.

    `n` and `count` count units. The interval is that of `intervals.share` for as many independent units
    as would vary as much as the share does with each cluster left out, and fewer clusters make it wider.
    Where none or all count, that cannot be seen, and a cluster counts as one unit. It is never narrower
    than that of independent units. Missing `counts` are left out; one cluster gives no interval.
    In simulations with 5 to 30 clusters of 1 to 20 units and shares of 0.05 to 0.95 it holds the share in
    92 % of cases or more where a fifth of all variation lies between clusters (`share` in 70 %), and in
    85 % or more where half of it does (`share` in 50 %). One unit that differs from all others shows that
    not all clusters are of one kind: then the interval can be narrower than where none differs.
    Counts and clusters go together by their place, not by an index.

    Raises ValueError for lengths that differ, counts that are neither 0 nor 1, a level outside 0 … 1.
    Source: Korn & Graubard 1998, with the variance of a jackknife.
    """
    check_level(level)
    y, labels = _inputs(counts, clusters)
    if not np.isin(y, (0, 1)).all():
        raise ValueError("a share counts 0 and 1 only")
    k, n = int(y.sum()), len(y)
    plain = share(k, n, level=level)
    how, groups = _method(EXACT, labels)
    if groups in (0, n):
        return plain
    if groups == 1:
        return Estimate(k / n, math.nan, math.nan, n, level, f"none: {how}", k)
    from scipy.special import stdtrit

    if k in (0, n):
        units = float(groups)
    else:
        left_out = _left_out(y, labels)
        variance = (groups - 1) / groups * ((left_out - left_out.mean()) ** 2).sum()
        fewer = stdtrit(n - 1, (1 + level) / 2) / stdtrit(groups - 1, (1 + level) / 2)
        units = max(1.0, fewer**2 / max(variance * n**2 / (k * (n - k)), 1 / n))
    low, high = share_bounds(k / n * units, units, level)
    return Estimate(k / n, float(low), float(high), n, level, how, k)


def clustered_mean(
    values, clusters, *, bounds: tuple[float, float] | None = None, level: float = 0.95
) -> Estimate:
    """The mean of `values` where units of one cluster may be alike; `clusters` as `clustered_share` has
    them, `bounds` as `intervals.mean`.

    `n` counts units. The interval is that of `mean` for one value a cluster: how far leaving it out
    moves the mean; it is never narrower than that of `mean`. Missing values are left out; fewer than
    MIN_VALUES clusters give no interval. Simulated as for shares, it holds the mean of skewed values in
    92 and 86 % of cases or more (`mean` in 67 and 50 %).

    Raises ValueError for lengths that differ, and as `mean` does.
    Source: pseudo-values of the jackknife, Tukey 1958.
    """
    x, labels = _inputs(values, clusters)
    plain = mean(x, bounds=bounds, level=level)
    how, groups = _method(SKEWED, labels)
    if groups in (0, len(x)):
        return plain
    pseudo = groups * x.mean() - (groups - 1) * _left_out(x, labels) if groups > 1 else x[:1]
    why = no_interval(pseudo)
    if why:
        return Estimate(plain.value, math.nan, math.nan, plain.n, level, f"{why}, {how}")
    # Of unequal clusters the pseudo-values average a little beside the mean.
    low, high = np.array(mean_bounds(pseudo, level)) + (plain.value - pseudo.mean())
    ends = [np.fmin(low, plain.low), np.fmax(high, plain.high)]
    low, high = np.clip(ends, *check_bounds(bounds))
    return Estimate(plain.value, float(low), float(high), plain.n, level, how)


def _left_out(x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean with each cluster left out in turn."""
    sums, sizes = np.bincount(labels, x), np.bincount(labels)
    return (x.sum() - sums) / (len(x) - sizes)


def _method(name: str, labels: np.ndarray) -> tuple[str, int]:
    groups = int(labels.max()) + 1 if len(labels) else 0
    return f"{name}, {groups} cluster{'' if groups == 1 else 's'}", groups


def _inputs(values, clusters) -> tuple[np.ndarray, np.ndarray]:
    """The values that there are, and the number of the cluster of each."""
    x = numbers(values)
    labels = clusters if isinstance(clusters, pd.Series) else pd.Series(list(clusters), dtype=object)
    if len(x) != len(labels):
        raise ValueError(f"{len(x)} units have {len(labels)} labels of clusters")
    kept = ~np.isnan(x)
    codes = pd.factorize(labels[kept])[0]
    alone = codes < 0
    codes = np.where(alone, codes.max(initial=-1) + np.cumsum(alone), codes)
    return x[kept], pd.factorize(codes)[0]
