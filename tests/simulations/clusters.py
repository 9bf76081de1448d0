"""Clusters: how often the intervals hold where the units of a cluster are alike."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from rejoinder.stats.estimate import mean_bounds, share_bounds
from simulations.means import LEVEL, POPULATIONS, error_of, held_share
from simulations.table import Row

# How many units a cluster has, each as likely as the other.
SIZES = {"1 to 3 units": (1, 1, 1, 2, 3), "1 to 20 units": (1, 2, 5, 20), "10 units": (10,)}
CLUSTERS = (5, 10, 30)
# Populations whose mean is hard to hold; samples are drawn for so many designs of cluster sizes.
SKEWED, DESIGNS = ("beta(.5, 3)", "lognormal, small", "-1, 0, 1"), 20
# The part of all variation that lies between clusters.
ALIKE = (0, 0.2, 0.5)
SHARES = (0.05, 0.1, 0.2, 0.5)


def drawn_shares(rng, sizes, clusters: int, alike: float, p: float, times: int) -> tuple:
    """Units, and units that count, of each cluster, times x clusters: beta-binomial."""
    units = rng.choice(sizes, (times, clusters))
    if not alike:
        return units, rng.binomial(units, p)
    spread = (1 - alike) / alike
    return units, rng.binomial(units, rng.beta(p * spread, (1 - p) * spread, units.shape))


def drawn_means(rng, population, sizes, clusters: int, alike: float, times: int) -> tuple:
    """Units of each cluster, and `times` x all units: their values, the same clusters in each sample.

    A unit has the value of its cluster in the root of `alike` of all cases, else one of its own: so any
    two units of a cluster correlate with `alike`.
    """
    units = rng.choice(sizes, clusters)
    common = np.repeat(population.draw(rng, (times, clusters)), units, axis=1)
    own = population.draw(rng, common.shape)
    return units, np.where(rng.random(common.shape) < math.sqrt(alike), common, own)


def left_out(units, sums):
    """The mean with each cluster left out in turn."""
    return (sums.sum(axis=1, keepdims=True) - sums) / (units.sum(axis=-1, keepdims=True) - units)


def share_ends(
    units, counts, *, unscaled: bool = False, unseen_is_plain: bool = False, level=LEVEL
) -> tuple:
    """The bounds of `clustered_share` for many samples; `level` and the options break it."""
    groups, n, k = units.shape[1], units.sum(axis=1), counts.sum(axis=1)
    spread = (groups - 1) * left_out(units, counts).var(axis=1)
    if unscaled:
        spread = spread / (groups - 1)
    at = (1 + LEVEL) / 2
    fewer = special.stdtrit(n - 1, at) / special.stdtrit(groups - 1, at)
    varies = (k > 0) & (k < n)
    noise = np.where(varies, spread * n**2 / np.where(varies, k * (n - k), 1), 0)
    effective = np.maximum(1, fewer**2 / np.maximum(noise, 1 / n))
    effective = np.where(varies, effective, n if unseen_is_plain else groups)
    effective = np.where(n == groups, n, effective)
    return share_bounds(k / n * effective, effective, level)


def mean_ends(units, x, *, unscaled: bool = False, level=LEVEL) -> tuple:
    """The bounds of `clustered_mean` for many samples; `level` and the option break it.

    NaN where a cluster more or less moves no mean, and so tells nothing of how clusters vary.
    """
    groups, centre = len(units), x.mean(axis=1)
    sums = np.add.reduceat(x, np.cumsum(units) - units, axis=1)
    pseudo = groups * centre[:, None] - (groups - 1) * left_out(units, sums)
    if unscaled:
        pseudo = pseudo / (groups - 1)
    pseudo = np.where(np.ptp(pseudo, axis=1, keepdims=True) > 1e-9, pseudo, np.nan)
    low, high = np.array(mean_bounds(pseudo, level)) + (centre - pseudo.mean(axis=1))
    lowest, highest = mean_bounds(x, level)
    return np.fmin(low, lowest), np.fmax(high, highest)


# The lowest coverage that holds, by the part of variation between clusters and the number of clusters.
# A share near 0 or 1 that is alike within clusters is one of few clusters in which nearly all count:
# most samples hold none of them or too few.
LEAST_OF_SHARES = {
    (0.2, 5): 0.95,
    (0.2, 10): 0.93,
    (0.2, 30): 0.90,
    (0.5, 5): 0.92,
    (0.5, 10): 0.90,
    (0.5, 30): 0.85,
}
LEAST_OF_MEANS = {
    (0.2, 5): 0.90,
    (0.2, 10): 0.91,
    (0.2, 30): 0.90,
    (0.5, 5): 0.88,
    (0.5, 10): 0.86,
    (0.5, 30): 0.88,
}


def rows(times: int) -> list[Row]:
    rng, times = np.random.default_rng(13), max(1_500, times)
    found = []
    for claim, least in (("share", LEAST_OF_SHARES), ("mean", LEAST_OF_MEANS)):
        coverages = share_coverages if claim == "share" else mean_coverages
        independent = [coverages(rng, 0, clusters, times) for clusters in CLUSTERS]
        what = f"clustered {claim}, 5 to 30 clusters, units not alike: worst"
        bound = 0.95 if claim == "share" else 0.92
        found.append(row(what, bound, [one for each in independent for one in each]))
        for (alike, clusters), bound in least.items():
            what = f"clustered {claim}, {clusters} clusters, correlation {alike} within them: worst"
            found.append(row(what, bound, coverages(rng, alike, clusters, times)))
    return found


def row(what: str, least: float, each: list[dict]) -> Row:
    lowest = min(each, key=lambda one: one["ours"])
    value = {name: min(one[name] for one in each) for name in lowest}
    naive = {"naive": value["naive"]}
    broken = {name: value[name] for name in value if name not in ("ours", "error", "naive")}
    return Row(what, LEVEL, (least, 1), value["ours"], lowest["error"], naive, broken)


def share_coverages(rng, alike: float, clusters: int, times: int) -> list[dict[str, float]]:
    """How often the share is held, for all SIZES and SHARES."""
    found = []
    for sizes in SIZES.values():
        for p in SHARES:
            units, counts = drawn_shares(rng, sizes, clusters, alike, p, times)
            bounds = {
                "ours": share_ends(units, counts),
                "naive": share_bounds(counts.sum(axis=1), units.sum(axis=1), LEVEL),
            }
            # Where much lies between clusters, often all units of a sample are alike.
            name, broken = {
                0: ("all in one tail", {"level": 2 * LEVEL - 1}),
                0.2: ("jackknife not scaled", {"unscaled": True}),
                0.5: ("none or all as if plain", {"unseen_is_plain": True}),
            }[alike]
            bounds[name] = share_ends(units, counts, **broken)
            held = {name: held_share(*ends, p) for name, ends in bounds.items()}
            found.append(held | {"error": error_of(held["ours"], times)})
    return found


def mean_coverages(rng, alike: float, clusters: int, times: int) -> list[dict[str, float]]:
    """How often the mean is held, for unequal SIZES and skewed populations."""
    found = []
    for sizes in (SIZES["1 to 3 units"], SIZES["1 to 20 units"]):
        for name in SKEWED:
            designs = [
                held_of_one_design(rng, POPULATIONS[name], sizes, clusters, alike, times // DESIGNS)
                for _ in range(DESIGNS)
            ]
            error = float(np.std([one["ours"] for one in designs], ddof=1)) / math.sqrt(DESIGNS)
            means = {key: float(np.mean([one[key] for one in designs])) for key in designs[0]}
            found.append(means | {"error": error})
    return found


def held_of_one_design(rng, population, sizes, clusters, alike, times) -> dict[str, float]:
    units, x = drawn_means(rng, population, sizes, clusters, alike, times)
    x = x[~np.isnan(mean_ends(units, x)[0])]
    bounds = {"ours": mean_ends(units, x), "naive": mean_bounds(x, LEVEL)}
    if alike:
        bounds["jackknife not scaled"] = mean_ends(units, x, unscaled=True)
    else:
        bounds["all in one tail"] = mean_ends(units, x, level=2 * LEVEL - 1)
    return {name: held_share(*ends, population.mean) for name, ends in bounds.items()}
