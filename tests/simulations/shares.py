"""Shares: how often the exact interval holds the true share, computed and not drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from scipy import stats

from rejoinder.stats.estimate import share_bounds
from simulations.table import Row

LEVEL = 0.95
GRID = np.linspace(0.05, 0.95, 1_801)
# For n in the thousands, where the coverage changes at every bound, the bounds alone are dense enough.
COARSE = np.linspace(0.05, 0.95, 181)
# Coverage is lowest just beside a bound.
BESIDE = 1e-9

Bounds = Callable[[np.ndarray, int], tuple]


def exact(k, n):
    return share_bounds(k, n, LEVEL)


def wald(k, n):
    half = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(k / n * (1 - k / n) / n)
    return k / n - half, k / n + half


def scipys(method: str) -> Bounds:
    @cache
    def of_all(n):
        found = [stats.binomtest(k, n).proportion_ci(LEVEL, method) for k in range(n + 1)]
        return np.array(found).T

    def bounds(k, n):
        return of_all(n)[:, k]

    return bounds


def one_tail(k, n):
    """The whole of 1 - level in either tail."""
    return share_bounds(k, n, 2 * LEVEL - 1)


def one_unit_short(k, n):
    """Without the unit that parts the two bounds of Clopper and Pearson: beta(k, n - k) for both."""
    inside = np.clip(k, 0.5, n - 0.5)
    return tuple(stats.beta.ppf(tail, inside, n - inside) for tail in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))


def worst(bounds: Bounds, sizes) -> float:
    """The lowest coverage over all true shares from 0.05 to 0.95 and all n of `sizes`."""
    return min(coverage(bounds, n).min() for n in sizes)


def coverage(bounds: Bounds, n: int) -> np.ndarray:
    """How often the interval holds each of many true shares: a grid, and either side of each bound."""
    k = np.arange(n + 1)
    low, high = bounds(k, n)
    edges = np.concatenate([low - BESIDE, high + BESIDE])
    p = np.concatenate([GRID if n < 500 else COARSE, edges[(edges >= 0.05) & (edges <= 0.95)]])
    held = (low <= p[:, None]) & (p[:, None] <= high)
    return (stats.binom.pmf(k, n, p[:, None]) * held).sum(axis=1)


def mean_width(bounds: Bounds, sizes) -> float:
    """The expected width over true shares from 0.05 to 0.95, on average of `sizes`."""
    widths = []
    for n in sizes:
        k = np.arange(n + 1)
        low, high = bounds(k, n)
        widths.append((stats.binom.pmf(k, n, COARSE[:, None]) @ (high - low)).mean())
    return float(np.mean(widths))


def rows(times: int) -> list[Row]:
    """What is exact needs no samples; for few, n = 1000 is left out because it takes longest."""
    wilson, clopper_pearson = scipys("wilson"), scipys("exact")
    sizes = {"n = 1 to 4": range(1, 5), "n = 5 to 30": range(5, 31), "n = 100": [100]}
    if times >= 1_000:
        sizes["n = 1000"] = [1_000]
    found = []
    for what, n in sizes.items():
        # Of up to four units so few samples miss p that one tail of .05 still holds 95 %.
        broken = {"one unit short": one_unit_short} if n[-1] < 5 else {"all in one tail": one_tail}
        beside = {"Wilson (scipy)": wilson, "Clopper–Pearson (scipy)": clopper_pearson, "Wald": wald}
        found.append(
            Row(
                f"share, {what}: worst coverage over p = .05 to .95",
                LEVEL,
                (LEVEL, 1),
                worst(exact, n),
                0,
                {name: worst(bounds, n) for name, bounds in beside.items()},
                {name: worst(bounds, n) for name, bounds in broken.items()},
            )
        )
    for what, band in (("n = 5 to 30", (1.1, 1.2)), ("n = 100", (1.04, 1.08))):
        of_wilson = mean_width(wilson, sizes[what])
        found.append(
            Row(
                f"share, {what}: mean width, times that of Wilson's",
                1,
                band,
                mean_width(exact, sizes[what]) / of_wilson,
                0,
                {"Wald": mean_width(wald, sizes[what]) / of_wilson},
                {"all in one tail": mean_width(one_tail, sizes[what]) / of_wilson},
            )
        )
    return found
