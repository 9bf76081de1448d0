"""What each method claims, measured with `times` samples per population."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
from scipy.stats import binom

from rejoinder import stats
from rejoinder.stats.estimate import mean_bounds, share_bounds
from rejoinder.tables import across
from simulations import formulas, populations, words
from simulations.formulas import ONE_TAIL
from simulations.harness import Draw, Row, bounds_of, row, worst_and_average
from simulations.populations import MEANS

TWICE = "every unit counted twice"
GRID = np.arange(5, 100, 5) / 100
SIZES = [(5, 5), (9, 9), (5, 30), (15, 15), (30, 30)]


def shares(rng, times: int) -> list[Row]:
    """Shares: the exact interval, computed and not drawn"""
    found = []
    for what, sizes in (("n = 1 to 30", range(1, 31)), ("n = 100", [100])):
        draws, what = [_listed_shares(n) for n in sizes], f"share, {what}: worst of p = .05 to .95"
        found.append(row(what, (0.95, 1), draws, ["all in one tail"]))
    return found


def _listed_shares(n: int) -> Draw:
    k = np.arange(n + 1)
    bounds = {
        "ours": bounds_of(stats.share(i, n) for i in k),
        "all in one tail": share_bounds(k, n, ONE_TAIL),
    }
    # Coverage is lowest just beside a bound.
    edges = np.ravel([ends for pair in bounds.values() for ends in pair])
    p = np.concatenate([np.linspace(0.05, 0.95, 181), edges - 2e-9, edges + 2e-9])
    p = p[(p >= 0.05) & (p <= 0.95)]
    return Draw(p, bounds, binom.pmf(k, n, p[:, None]))


def means(rng, times: int) -> list[Row]:
    """Means of skewed and bounded values"""
    found = []
    # The lowest coverage, and the average. A few values of a skewed population often miss its tail.
    # A wrong sign of the skewness shows only for neither very few nor very many values.
    for n, least, average in (
        (3, 0.87, 0.93), (5, 0.88, 0.94), (9, 0.90, 0.95),
        (15, 0.92, 0.95), (30, 0.93, 0.95), (100, 0.94, 0.95),
    ):  # fmt: skip
        broken = ["all in one tail"] + ["normal"] * (n <= 15) + ["skewed the wrong way"] * (n in (9, 15))
        draws = []
        for population in MEANS.values():
            x = population.draw(rng, (10 * times, n))
            x = x[np.ptp(x, axis=1) > 0]
            bounds = {
                "ours": mean_bounds(x),
                "normal": formulas.normal(x),
                "skewed the wrong way": formulas.skewed_the_wrong_way(x),
                "all in one tail": mean_bounds(x, ONE_TAIL),
            }
            draws.append(Draw(population.mean, bounds))
        found += worst_and_average(f"mean, n = {n}", least, draws, broken, average=(average, 0.97))
    return found


def differences(rng, times: int) -> list[Row]:
    """Differences of two shares, computed and not drawn, and of two means"""
    found = []
    for n, m in SIZES:
        sides = [[stats.share(k, size) for k in range(size + 1)] for size in (n, m)]
        ours = bounds_of(stats.difference(one, other) for one, other in itertools.product(*sides))
        every = [[(e.value, e.low, e.high) for e in pair] for pair in itertools.product(*sides)]
        one, other = np.array(every).transpose(1, 2, 0)
        k, j = np.divmod(np.arange((n + 1) * (m + 1)), m + 1)
        bounds = {
            "ours": ours,
            "sides swapped": formulas.sides_swapped(one, other),
            "bounds subtracted": formulas.subtracted(one, other),
        }
        p, q = np.array(list(itertools.product(GRID, GRID))).T[:, :, None]
        draw = Draw((p - q)[:, 0], bounds, binom.pmf(k, n, p) * binom.pmf(j, m, q))
        what = f"difference of shares, n = {n} and {m}"
        found += worst_and_average(what, 0.93, [draw], ["sides swapped"], ["bounds subtracted"])
    for (n, m), least in zip(SIZES, (0.95, 0.95, 0.92, 0.95, 0.95), strict=True):
        draws, several = [], list(MEANS.values())
        for one, other in [*zip(several, several, strict=True), *itertools.pairwise(several)]:
            x, y = one.draw(rng, (3 * times, n)), other.draw(rng, (3 * times, m))
            varied = (np.ptp(x, axis=1) > 0) & (np.ptp(y, axis=1) > 0)
            x, y = x[varied], y[varied]
            a, b = ((side.mean(axis=1), *mean_bounds(side)) for side in (x, y))
            certain = (b[0], b[0], b[0])
            bounds = {
                "ours": formulas.recovered(a, b),
                "one side only": formulas.recovered(a, certain),
            }
            draws.append(Draw(one.mean - other.mean, bounds))
        what = f"difference of means, n = {n} and {m}"
        found += worst_and_average(what, least, draws, ["one side only"])
    return found


def clusters(rng, times: int) -> list[Row]:
    """Shares and means of units in clusters"""
    # The lowest coverage by the part of variation between clusters and their number. A rare value that is
    # alike within clusters fills few of them, and most samples have none or too few of these.
    claims = {"share": {(0.2, 5): 0.95, (0.2, 30): 0.90, (0.5, 10): 0.90, (0.5, 30): 0.85},
              "mean": {(0.2, 5): 0.90, (0.2, 30): 0.90, (0.5, 10): 0.86, (0.5, 30): 0.88}}  # fmt: skip
    skewed = [MEANS[name] for name in ("beta(.5, 3)", "lognormal, small", "-1, 0, 1")]
    found = []
    for kind, claim in claims.items():
        drawn = getattr(populations, f"clustered_{kind}s")
        ours = getattr(stats, f"clustered_{kind}")
        for (alike, groups), least in list(claim.items())[:: 1 if times >= 1_000 else 3]:
            draws = []
            for sizes, of in itertools.product(
                ((1, 1, 1, 2, 3), (1, 2, 5, 20)), (0.05, 0.2, 0.5) if kind == "share" else skewed
            ):
                samples = [drawn(rng, sizes, groups, alike, of) for _ in range(times)]
                bounds = {
                    "ours": bounds_of(ours(x, labels) for x, labels in samples),
                    TWICE: bounds_of(
                        ours(np.tile(x, 2), np.append(labels, labels + groups)) for x, labels in samples
                    ),
                }
                draws.append(Draw(of if kind == "share" else of.mean, bounds))
            what = f"clustered {kind}, {groups} clusters, correlation {alike} within: worst"
            found.append(row(what, (least, 1), draws, [TWICE]))
    return found


def corrections(rng, times: int) -> list[Row]:
    """Shares of 5,000 texts, from a machine's labels on all and a reader's codings of a few"""
    total, found, times = 5_000, [], max(1_500, times)  # quickly drawn
    for n in (15, 30, 100, 300):
        # Pretended texts matter where few are coded.
        name, how = ("PRETENDED = 0", {"pretended": 0}) if n < 100 else (TWICE, {"copies": 2})
        draws = []
        for machine, p in itertools.product(
            populations.MACHINES, (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 0.95)
        ):
            samples = populations.coded(rng, machine, p, n, times, total)
            bounds = {"ours": formulas.corrected(*samples, total)}
            bounds[name] = formulas.corrected(*samples, total, **how)
            draws.append(Draw(p, bounds))
        found.append(row(f"corrected share, {n} of 5,000 coded: worst", (0.93, 1), draws, [name]))
    return found


def agreement(rng, times: int) -> list[Row]:
    """Krippendorff's alpha of two coders"""
    five, found = [0.2, 0.2, 0.1, 0.4, 0.1], []
    for what, values, order, least in (
        ("two values", [0.5, 0.5], None, 0.95),
        ("five values", five, None, 0.94),
        ("five values, ordinal", five, range(5), 0.94),
        # Few comments often show no other value; then alpha is undefined.
        ("one in four fifths", [0.05, 0.1, 0.03, 0.8, 0.02], None, 0.89),
    ):
        for n in (9, 30, 100) if times >= 1_000 else (9, 30):
            draws = []
            for true in (0.4, 0.8):
                samples = [populations.codings(rng, n, true, values) for _ in range(max(150, times // 3))]
                twice = [pd.concat([x, x.assign(comment_id=x["comment_id"] + n)]) for x in samples]
                options = {"order": order, "resamples": 499, "rng": rng}
                bounds = {
                    "ours": bounds_of(stats.alpha(x, **options) for x in samples),
                    TWICE: bounds_of(stats.alpha(x, **options) for x in twice),
                }
                draws.append(Draw(true, bounds))
            found.append(row(f"alpha, {n} comments, {what}: worst", (least, 1), draws, [TWICE]))
    return found


# With the seed of each.
def articles(rng, times: int) -> list[Row]:
    """Articles of an archive, compared by their shares of cold comments"""
    found, alone = [], "comments as units"
    for n in (20, 100):
        is_cold = pd.Series(np.arange(n) % 2 == 1)
        own, alike = [], []
        for _ in range(times):
            sizes = rng.integers(20, 80, n)
            cold = rng.binomial(sizes, 0.35 + 0.2 * is_cold + rng.uniform(-0.15, 0.15, n))
            own.append(across.between(pd.Series(cold / sizes), is_cold))
            sides = [stats.share(cold[side].sum(), sizes[side].sum()) for side in (is_cold, ~is_cold)]
            alike.append(stats.difference(*sides))
        draw = Draw(0.2, {"ours": bounds_of(own), alone: bounds_of(alike)})
        found.append(
            row(f"difference of cold and other articles, {n} of them", (0.93, 0.99), [draw], [alone])
        )
    return found


METHODS = {
    shares: 11, means: 12, differences: 13, clusters: 15, corrections: 16, agreement: 19,
    articles: 20, words.key_words: 18,
}  # fmt: skip


def measured(method, *, quick: bool = False) -> list[Row]:
    """The rows of one of METHODS, with a generator of its own; a pair of groups of texts takes long."""
    fewer, more = (50, 300) if method is words.key_words else (400, 1_000)
    return method(np.random.default_rng(METHODS[method]), fewer if quick else more)
