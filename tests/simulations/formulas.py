"""Well-known other formulas, and ours broken on purpose; samples along the last axis."""

from __future__ import annotations

import math
from unittest import mock

import numpy as np
import pandas as pd
from scipy import stats
from scipy.stats import norm, sem

from rejoinder.stats import alpha_of, coincidences, correction
from rejoinder.stats.estimate import mean_bounds, share_bounds
from simulations.harness import LEVEL

Z = norm.ppf((1 + LEVEL) / 2)
ONE_TAIL = 2 * LEVEL - 1  # the whole of 1 - LEVEL in either tail


def wilson(k, n):
    centre, half = (k + Z**2 / 2) / (n + Z**2), Z * np.sqrt(k * (n - k) / n + Z**2 / 4) / (n + Z**2)
    return centre - half, centre + half


def wald(k, n):
    half = Z * np.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def student(x, quantile=None):
    quantile = stats.t.ppf((1 + LEVEL) / 2, x.shape[-1] - 1) if quantile is None else quantile
    centre, half = x.mean(axis=-1), quantile * sem(x, axis=-1)
    return centre - half, centre + half


def skewed_the_wrong_way(x):
    low, high = mean_bounds(-x)
    return 2 * x.mean(axis=-1) + low, 2 * x.mean(axis=-1) + high


def recovered(one, other, *, phi=0):
    (v, low, high), (w, lower, higher) = one, other

    def reach(a, b):
        return np.sqrt(np.maximum(a**2 + b**2 - 2 * phi * a * b, 0))

    return v - w - reach(v - low, higher - w), v - w + reach(high - v, w - lower)


def sides_swapped(one, other):
    """Every distance towards the wrong end."""
    return recovered(*((v, 2 * v - high, 2 * v - low) for v, low, high in (one, other)))


def subtracted(one, other):
    """Bound less bound: wider than needed."""
    return one[1] - other[2], one[2] - other[1]


def welch(x, y):
    found = stats.ttest_ind(x, y, axis=1, equal_var=False).confidence_interval(LEVEL)
    return found.low, found.high


def paired(table, bounds, *, continuity=0.5, sign=1):
    """Newcombe's method 10 for pairs: both count, only the one, only the other, neither."""
    n, k, m = table.sum(axis=1), table[:, :2].sum(axis=1), table[:, [0, 2]].sum(axis=1)
    product = k * (n - k) * m * (n - m)
    shared = table[:, 0] * table[:, 3] - table[:, 1] * table[:, 2]
    shared = np.where(shared > 0, np.maximum(shared - continuity * n, 0), shared)
    phi = sign * np.divide(shared, np.sqrt(product), out=np.zeros(len(n)), where=product > 0)
    return recovered((k / n, *bounds(k, n)), (m / n, *bounds(m, n)), phi=phi)


def corrected(reader, labels, over_all, total, *, weights=None, pretended=1, copies=1):
    """The bounds of `corrected_share` for many samples, and those of the coded alone."""
    weights = np.ones(reader.shape) if weights is None else weights
    with mock.patch.object(correction, "PRETENDED", pretended):
        plain, units, value, best = correction.effective(reader, labels, weights, over_all, total)
    units, best, value = copies * units, copies * best, np.clip(value, 0, 1)
    alone = np.array(share_bounds(plain * units, units))
    ours = np.array(share_bounds(value * best, best))
    narrower = np.ptp(ours, axis=0) <= (1 - correction.MIN_GAIN) * np.ptp(alone, axis=0)
    return np.where(narrower, ours, alone), alone


def ppi_plus_plus(reader, labels, over_all, total):
    """Angelopoulos, Duchi & Zrnic 2023, for a machine that gives 0 or 1."""
    n = reader.shape[1]
    others = total - n
    rest = (over_all * total - labels.sum(axis=1)) / others
    variance = over_all * (1 - over_all) * total / (total - 1)
    power = (reader * labels).mean(axis=1) - reader.mean(axis=1) * labels.mean(axis=1)
    power = np.clip(power / np.where(variance > 0, variance, 1) / (1 + n / others), 0, 1)
    value = reader.mean(axis=1) + power * (rest - labels.mean(axis=1))
    noise = (reader - power[:, None] * labels).var(axis=1) / n + power**2 * rest * (1 - rest) / others
    return value - Z * np.sqrt(noise), value + Z * np.sqrt(noise)


def plain_bootstrap(pairs, metric, rng, resamples):
    """The percentile bootstrap of comments."""
    each = coincidences(pairs)
    drawn = rng.multinomial(len(each), np.full(len(each), 1 / len(each)), resamples)
    found = alpha_of(pd.DataFrame(drawn @ each.to_numpy(), columns=each.columns), metric=metric).dropna()
    if found.empty:
        return math.nan, math.nan
    return tuple(np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
