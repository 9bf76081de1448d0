"""Differences between two shares or two means, of different units or of the same."""

import math
from dataclasses import dataclass

import numpy as np

from rejoinder.stats.estimate import Estimate, numbers, share


@dataclass(frozen=True, kw_only=True, repr=False)
class Difference(Estimate):
    """`one` less `other`, both Estimates. `n` counts the units of both; if `paired`, the pairs."""

    one: Estimate
    other: Estimate
    paired: bool

    def counted(self, units: str = "") -> str:
        if self.paired:
            return super().counted(units)
        return f"n = {self.one.n:,} and {self.other.n:,}{f' {units}' if units else ''}"


def difference(one: Estimate, other: Estimate) -> Difference:
    """`one` less `other`, two shares or two means of **different** units; positive where `one` is higher.

    Returns: to either side the interval reaches sqrt(a² + b²), a and b being the distances from the two
    values to their bounds. NaN bounds where one has none; NaN where n = 0 on one side.
    Raises: ValueError for a share and a mean.
    Source: Newcombe 1998 (method 10, here with exact bounds), Zou & Donner 2008.
    """
    if (one.count is None) != (other.count is None):
        raise ValueError(f"a share and a mean cannot be compared: {one} and {other}")
    return _recovered(one, other, 0.0, paired=False)


def paired_share_difference(a, b) -> Difference:
    """The share of `a` less that of `b`, each 0, 1 or bool for the **same** units in the same order.

    Returns: like `difference`, less what the two have in common (their correlation phi, corrected so that
    a few agreeing units are no proof). Units without both values are left out; none: NaN.
    Raises: ValueError for lengths that differ, or values other than 0 and 1.
    Source: Newcombe 1998b (method 10, here with exact bounds), Zou & Donner 2008.
    """
    a, b = numbers(a), numbers(b)
    if len(a) != len(b):
        raise ValueError(f"pairs need as many values on either side, not {len(a)} and {len(b)}")
    known = ~(np.isnan(a) | np.isnan(b))
    a, b = a[known], b[known]
    if not np.isin([a, b], (0, 1)).all():
        raise ValueError("a share needs counts of 0 and 1 only")
    n, both = len(a), int((a * b).sum())
    one, other = (share(int(x.sum()), n) for x in (a, b))
    product = one.count * other.count * (n - one.count) * (n - other.count)
    shared = n * both - one.count * other.count
    # Newcombe's correction for continuity, for a positive correlation.
    shared = max(shared - n / 2, 0) if shared > 0 else shared
    return _recovered(one, other, shared / math.sqrt(product) if product else 0.0, paired=True)


def _recovered(one: Estimate, other: Estimate, correlation: float, *, paired: bool) -> Difference:
    def reach(left: float, right: float) -> float:
        squared = left**2 + right**2 - 2 * correlation * left * right
        return math.sqrt(squared if not squared < 0 else 0)  # below 0 by rounding only; NaN stays NaN

    value = one.value - other.value
    low = value - reach(one.value - one.low, other.high - other.value)
    high = value + reach(one.high - one.value, other.value - other.low)
    n = one.n if paired else one.n + other.n
    how = f"{'paired ' * paired}difference, {one.method}"
    return Difference(value, None, n, low, high, method=how, one=one, other=other, paired=paired)
