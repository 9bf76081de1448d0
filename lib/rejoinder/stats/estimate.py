"""Shares, means and differences with their confidence intervals."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from rejoinder.html import visible

LEVEL = 0.95
MIN_VALUES = 3  # of two, Student's interval is six times as wide as their distance
EXACT, SKEWED = "Clopper–Pearson", "t, widened for skewness"


@dataclass(frozen=True, repr=False)
class Estimate:
    """A number from `n` units, and its confidence interval for more units of the same kind.

    `count`: how many units count, for a share; None for any other number. `low` and `high` are NaN where
    there is no interval, and `method` says why.
    """

    value: float
    count: int | None
    n: int
    low: float = math.nan
    high: float = math.nan
    level: float = LEVEL
    method: str = ""

    def __str__(self) -> str:
        return self.of("")

    def __repr__(self) -> str:
        level = "" if math.isnan(self.low) else f"{100 * self.level:g} %, "
        return visible(f"{self}; beyond these: {self.beyond} [{level}{self.method}]")

    @property
    def beyond(self) -> str:
        """The interval as text: "17–97 %", "−0.60 to +0.18" or "no interval"."""
        if math.isnan(self.low):
            return "no interval"
        if self.count is None:
            return f"{signed(self.low)} to {signed(self.high)}"
        low, high = percent(self.low).removesuffix(" %"), percent(self.high)
        return f"{low} to {high}" if low.startswith("<") or high.startswith(">") else f"{low}–{high}"

    def of(self, units: str) -> str:
        """The number with its units: "6 of 9 comments (67 %)", "−0.16 (n = 9 comments)"."""
        units = f" {units.removesuffix('s') if self.n == 1 else units}" if units else ""
        counted = f"{'n =' if self.count is None else f'{self.count:,} of'} {self.n:,}{units}"
        if math.isnan(self.value):
            return f"undefined ({counted})" if self.n else f"{counted} (no estimate)"
        if self.count is None:
            return f"{signed(self.value)} ({counted})"
        return f"{counted} ({percent(self.value)})"


def percent(share: float) -> str:
    """A share as text: "67 %", and "<1 %" or ">99 %" where rounding would wrongly say none or all."""
    text = f"{100 * share:.0f} %"
    if text == "0 %" and share > 0:
        return "<1 %"
    return ">99 %" if text == "100 %" and share < 1 else text


def signed(number: float, digits: str = "+.2f") -> str:
    """A number with its sign as text: "−0.16", "0.00" without a sign, and "no value" for NaN."""
    if math.isnan(number):
        return "no value"
    text = format(number, digits)
    return (text.lstrip("+-") if float(text) == 0 else text).replace("-", "−")


def share(k: int, n: int) -> Estimate:
    """The share of `k` among `n` units, 0 to 1 (NaN if n = 0), with the exact interval.

    Raises: ValueError for k outside 0 … n, or numbers that are not whole.
    Source: Clopper & Pearson 1934; Wilson's holds the share in as few as 89 % of cases (n 5 to 30).
    """
    if not (0 <= k <= n < math.inf and k == int(k) and n == int(n)):
        raise ValueError(f"a share needs whole numbers 0 <= k <= n, not k = {k}, n = {n}")
    if n == 0:
        return Estimate(math.nan, 0, 0, method=EXACT)
    return Estimate(k / n, int(k), int(n), *map(float, share_bounds(k, n)), method=EXACT)


def share_bounds(k, n, level: float = LEVEL) -> tuple:
    """The exact bounds for `k` of `n` > 0, as arrays; whole or not (Korn & Graubard 1998)."""
    from scipy.special import betaincinv

    k, n, tail = np.asarray(k, dtype=float), np.asarray(n, dtype=float), (1 - level) / 2
    none, all_ = k <= 0, k >= n
    low = betaincinv(np.where(none, 1, k), np.where(none, 1, n - k + 1), tail)
    high = betaincinv(np.where(all_, 1, k + 1), np.where(all_, 1, n - k), 1 - tail)
    return np.where(none, 0.0, low), np.where(all_, 1.0, high)


def mean(values, *, bounds: tuple[float, float] | None = None) -> Estimate:
    """The mean of `values`, one per unit; missing values are left out of value and `n`.

    Returns: the interval is on each side the wider of Student's t and t corrected for skewness, cut to
    `bounds`, the lowest and highest possible value. No values: NaN. Fewer than MIN_VALUES, or all equal:
    no interval.
    Raises: ValueError for infinite values or values outside `bounds`, and as `numbers`.
    Source: Hall 1992, On the Removal of Skewness by Transformation.
    """
    x = numbers(values)
    x = x[~np.isnan(x)]
    lowest, highest = bounds or (-math.inf, math.inf)
    if len(x) and not (np.isfinite(x).all() and lowest <= x.min() <= x.max() <= highest):
        raise ValueError(f"values from {x.min():g} to {x.max():g} are infinite or outside {bounds}")
    n, value, why = len(x), float(x.mean()) if len(x) else math.nan, no_interval(x)
    if why:
        return Estimate(value, None, n, method=why)
    return Estimate(value, None, n, *map(float, np.clip(mean_bounds(x), lowest, highest)), method=SKEWED)


def difference(one: Estimate, other: Estimate) -> Estimate:
    """`one` less `other`, two shares or two means of **different** units; positive where `one` is higher.

    Returns: `n` counts the units of both. To either side the interval reaches sqrt(a² + b²), a and b
    being the distances from the two values to their bounds. NaN bounds where one has none; NaN where
    n = 0 on one side.
    Raises: ValueError for a share and a mean.
    Source: Newcombe 1998 (method 10, here with exact bounds), Zou & Donner 2008.
    """
    if (one.count is None) != (other.count is None):
        raise ValueError(f"a share and a mean cannot be compared: {one} and {other}")
    value = one.value - other.value
    low = value - math.hypot(one.value - one.low, other.high - other.value)
    high = value + math.hypot(one.high - one.value, other.value - other.low)
    how = f"difference of {one.n:,} and {other.n:,}, {one.method}"
    return Estimate(value, None, one.n + other.n, low, high, method=how)


def numbers(values) -> np.ndarray:
    """The values as floats, NaN where missing. Raises TypeError or ValueError for what is no number."""
    return pd.array(values, dtype="Float64").to_numpy(float, na_value=np.nan)


def no_interval(x: np.ndarray) -> str:
    """Why these values give no interval for their mean; "" if they do."""
    if len(x) < MIN_VALUES:
        return f"none: fewer than {MIN_VALUES} values"
    rounding = 4 * np.finfo(float).eps * np.abs(x).max()
    return "none: all values are equal" if np.ptp(x) <= rounding else ""


def mean_bounds(x: np.ndarray, level: float = LEVEL) -> tuple:
    """The bounds of `mean`, for samples along the last axis; NaN for equal values."""
    from scipy.special import stdtrit

    n = x.shape[-1]
    centre, sd = x.mean(axis=-1), x.std(axis=-1, ddof=1)
    sd = np.where(sd > 0, sd, np.nan)
    skew = np.mean((x - centre[..., None]) ** 3, axis=-1) / sd**3
    skew = np.where(np.abs(skew) < 1e-6, 1e-6, skew)
    reach = stdtrit(n - 1, (1 + level) / 2) / math.sqrt(n)
    left, right = (3 / skew * (np.cbrt(1 + skew * (t - skew / (6 * n))) - 1) for t in (reach, -reach))
    return centre - sd * np.fmax(left, reach), centre - sd * np.fmin(right, -reach)
