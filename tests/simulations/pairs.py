"""Differences of two shares of the same units: how often the interval holds, computed and not drawn."""

from __future__ import annotations

import itertools
import math

import numpy as np
from scipy import stats

from rejoinder.stats.differences import paired_share_difference
from rejoinder.stats.estimate import share_bounds
from simulations.differences import ROUNDING, SHARES, WORST_OF_SHARES, Z, wilson, worst_and_average
from simulations.means import LEVEL
from simulations.table import Row

CORRELATIONS = (-0.3, 0, 0.3, 0.6, 0.9)


def tables(n: int) -> np.ndarray:
    """All tables of n pairs: both count, only the one, only the other, neither."""
    found = itertools.product(range(n + 1), repeat=3)
    return np.array([(*three, n - sum(three)) for three in found if sum(three) <= n])


def ours_paired(table: np.ndarray) -> np.ndarray:
    """What the public function gives for each table."""
    pairs = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
    found = (
        paired_share_difference(*np.repeat(pairs, counts, axis=0).T, level=LEVEL) for counts in table
    )
    return np.array([(each.low, each.high) for each in found]).T


def wald_paired(table):
    n, one, other = table.sum(axis=1), table[:, 1], table[:, 2]
    half = Z / n * np.sqrt(one + other - (one - other) ** 2 / n)
    return (one - other) / n - half, (one - other) / n + half


def newcombe_paired(table, bounds=wilson, continuity=0.5, sign=1):
    n, both, neither = table.sum(axis=1), table[:, 0], table[:, 3]
    k, m = both + table[:, 1], both + table[:, 2]
    product, shared = k * (n - k) * m * (n - m), both * neither - table[:, 1] * table[:, 2]
    shared = np.where(shared > 0, np.maximum(shared - continuity * n, 0), shared)
    phi = sign * np.divide(shared, np.sqrt(product), out=np.zeros(len(n)), where=product > 0)
    (low, high), (lower, higher) = bounds(k, n), bounds(m, n)

    def reach(a, b):
        return np.sqrt(np.maximum(a**2 + b**2 - 2 * phi * a * b, 0))

    v, w = k / n, m / n
    return v - w - reach(v - low, higher - w), v - w + reach(high - v, w - lower)


def subtracted_paired(table):
    n, k, m = table.sum(axis=1), table[:, :2].sum(axis=1), table[:, [0, 2]].sum(axis=1)
    (low, high), (lower, higher) = share_bounds(k, n, LEVEL), share_bounds(m, n, LEVEL)
    return low - higher, high - lower


def correlated() -> np.ndarray:
    """The chances of the four kinds of pairs, for all SHARES and CORRELATIONS that can be."""
    found = []
    for p, q, phi in itertools.product(SHARES, SHARES, CORRELATIONS):
        both = p * q + phi * math.sqrt(p * (1 - p) * q * (1 - q))
        if max(0, p + q - 1) <= both <= min(p, q):
            found.append((both, p - both, q - both, 1 - p - q + both))
    return np.array(found)


def rows(times: int) -> list[Row]:
    """Nothing is drawn; for few `times` that of 30 pairs, which takes longest, is left out."""
    sizes = (9, 15, 30) if times >= 1_000 else (9, 15)
    formulas = {
        "ours": ours_paired,
        "Newcombe with Wilson": newcombe_paired,
        "Wald": wald_paired,
        "correlation reversed": lambda table: newcombe_paired(table, share_bounds, sign=-1),
        "no continuity": lambda table: newcombe_paired(table, share_bounds, continuity=0),
        "bounds subtracted": subtracted_paired,
    }
    chances, found = correlated(), []
    true = (chances[:, 1] - chances[:, 2])[:, None]
    for n in sizes:
        table, held = tables(n), {}
        pmf = np.exp(stats.multinomial.logpmf(table, n, chances[:, None, :]))
        for name, formula in formulas.items():
            low, high = formula(table)
            held[name] = (pmf * ((low <= true + ROUNDING) & (true - ROUNDING <= high))).sum(axis=1)
        what = f"paired difference of shares, {n} pairs"
        broken = ("correlation reversed", "no continuity"), ("bounds subtracted",)
        found += worst_and_average(what, held, *broken, WORST_OF_SHARES)
    return found
