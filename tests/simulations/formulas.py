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


def recovered(one, other):
    (v, low, high), (w, lower, higher) = one, other
    return v - w - np.hypot(v - low, higher - w), v - w + np.hypot(high - v, w - lower)


def sides_swapped(one, other):
    """Every distance towards the wrong end."""
    return recovered(*((v, 2 * v - high, 2 * v - low) for v, low, high in (one, other)))


def subtracted(one, other):
    """Bound less bound: wider than needed."""
    return one[1] - other[2], one[2] - other[1]


def welch(x, y):
    found = stats.ttest_ind(x, y, axis=1, equal_var=False).confidence_interval(LEVEL)
    return found.low, found.high


def corrected(reader, labels, over_all, total, *, pretended=1, copies=1):
    """The bounds of `corrected_share` for many samples, and those of the coded alone."""
    with mock.patch.object(correction, "PRETENDED", pretended):
        value, units = correction.effective(reader, labels, over_all, total)
    alone = np.array(share_bounds(copies * reader.sum(axis=1), copies * reader.shape[1]))
    ours = np.array(share_bounds(copies * value * units, copies * units))
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


def plain_bootstrap(codings, rng, resamples):
    """The percentile bootstrap of comments, nominal."""
    each = coincidences(codings)
    drawn = rng.multinomial(len(each), np.full(len(each), 1 / len(each)), resamples)
    found = alpha_of(pd.DataFrame(drawn @ each.to_numpy(), columns=each.columns)).dropna()
    if found.empty:
        return math.nan, math.nan
    return tuple(np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
