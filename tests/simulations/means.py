"""Means: how often the interval holds the true mean of skewed and bounded values."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from rejoinder.stats.estimate import mean_bounds
from simulations.table import Row

LEVEL = 0.95
TAIL = (1 - LEVEL) / 2
RESAMPLES = 499
AT_ONCE = 500


@dataclass(frozen=True)
class Population:
    """Values to draw from, and their true mean."""

    draw: Callable[[np.random.Generator, tuple], np.ndarray]
    mean: float


def _cut_lognormal(location: float) -> float:
    """The mean of a lognormal of unit spread whose values above 1 are set to 1."""
    below = stats.norm.cdf(-location - 1) * math.exp(location + 0.5)
    return below + stats.norm.sf(-location)


def _tone(rng, size):
    """Three in ten texts in which a word list finds nothing, the others about a little below 0."""
    return np.where(rng.random(size) < 0.3, 0, np.clip(rng.normal(-0.2, 0.4, size), -1, 1))


def _mean_of_tone() -> float:
    values = stats.norm(-0.2, 0.4)
    return 0.7 * (values.expect(lb=-1, ub=1) + values.sf(1) - values.cdf(-1))


POPULATIONS = {
    "beta(.5, 3)": Population(lambda rng, size: rng.beta(0.5, 3, size), 1 / 7),
    "beta(2, 8)": Population(lambda rng, size: rng.beta(2, 8, size), 0.2),
    "lognormal": Population(
        lambda rng, size: np.minimum(rng.lognormal(0, 1, size), 1), _cut_lognormal(0)
    ),
    "lognormal, small": Population(
        lambda rng, size: np.minimum(rng.lognormal(-2, 1, size), 1), _cut_lognormal(-2)
    ),
    "exponential": Population(
        lambda rng, size: np.minimum(rng.exponential(size=size), 1), 1 - 1 / math.e
    ),
    "uniform": Population(lambda rng, size: rng.uniform(-1, 1, size), 0.0),
    "-1, 0, 1": Population(lambda rng, size: rng.choice([-1.0, 0, 1], size, p=[0.1, 0.6, 0.3]), 0.2),
    "tone": Population(_tone, _mean_of_tone()),
}


def student(x):
    return _reaching(x, stats.t.ppf(1 - TAIL, x.shape[1] - 1))


def normal(x):
    """Student's interval with the quantile of the normal distribution."""
    return _reaching(x, stats.norm.ppf(1 - TAIL))


def left_for_right(x):
    """Our bounds with skewness of the wrong sign."""
    low, high = mean_bounds(-x, LEVEL)
    twice = 2 * x.mean(axis=1)
    return twice + low, twice + high


def _reaching(x, quantile):
    centre, half = x.mean(axis=1), quantile * stats.sem(x, axis=1)
    return centre - half, centre + half


def bootstraps(x, rng) -> tuple:
    """The percentile bootstrap, and the expanded one of Hesterberg 2015: bounds of either."""
    times, n = x.shape
    # The normal quantile for small n is too short by the root of n / (n - 1), and not Student's.
    expanded = stats.norm.cdf(math.sqrt(n / (n - 1)) * stats.t.ppf(TAIL, n - 1))
    at, found = [TAIL, 1 - TAIL, expanded, 1 - expanded], []
    for start in range(0, times, AT_ONCE):
        weights = rng.multinomial(n, np.full(n, 1 / n), RESAMPLES) / n
        found.append(np.quantile(x[start : start + AT_ONCE] @ weights.T, at, axis=1))
    low, high, low_expanded, high_expanded = np.concatenate(found, axis=1)
    return (low, high), (low_expanded, high_expanded)


FORMULAS = {
    "ours": lambda x: mean_bounds(x, LEVEL),
    "Student's t": student,
    "normal": normal,
    "skewed the wrong way": left_for_right,
    "all in one tail": lambda x: mean_bounds(x, 2 * LEVEL - 1),
}
BOOTSTRAPS = ("percentile bootstrap", "expanded bootstrap")
# A formula is quickly computed on many samples, a bootstrap is not: it gets the first of them.
MORE = 10


def coverages(population: Population, n: int, times: int, rng) -> dict[str, float]:
    """How often each formula holds the mean of samples that vary, and the share that do not."""
    x = population.draw(rng, (MORE * times, n))
    varies = np.ptp(x, axis=1) > 0
    x = x[varies]
    bounds = {name: formula(x) for name, formula in FORMULAS.items()}
    bounds |= zip(BOOTSTRAPS, bootstraps(x[:times], rng), strict=True)
    held = {name: held_share(*ends, population.mean) for name, ends in bounds.items()}
    return held | {"equal": float(1 - varies.mean())}


def held_share(low, high, true) -> float:
    return float(np.mean((low <= true) & (true <= high)))


def error_of(share: float, times: int) -> float:
    """The Monte Carlo standard error of a share of `times` samples."""
    return math.sqrt(share * (1 - share) / times)


# What holds for each n: the lowest coverage over the populations, and the average. Few values of a
# skewed population often miss its tail altogether, and nothing in them says so. A wrong sign of the
# skewness is told apart only where there are neither too few values nor so many that skewness fades.
CLAIMS = {
    3: (0.87, 0.93, ("normal", "all in one tail")),
    5: (0.88, 0.94, ("normal", "all in one tail")),
    9: (0.90, 0.95, ("normal", "all in one tail", "skewed the wrong way")),
    15: (0.92, 0.95, ("normal", "all in one tail", "skewed the wrong way")),
    30: (0.93, 0.95, ("all in one tail",)),
    100: (0.94, 0.95, ("all in one tail",)),
}
# Wider than needed would be wrong as well.
AVERAGE_AT_MOST = 0.97


def rows(times: int) -> list[Row]:
    rng, found, equal = np.random.default_rng(11), [], {}
    for n, (at_least, on_average, broken) in CLAIMS.items():
        each = {name: coverages(one, n, times, rng) for name, one in POPULATIONS.items()}
        equal[n] = each["-1, 0, 1"]["equal"]
        lowest = min(each, key=lambda name: each[name]["ours"])
        errors = [error_of(one["ours"], MORE * times) for one in each.values()]
        for what, band, summary, error in (
            (f"worst of {len(each)} populations ({lowest})", (at_least, 1), min, max(errors)),
            (
                f"average of {len(each)} populations",
                (on_average, AVERAGE_AT_MOST),
                np.mean,
                math.hypot(*errors) / len(each),
            ),
        ):
            value = {name: float(summary([one[name] for one in each.values()])) for name in each[lowest]}
            beside, refused = (
                {name: value[name] for name in names} for names in (("Student's t", *BOOTSTRAPS), broken)
            )
            found.append(
                Row(f"mean, n = {n}: {what}", LEVEL, band, value["ours"], error, beside, refused)
            )
    for n in (3, 5):
        exact = 0.1**n + 0.6**n + 0.3**n
        found.append(
            Row(
                f"mean, n = {n}: equal values of -1, 0, 1, left out above",
                exact,
                (exact, exact),
                equal[n],
                error_of(exact, MORE * times),
                {},
                {},
            )
        )
    return found
