"""Our formulas broken on purpose; samples along the last axis."""

from __future__ import annotations

from unittest import mock

import numpy as np
from scipy.stats import norm, sem

from rejoinder.stats import correction
from rejoinder.stats.estimate import mean_bounds, share_bounds
from simulations.harness import LEVEL

Z = norm.ppf((1 + LEVEL) / 2)
ONE_TAIL = 2 * LEVEL - 1  # the whole of 1 - LEVEL in either tail


def normal(x):
    """Student's interval without regard to how few values there are."""
    centre, half = x.mean(axis=-1), Z * sem(x, axis=-1)
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


def corrected(reader, labels, over_all, total, *, pretended=1, copies=1):
    """The bounds of `corrected_share` for many samples."""
    with mock.patch.object(correction, "PRETENDED", pretended):
        value, units = correction.effective(reader, labels, over_all, total)
    alone = np.array(share_bounds(copies * reader.sum(axis=1), copies * reader.shape[1]))
    ours = np.array(share_bounds(copies * value * units, copies * units))
    narrower = np.ptp(ours, axis=0) <= (1 - correction.MIN_GAIN) * np.ptp(alone, axis=0)
    return np.where(narrower, ours, alone)
