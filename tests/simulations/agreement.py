"""Krippendorff's alpha of two coders: how often the interval holds it, and the value itself."""

from __future__ import annotations

import itertools
import math

import krippendorff
import numpy as np

from rejoinder.stats.agreement import _alphas, _coincidences, alpha
from simulations.means import LEVEL, error_of
from simulations.table import Row

RESAMPLES = 999
TRUE, COMMENTS = (0.4, 0.8), (9, 30, 100)
# Shares of the values, the metric, and the lowest coverage that holds. Where one value prevails, few
# comments often show no other, and alpha is undefined: such samples are left out.
SETTINGS = {
    "two values": ([0.5, 0.5], "nominal", 0.95),
    "five values": ([0.2, 0.2, 0.1, 0.4, 0.1], "nominal", 0.94),
    "five values, ordinal": ([0.2, 0.2, 0.1, 0.4, 0.1], "ordinal", 0.94),
    "one in four fifths": ([0.05, 0.1, 0.03, 0.8, 0.02], "nominal", 0.89),
}


def codings(n: int, true: float, shares: list[float], rng) -> np.ndarray:
    """Two coders who see the same value with probability `true`, else guess each for themselves."""
    one, other = rng.choice(len(shares), n, p=shares), rng.choice(len(shares), n, p=shares)
    return np.column_stack([one, np.where(rng.random(n) < true, one, other)])


def plain_bootstrap(pairs: np.ndarray, metric: str, rng) -> tuple:
    """The percentile bootstrap of comments; a resample with one value only has no alpha."""
    kinds, often = np.unique(pairs, axis=0, return_counts=True)
    values = np.unique(kinds)
    tally = (kinds[:, :, None] == values).sum(axis=1)
    each = _coincidences(tally, np.arange(len(kinds)))
    drawn = rng.multinomial(len(pairs), often / len(pairs), RESAMPLES).astype(float)
    drawn = (drawn @ each.reshape(len(kinds), -1)).reshape(-1, *each.shape[1:])
    found = _alphas(drawn, metric, values)
    if np.isnan(found).all():
        return math.nan, math.nan
    return tuple(np.nanquantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))


def rows(times: int) -> list[Row]:
    """For few `times` without what takes longest: a hundred comments, and five values."""
    rng = np.random.default_rng(15)
    settings, sizes = list(SETTINGS), COMMENTS
    if times < 1_000:
        settings, sizes = ["two values", "one in four fifths"], COMMENTS[:2]
    # Every sample is a bootstrap of its own.
    times = max(150, times // 8)
    coverages = [of_setting(what, n, times, rng) for what in settings for n in sizes]
    return [*coverages, beside_the_package(rng)]


def of_setting(what: str, n: int, times: int, rng) -> Row:
    shares, metric, least = SETTINGS[what]
    each = [coverage(n, true, shares, metric, times, rng) for true in TRUE]
    worst = {name: min(one[name] for one in each) for name in each[0]}
    error = error_of(worst["ours"], times)
    beside = {"percentile bootstrap": worst["percentile bootstrap"]}
    broken = {"each comment counted twice": worst["each comment counted twice"]}
    return Row(f"alpha, {n} comments, {what}", LEVEL, (least, 1), worst["ours"], error, beside, broken)


def coverage(n: int, true: float, shares, metric: str, times: int, rng) -> dict[str, float]:
    """How often the intervals hold alpha, of those samples in which it is defined."""
    held = []
    for _ in range(times):
        pairs = codings(n, true, shares, rng)
        ours, doubled = (
            alpha(np.tile(pairs, (copies, 1)), metric=metric, resamples=RESAMPLES, rng=rng)
            for copies in (1, 2)
        )
        if not math.isnan(ours.low):
            low, high = plain_bootstrap(pairs, metric, rng)
            ends = ((ours.low, ours.high), (doubled.low, doubled.high), (low, high))
            held.append([least <= true <= most for least, most in ends])
    names = ("ours", "each comment counted twice", "percentile bootstrap")
    return dict(zip(names, np.mean(held, axis=0).tolist(), strict=True))


def beside_the_package(rng) -> Row:
    """The largest difference to the package krippendorff, of 60 tables with gaps."""
    ours, broken = 0.0, 0.0
    for _, metric in itertools.product(range(20), ("nominal", "ordinal", "interval")):
        table = rng.choice([-3.0, 0.0, 0.5, 7.0], (30, 4), p=[0.1, 0.5, 0.2, 0.2])
        table[rng.random(table.shape) < 0.4] = np.nan
        theirs = krippendorff.alpha(table.T, level_of_measurement=metric)
        value = alpha(table, metric=metric, resamples=100, rng=rng).value
        per_unit = (~np.isnan(table)).sum(axis=1)
        n = per_unit[per_unit > 1].sum()
        ours = max(ours, abs(value - theirs))
        # Had chance been expected among n codings, of which one may meet itself.
        broken = max(broken, abs(1 - (1 - value) * n / (n - 1) - theirs))
    what = "alpha of 60 tables: most it differs from package krippendorff"
    return Row(what, 0, (0, 1e-9), ours, 0, {}, {"n for n - 1": broken})
