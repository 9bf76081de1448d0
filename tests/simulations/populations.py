"""What the samples are drawn from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm


@dataclass(frozen=True)
class Population:
    """Values to draw from, and their true mean."""

    draw: Callable[[np.random.Generator, tuple], np.ndarray]
    mean: float


def _cut_lognormal(location: float) -> Population:
    """A lognormal of unit spread whose values above 1 are set to 1."""
    mean = norm.cdf(-location - 1) * math.exp(location + 0.5) + norm.sf(-location)
    return Population(lambda rng, size: np.minimum(rng.lognormal(location, 1, size), 1), mean)


def _tone(rng, size):
    """Three in ten texts in which a word list finds nothing, the others about a little below 0."""
    return np.where(rng.random(size) < 0.3, 0, np.clip(rng.normal(-0.2, 0.4, size), -1, 1))


_NORMAL = norm(-0.2, 0.4)
MEANS = {
    "beta(.5, 3)": Population(lambda rng, size: rng.beta(0.5, 3, size), 1 / 7),
    "beta(2, 8)": Population(lambda rng, size: rng.beta(2, 8, size), 0.2),
    "lognormal": _cut_lognormal(0),
    "lognormal, small": _cut_lognormal(-2),
    "exponential": Population(lambda rng, n: np.minimum(rng.exponential(1, n), 1), 1 - math.exp(-1)),
    "uniform": Population(lambda rng, size: rng.uniform(-1, 1, size), 0.0),
    "-1, 0, 1": Population(lambda rng, size: rng.choice([-1.0, 0, 1], size, p=[0.1, 0.6, 0.3]), 0.2),
    "tone": Population(
        _tone, 0.7 * (_NORMAL.expect(lb=-1, ub=1) + _NORMAL.sf(1) - _NORMAL.cdf(-1))
    ),
}  # fmt: skip
# How often the machine finds what the reader counts, and how often it leaves alone what he does not.
MACHINES = {"good": (0.9, 0.9), "mediocre": (0.7, 0.7), "useless": (0.5, 0.5), "misses": (0.5, 0.99)}


def clustered_shares(rng, sizes, clusters: int, alike: float, p: float) -> tuple:
    """Values 0 and 1 and the cluster of each; any two of a cluster correlate with `alike`."""
    labels = np.repeat(np.arange(clusters), rng.choice(sizes, clusters))
    spread = (1 - alike) / alike if alike else 0
    chances = rng.beta(p * spread, (1 - p) * spread, clusters) if alike else np.full(clusters, p)
    return (rng.random(len(labels)) < chances[labels]).astype(float), labels


def clustered_means(rng, sizes, clusters: int, alike: float, population: Population) -> tuple:
    """Values and clusters; a unit has its cluster's value in the root of `alike` of all cases."""
    labels = np.repeat(np.arange(clusters), rng.choice(sizes, clusters))
    common, own = population.draw(rng, (clusters,)), population.draw(rng, (len(labels),))
    return np.where(rng.random(len(labels)) < math.sqrt(alike), common[labels], own), labels


def coded(rng, machine: str, p: float, n: int, times: int, total: int) -> tuple:
    """`times` samples of n texts: reader's values, machine's labels, their mean over all `total`."""
    found, left = MACHINES[machine]
    reader = (rng.random((times, n)) < p).astype(float)
    labels = (rng.random((times, n)) < np.where(reader == 1, found, 1 - left)).astype(float)
    rest = rng.binomial(total - n, p * found + (1 - p) * (1 - left), times)
    return reader, labels, (labels.sum(axis=1) + rest) / total


def codings(rng, n: int, true: float, shares: list[float]) -> pd.DataFrame:
    """Two coders who see the same value with probability `true`, else guess each for themselves."""
    one, other = rng.choice(len(shares), n, p=shares), rng.choice(len(shares), n, p=shares)
    return long(np.column_stack([one, np.where(rng.random(n) < true, one, other)]))


def long(wide: np.ndarray) -> pd.DataFrame:
    """A coding per row, from a row per comment and a column per coder."""
    return pd.DataFrame(wide).melt(ignore_index=False, var_name="coder").reset_index(names="comment_id")
