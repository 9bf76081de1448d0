"""Shares and means with their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from numbers import Integral, Real

import numpy as np
import pandas as pd

from rejoinder.html import block, escaped, visible

# Of two values Student's interval is six times as wide as they lie apart: it says nothing.
MIN_VALUES = 3
EXACT = "Clopper–Pearson"
SKEWED = "t, widened for skewness"


@dataclass(frozen=True, repr=False)
class Estimate:
    """A number and how far it can be trusted: `low` to `high` at confidence `level`, from `n` units.

    `count` is the number of units that count, where the estimate is a share. Where nothing can be
    said (`n` = 0, a mean of too few values or of equal ones, an undefined alpha) the bounds are NaN,
    the printed form says so, and `method` why. `str` gives the printed form, `repr` the method too.
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

    def __repr__(self) -> str:
        return visible(f"{self} [{self.method}]")

    def _repr_html_(self) -> str:
        html = f"<b>{escaped(self)}</b> [{escaped(self.method)}]"
        return block("rj-estimate", html, repr(self)).html

    def of(self, units: str) -> str:
        """The printed form with the units named: `of("comments")` is "5 of 9 comments (0.56, …)"."""
        head = self.counted(units)
        level = f"{100 * self.level:g} %"
        if self.n == 0:
            return f"{head} (no estimate)"
        if math.isnan(self.value):
            return f"undefined ({head})"
        if self.count is not None:
            ends = f"{self.low:.2f}–{self.high:.2f}"
        else:
            ends = f"{signed(self.low)} to {signed(self.high)}"
        interval = "no interval" if math.isnan(self.low) else f"{level} {ends}"
        if self.count is not None:
            return f"{head} ({self.value:.2f}, {interval})"
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
    """The share of `k` among `n` units, from 0 to 1, with the exact interval of Clopper and Pearson.

    It holds the true share at least as often as it says, for every share and every n; Wilson's, by an
    eighth narrower, does so in as few as 89 % of cases for n from 5 to 30. n = 0 gives NaN for value and
    bounds. Raises ValueError for k outside 0 … n, numbers that are not whole, or a level outside 0 … 1.
    Source: Clopper & Pearson 1934.
    """
    check_level(level)
    if not (_is_whole(k) and _is_whole(n) and 0 <= k <= n):
        raise ValueError(f"a share needs whole numbers 0 <= k <= n, not k = {k}, n = {n}")
    k, n = int(k), int(n)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan, 0, level, EXACT, 0)
    low, high = share_bounds(k, n, level)
    return Estimate(k / n, float(low), float(high), n, level, EXACT, k)


def share_bounds(k, n, level: float = 0.95) -> tuple:
    """The exact bounds for `k` of `n`, as arrays; neither has to be whole, n being above 0.

    An effective number of units, where units are alike or weighted, is seldom whole.
    Source: Korn & Graubard 1998, for what is not whole.
    """
    from scipy.special import betaincinv

    k, n, tail = np.asarray(k, dtype=float), np.asarray(n, dtype=float), (1 - level) / 2
    none, all_ = k <= 0, k >= n
    low = betaincinv(np.where(none, 1, k), np.where(none, 1, n - k + 1), tail)
    high = betaincinv(np.where(all_, 1, k + 1), np.where(all_, 1, n - k), 1 - tail)
    return np.where(none, 0.0, low), np.where(all_, 1.0, high)


def mean(values, *, bounds: tuple[float, float] | None = None, level: float = 0.95, rng=None) -> Estimate:
    """The mean of `values`, one per unit; NaN are left out, and `n` counts what is left.

    To either side the interval reaches as far as the farther of two: Student's t, and t corrected for
    skewness. On skewed and bounded values this holds the mean more often than t alone or a bootstrap
    (nine values of a lognormal cut at 1: 91 % of cases, t 86 %, bootstrap 82 %). It is cut to `bounds`
    (lowest and highest possible value) where they are given. Nothing is random; `rng` is taken so that
    all estimates are called alike.

    n = 0 gives NaN; fewer than MIN_VALUES, or values that are all equal and so tell nothing of how
    values vary, give the mean without an interval. Raises ValueError for infinite values, values outside
    `bounds`, or a level outside 0 … 1.
    Source: Hall 1992, On the Removal of Skewness by Transformation.
    """
    check_level(level)
    x = numbers(values)
    x = x[~np.isnan(x)]
    if np.isinf(x).any():
        raise ValueError("a mean of infinite values cannot be estimated")
    lowest, highest = check_bounds(bounds)
    if len(x) and not lowest <= x.min() <= x.max() <= highest:
        raise ValueError(f"values from {x.min():g} to {x.max():g} lie outside {bounds}")
    n, value = len(x), float(x.mean()) if len(x) else math.nan
    why = no_interval(x)
    if why:
        return Estimate(value, math.nan, math.nan, n, level, why)
    low, high = np.clip(mean_bounds(x, level), lowest, highest)
    return Estimate(value, float(low), float(high), n, level, SKEWED)


def numbers(values) -> np.ndarray:
    """The values as an array of float, what is missing being NaN. Raises TypeError for what is no list of
    numbers, naming the place."""
    if isinstance(values, str | bytes) or not (
        pd.api.types.is_list_like(values) and hasattr(values, "__len__")
    ):
        raise TypeError(f"a list, array or Series of numbers is needed, not {type(values).__name__}")
    given = pd.Series(values) if len(values) else pd.Series(dtype=float)
    if not pd.api.types.is_numeric_dtype(given) or pd.api.types.is_complex_dtype(given):
        for place, value in enumerate(given):
            missing = pd.api.types.is_scalar(value) and pd.isna(value)
            if not (missing or isinstance(value, Real | np.bool_ | Decimal)):
                raise TypeError(f"the value at place {place} is {value!r}, not a number")
        given = pd.to_numeric(given.astype(object))
    return given.to_numpy(dtype=float, na_value=np.nan)


def no_interval(x: np.ndarray) -> str:
    """Why these values give no interval for their mean; "" where they do."""
    if len(x) < MIN_VALUES:
        return f"none: fewer than {MIN_VALUES} values"
    rounding = 4 * np.finfo(float).eps * np.abs(x).max()
    return "none: all values are equal" if np.ptp(x) <= rounding else ""


def mean_bounds(x: np.ndarray, level: float = 0.95) -> tuple:
    """The bounds that `mean` gives, for samples along the last axis; equal values give NaN."""
    from scipy.special import stdtrit

    n = x.shape[-1]
    centre, sd = x.mean(axis=-1), x.std(axis=-1, ddof=1)
    sd = np.where(sd > 0, sd, np.nan)
    skew = np.mean((x - centre[..., None]) ** 3, axis=-1) / sd**3
    skew = np.where(np.abs(skew) < 1e-6, 1e-6, skew)
    reach = stdtrit(n - 1, (1 + level) / 2) / math.sqrt(n)

    def corrected(t):
        return 3 / skew * (np.cbrt(1 + skew * (t - skew / (6 * n))) - 1)

    left, right = np.fmax(corrected(reach), reach), np.fmin(corrected(-reach), -reach)
    return centre - sd * left, centre - sd * right


def _is_whole(number: object) -> bool:
    return isinstance(number, Integral) or (isinstance(number, Real) and float(number).is_integer())


def check_bounds(bounds) -> tuple[float, float]:
    """The lowest and highest possible value; infinite where `bounds` is None. Raises ValueError."""
    if bounds is None:
        return -math.inf, math.inf
    if len(bounds) != 2 or not bounds[0] < bounds[1]:
        raise ValueError(f"bounds are a lower and a higher number, not {bounds}")
    return tuple(bounds)


def check_level(level: float) -> None:
    if not (isinstance(level, Real) and 0 < level < 1):
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
