"""Shares and means with their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from numbers import Integral, Real

import numpy as np
import pandas as pd

# Up to this many values every resample with replacement is listed (n = 9: 24,310 of them).
EXHAUSTIVE_UP_TO = 9
# Below, a bootstrap has too few different resamples: of two values it holds the mean half the time.
MIN_VALUES = 5
_RESAMPLES = 9_999


@dataclass(frozen=True)
class Estimate:
    """A number and how far it can be trusted: `low` to `high` at confidence `level`, from `n` units.

    `count` is the number of units that count, where the estimate is a share. Where nothing can be
    said (`n` = 0, a mean of too few values, an undefined alpha) the bounds are NaN and the printed
    form says so.
    """

    value: float
    low: float
    high: float
    n: int
    level: float
    method: str
    count: int | None = None

    def __str__(self) -> str:
        return self.of("")

    def of(self, units: str) -> str:
        """The printed form with the units named: `of("comments")` is "5 of 9 comments (0.56, …)"."""
        head = self.counted(units)
        level = f"{100 * self.level:g} %"
        if self.n == 0:
            return f"{head} (no estimate)"
        if math.isnan(self.value):
            return f"undefined ({head})"
        if self.count is not None:
            interval = f"{level} {self.low:.2f}–{self.high:.2f}"
            return f"{head} ({self.value:.2f}, {interval})"
        interval = f"{level} {signed(self.low)} to {signed(self.high)}"
        if math.isnan(self.low):
            interval = "too few for an interval"
        return f"{signed(self.value)} ({interval}, {head})"

    def counted(self, units: str = "") -> str:
        """The count alone, without an estimate: "5 of 9 comments", or of a mean "n = 9"."""
        units = f" {units.removesuffix('s') if self.n == 1 else units}" if units else ""
        return f"{f'{self.count} of' if self.count is not None else 'n ='} {self.n}{units}"


def signed(number: float, digits: str = "+.2f") -> str:
    """`number` as it is printed everywhere: a typographic minus, and no "-0.00"."""
    text = format(number, digits)
    if float(text) == 0:
        text = text.lstrip("+-")
    return text.replace("-", "−")


def share(k: int, n: int, *, level: float = 0.95) -> Estimate:
    """The share of `k` among `n` units, from 0 to 1, with Wilson's interval.

    n = 0 gives NaN for value and bounds. Raises ValueError for k outside 0 … n, numbers that are
    not whole, or a level outside 0 … 1.
    Source: Wilson 1927; recommended for small n by Brown, Cai & DasGupta 2001.
    """
    _check_level(level)
    if not (_is_whole(k) and _is_whole(n) and 0 <= k <= n):
        raise ValueError(f"a share needs whole numbers 0 <= k <= n, not k = {k}, n = {n}")
    k, n = int(k), int(n)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, level, "Wilson", 0)
    from scipy.stats import binomtest

    interval = binomtest(k, n).proportion_ci(level, method="wilson")
    return Estimate(k / n, float(interval.low), float(interval.high), n, level, "Wilson", k)


def mean(values, *, level: float = 0.95, rng: np.random.Generator | None = None) -> Estimate:
    """The mean of `values`, one per unit; NaN are left out, and `n` counts what is left.

    The interval is an expanded percentile bootstrap: quantiles of the means of resamples, taken
    further out to make up for how narrow a bootstrap of few values is. Up to EXHAUSTIVE_UP_TO values
    all resamples are listed, and nothing is random; beyond that `rng` draws
    them (a generator seeded with 0 unless one is given). n = 0 gives NaN; fewer than
    MIN_VALUES give the mean without an interval. Raises ValueError for infinite values or a level
    outside 0 … 1.
    Source: Hesterberg 2015, What Teachers Should Know About the Bootstrap.
    """
    _check_level(level)
    x = pd.to_numeric(pd.Series(values, dtype=object)).to_numpy(dtype=float, na_value=np.nan)
    x = x[~np.isnan(x)]
    if np.isinf(x).any():
        raise ValueError("a mean of infinite values cannot be estimated")
    n = len(x)
    if n < MIN_VALUES:
        return Estimate(float(x.mean()) if n else math.nan, math.nan, math.nan, n, level, "none")
    if n <= EXHAUSTIVE_UP_TO:
        counts, weights = _all_resamples(n)
        means, how = counts @ x / n, "exhaustive"
    else:
        rng = rng or np.random.default_rng(0)
        at_once = max(1, 1_000_000 // n)
        sizes = [min(at_once, _RESAMPLES - done) for done in range(0, _RESAMPLES, at_once)]
        means = np.concatenate([rng.choice(x, (size, n)).mean(axis=1) for size in sizes])
        weights, how = np.full(_RESAMPLES, 1 / _RESAMPLES), "seeded"
    tail = _expanded_tail((1 - level) / 2, n)
    points, where = np.unique(means.round(12), return_inverse=True)
    mass = np.bincount(where, weights)
    middle = np.cumsum(mass) - mass / 2  # so that both tails are alike
    low, high = np.interp([tail, 1 - tail], middle, points)
    return Estimate(float(x.mean()), float(low), float(high), n, level, f"expanded bootstrap, {how}")


@cache
def _all_resamples(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Every multiset of n values drawn from n, as how often each is drawn, and its probability."""
    counts = _compositions(n, n)
    log_factorial = np.array([math.lgamma(c + 1) for c in range(n + 1)])
    log_weight = log_factorial[n] - log_factorial[counts].sum(axis=1) - n * math.log(n)
    return counts, np.exp(log_weight)


def _compositions(total: int, parts: int) -> np.ndarray:
    """Every way to write `total` as an ordered sum of `parts` whole numbers from 0 up, one a row."""
    if parts == 1:
        return np.array([[total]])
    rows = []
    for first in range(total + 1):
        rest = _compositions(total - first, parts - 1)
        rows.append(np.column_stack([np.full(len(rest), first), rest]))
    return np.concatenate(rows)


def _expanded_tail(tail: float, n: int) -> float:
    from scipy.stats import norm, t

    return float(norm.cdf(math.sqrt(n / (n - 1)) * t.ppf(tail, n - 1)))


def _is_whole(number: object) -> bool:
    return isinstance(number, Integral) or (isinstance(number, Real) and float(number).is_integer())


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
