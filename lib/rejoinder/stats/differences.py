"""The difference between two shares or two means of different units."""

import math
from dataclasses import dataclass

from rejoinder.stats.estimate import Estimate


@dataclass(frozen=True, kw_only=True, repr=False)
class Difference(Estimate):
    """`one` less `other`, both Estimates; `n` counts the units of both."""

    one: Estimate
    other: Estimate

    def counted(self, units: str = "") -> str:
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
    value = one.value - other.value
    low = value - math.hypot(one.value - one.low, other.high - other.value)
    high = value + math.hypot(one.high - one.value, other.value - other.low)
    how = f"difference, {one.method}"
    return Difference(value, None, one.n + other.n, low, high, method=how, one=one, other=other)
