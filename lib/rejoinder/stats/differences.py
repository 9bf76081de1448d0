"""Differences between two shares or two means, of different units or of the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rejoinder.stats.estimate import Estimate, check_bounds, mean, numbers, share


@dataclass(frozen=True, kw_only=True)
class Difference(Estimate):
    """An Estimate of `one` less `other`, each of which is an Estimate. `n` counts the units of both, or
    of a paired difference the pairs."""

    one: Estimate
    other: Estimate
    paired: bool

    def counted(self, units: str = "") -> str:
        if self.paired:
            return super().counted(units)
        return f"n = {self.one.n} and {self.other.n}{f' {units}' if units else ''}"


def difference(one: Estimate, other: Estimate) -> Difference:
    """`one` less `other`, two shares or two means of **different** units.

    The distances from either value to its bounds are added as the sides of a right angle are. NaN
    bounds where one of the two has none; n = 0 on one side gives NaN. Raises ValueError where their
    levels differ, or one is a share and the other a mean.
    Source: Newcombe 1998 (his method 10 with other bounds), Zou & Donner 2008.
    """
    for given in (one, other):
        if not isinstance(given, Estimate):
            raise TypeError(f"a difference is of two Estimates, not of {type(given).__name__}")
    if one.level != other.level or (one.count is None) != (other.count is None):
        raise ValueError(f"not to be set against each other: {one} and {other}")
    return _recovered(one, other, 0.0, paired=False)


def paired_mean_difference(
    a, b, *, bounds: tuple[float, float] | None = None, level: float = 0.95
) -> Difference:
    """The mean of `a` less that of `b`, values of the **same** units in the same order.

    Only units with both values count. The interval is that of `intervals.mean` for the differences,
    each between -w and w if `bounds` lie w apart. Raises ValueError for lengths that differ, and as
    `mean` does.
    """
    a, b = _pairs(a, b)
    lowest, highest = check_bounds(bounds)
    wide = bounds and (lowest - highest, highest - lowest)
    found = mean(a - b, bounds=wide, level=level)
    one, other = (mean(x, bounds=bounds, level=level) for x in (a, b))
    return Difference(**vars(found), one=one, other=other, paired=True)


def paired_share_difference(a, b, *, level: float = 0.95) -> Difference:
    """The share of `a` less that of `b`, each 0 or 1 (or bool) for the **same** units in the same order.

    As `difference`, less what the two have in common (their correlation phi, with one of the units
    taken off the agreeing ones so that few are not taken for proof). Units without both values do not
    count; none at all gives NaN. Raises ValueError for lengths that differ or other values.
    Source: Newcombe 1998b (his method 10 with other bounds), Zou & Donner 2008.
    """
    a, b = _pairs(a, b)
    for x in (a, b):
        if not np.isin(x, (0, 1)).all():
            raise ValueError("a share counts 0 and 1 only")
    n, both = len(a), int((a * b).sum())
    one, other = (share(int(x.sum()), n, level=level) for x in (a, b))
    product = one.count * other.count * (n - one.count) * (n - other.count)
    shared = n * both - one.count * other.count
    # Newcombe's correction for continuity, where the two go together.
    shared = max(shared - n / 2, 0) if shared > 0 else shared
    return _recovered(one, other, shared / math.sqrt(product) if product else 0.0, paired=True)


def _recovered(one: Estimate, other: Estimate, correlation: float, *, paired: bool) -> Difference:
    value = one.value - other.value

    def reach(left: float, right: float) -> float:
        squared = left**2 + right**2 - 2 * correlation * left * right
        return math.sqrt(squared if not squared < 0 else 0)  # rounding may; NaN stays

    low = value - reach(one.value - one.low, other.high - other.value)
    high = value + reach(one.high - one.value, other.value - other.low)
    n = one.n if paired else one.n + other.n
    how = f"{'paired ' if paired else ''}difference, {one.method}"
    return Difference(value, low, high, n, one.level, how, one=one, other=other, paired=paired)


def _pairs(a, b) -> tuple[np.ndarray, np.ndarray]:
    """Both as numbers, without the pairs of which one is missing."""
    a, b = numbers(a), numbers(b)
    if len(a) != len(b):
        raise ValueError(f"pairs need as many values on either side, not {len(a)} and {len(b)}")
    whole = ~(np.isnan(a) | np.isnan(b))
    return a[whole], b[whole]
