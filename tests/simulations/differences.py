"""Differences of two shares, or of means: how often the interval holds the true difference."""

from __future__ import annotations

import itertools
import math

import numpy as np
from scipy import stats

from rejoinder.stats.differences import difference
from rejoinder.stats.estimate import mean_bounds, share
from simulations.means import LEVEL, POPULATIONS, error_of, held_share
from simulations.table import Row

Z = stats.norm.ppf((1 + LEVEL) / 2)
SHARES = np.arange(5, 100, 5) / 100
SIZES = [(5, 5), (9, 9), (5, 30), (15, 15), (30, 30)]
# The lowest coverage that holds; of means it depends on how many skewed values stand on one side alone.
WORST_OF_SHARES = 0.93
WORST_OF_MEANS = {(5, 5): 0.95, (9, 9): 0.95, (5, 30): 0.92, (15, 15): 0.95, (30, 30): 0.95}
WORST_OF_PAIRS = {5: 0.92, 9: 0.94, 15: 0.94, 30: 0.94}
# The average over all cases: wider than needed would be wrong as well.
AVERAGE = (0.95, 0.995)
# A true difference that is a bound but for rounding is held.
ROUNDING = 1e-9


# --- two shares of different units ---


def wilson(k, n):
    centre, half = (k + Z**2 / 2) / (n + Z**2), Z * np.sqrt(k * (n - k) / n + Z**2 / 4) / (n + Z**2)
    return centre - half, centre + half


def recovered(one: tuple, other: tuple) -> tuple:
    """Bounds of a difference from value, low and high of either side, as `difference` has them."""
    (v, low, high), (w, lower, higher) = one, other
    return v - w - np.hypot(v - low, higher - w), v - w + np.hypot(high - v, w - lower)


def newcombe(k, n, m, size):
    return recovered((k / n, *wilson(k, n)), (m / size, *wilson(m, size)))


def wald(k, n, m, size):
    p, q = k / n, m / size
    half = Z * np.sqrt(p * (1 - p) / n + q * (1 - q) / size)
    return p - q - half, p - q + half


def ours(k, n, m, size):
    """What the public function gives for every k of n against every m of size."""
    one, other = ([share(i, most, level=LEVEL) for i in range(most + 1)] for most in (n, size))
    found = [[difference(a, b) for b in other] for a in one]
    return tuple(np.array([[getattr(d, end) for d in row] for row in found]) for end in ("low", "high"))


def of_estimates(formula):
    """A formula on value, low and high of either side, where `ours` has the right one."""

    def bounds(k, n, m, size):
        sides = [[share(i, most, level=LEVEL) for i in range(most + 1)] for most in (n, size)]
        one, other = (np.array([(e.value, e.low, e.high) for e in side]).T for side in sides)
        return formula(one[:, :, None], other[:, None, :])

    return bounds


def sides_swapped(one, other):
    """Every distance towards the wrong end."""
    (v, low, high), (w, lower, higher) = one, other
    return v - w - np.hypot(high - v, w - lower), v - w + np.hypot(v - low, higher - w)


def subtracted(one, other):
    """Bound less bound: wider than needed."""
    return one[1] - other[2], one[2] - other[1]


def coverage(bounds, n: int, size: int) -> np.ndarray:
    """How often the interval holds the difference, for all pairs of SHARES, computed exactly."""
    low, high = bounds(np.arange(n + 1)[:, None], n, np.arange(size + 1)[None], size)
    one, other = (stats.binom.pmf(np.arange(m + 1), m, SHARES[:, None]) for m in (n, size))
    true = SHARES[:, None] - SHARES
    found = np.empty(true.shape)
    for d in np.unique(true.round(9)):
        held = (low <= d + ROUNDING) & (d - ROUNDING <= high)
        at = np.isclose(true, d)
        found[at] = (one @ held @ other.T)[at]
    return found


def unpaired_shares() -> list[Row]:
    formulas = {
        "ours": ours,
        "Newcombe with Wilson": newcombe,
        "Wald": wald,
        "sides swapped": of_estimates(sides_swapped),
        "bounds subtracted": of_estimates(subtracted),
    }
    found = []
    for n, size in SIZES:
        held = {name: coverage(formula, n, size) for name, formula in formulas.items()}
        what = f"difference of shares, n = {n} and {size}"
        found += worst_and_average(
            what, held, ("sides swapped",), ("bounds subtracted",), WORST_OF_SHARES
        )
    return found


def worst_and_average(what: str, held: dict, too_narrow: tuple, too_wide: tuple, least: float, times=0):
    """A row for the lowest coverage and one for the average; `times` samples each, 0: none drawn."""
    beside = [name for name in held if name not in ("ours", *too_narrow, *too_wide)]
    errors = [error_of(share, times) for share in np.ravel(held["ours"])] if times else [0.0]
    found = []
    for name, summary, band, error, broken in (
        ("worst", np.min, (least, 1), max(errors), too_narrow),
        ("average", np.mean, AVERAGE, math.hypot(*errors) / len(errors), too_wide or too_narrow),
    ):
        value = {formula: float(summary(shares)) for formula, shares in held.items()}
        columns = ({one: value[one] for one in names} for names in (beside, broken))
        found.append(Row(f"{what}: {name}", LEVEL, band, value["ours"], error, *columns))
    return found


# --- two means ---


def ours_of_means(x, y):
    return recovered(*((side.mean(axis=1), *mean_bounds(side, LEVEL)) for side in (x, y)))


def welch(x, y):
    found = stats.ttest_ind(x, y, axis=1, equal_var=False).confidence_interval(LEVEL)
    return found.low, found.high


def one_side_only(x, y):
    """The other mean taken for certain."""
    low, high = mean_bounds(x, LEVEL)
    return low - y.mean(axis=1), high - y.mean(axis=1)


def paired_t(x, y):
    found = stats.ttest_rel(x, y, axis=1).confidence_interval(LEVEL)
    return found.low, found.high


UNPAIRED = {"ours": ours_of_means, "Welch": welch, "one side only": one_side_only}
PAIRED = {
    "ours": lambda x, y: mean_bounds(x - y, LEVEL),
    "paired t": paired_t,
    "all in one tail": lambda x, y: mean_bounds(x - y, 2 * LEVEL - 1),
}


def means(times: int, rng) -> list[Row]:
    found = []
    for n, size in SIZES:
        each = coverages(UNPAIRED, n, size, times, rng)
        what = f"difference of means, n = {n} and {size}"
        found += worst_and_average(what, each, ("one side only",), (), WORST_OF_MEANS[n, size], times)
    for n, least in WORST_OF_PAIRS.items():
        each = coverages(PAIRED, n, n, times, rng)
        what = f"paired difference of means, {n} pairs"
        found += worst_and_average(what, each, ("all in one tail",), (), least, times)
    return found


def coverages(formulas: dict, n: int, size: int, times: int, rng) -> dict[str, list]:
    """How often each formula holds the difference, for each pair of populations: one beside itself and
    beside the next. Of paired values the second is half the first. Samples of equal values are left
    out."""
    found, populations = {name: [] for name in formulas}, list(POPULATIONS.values())
    for one, other in [*zip(populations, populations, strict=True), *itertools.pairwise(populations)]:
        x, y = one.draw(rng, (times, n)), other.draw(rng, (times, size))
        true = one.mean - other.mean
        if formulas is PAIRED:
            y, true = (x + y) / 2, true / 2
        varies = np.ptp(x, axis=1) > 0
        varies &= np.ptp(x - y if formulas is PAIRED else y, axis=1) > 0
        x, y = x[varies], y[varies]
        for name, formula in formulas.items():
            found[name].append(held_share(*formula(x, y), true))
    return found


def rows(times: int) -> list[Row]:
    """The differences of shares are computed exactly, whatever `times`."""
    rng = np.random.default_rng(12)
    return [*unpaired_shares(), *means(max(3_000, 2 * times), rng)]
