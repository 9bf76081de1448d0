"""A permutation test of many words at once: do two groups of units use them differently often?"""

from __future__ import annotations

from math import comb

import numpy as np

from rejoinder.progress import progress

# With ten exceedances the share of permutations is within a third of the chance it estimates.
FEWEST_EXCEEDANCES = 10
# What is drawn on top for words below FEWEST_EXCEEDANCES: so many units in all, which gives small groups
# most permutations. There approximations are worst, and drawing costs least.
FURTHER_DRAWS = 3_000_000
MOST_FURTHER_PERMUTATIONS = 20_000
_CELLS = 4_000_000  # of a matrix at once: 16 megabytes each


def p_values(
    counts, lengths: np.ndarray, in_a: np.ndarray, *, permutations: int, rng: np.random.Generator
) -> np.ndarray:
    """How rare each word's difference between the groups is among random divisions of the units.

    `counts`: occurrences, a sparse array, units x words; no word without occurrence. `lengths`: how
    many words each unit has in all. `in_a`: which units are in group a.

    A word's difference is its occurrences in a less those expected there, a's share of all words.
    Returns one p a word, two-sided, above 0 and at most 1: the share of divisions into groups of
    these numbers of units with a difference at least as large, either way. A word that fewer than
    FEWEST_EXCEEDANCES of `permutations` reach gets more of them, up to MOST_FURTHER_PERMUTATIONS; if it
    stays rare, the tail of a Pearson III distribution with the exact variance and skewness of the
    difference, where that is smaller. No p is below the chance that all units that hold the word
    come to lie on one side.

    Source: Pearson III tails, Winkler et al. 2016; p never 0, Phipson & Smyth 2010; moments of
    sampling without replacement, Cochran 1977.
    """
    rates = counts.sum(axis=0) / lengths.sum()
    observed = in_a.astype(float) @ counts - rates * lengths[in_a].sum()
    drawn, reached = permutations, _reached(observed, counts, lengths, in_a, permutations, rng)
    p = (reached + 1) / (drawn + 1)  # the observed division is one of those possible
    rare = np.flatnonzero(reached < FEWEST_EXCEEDANCES)
    if len(rare):
        counts, observed = counts[:, rare], observed[rare]
        further = min(FURTHER_DRAWS // len(in_a), MOST_FURTHER_PERMUTATIONS)
        reached = reached[rare] + _reached(observed, counts, lengths, in_a, further, rng)
        p[rare] = (reached + 1) / (drawn + further + 1)
        tail = np.where(reached < FEWEST_EXCEEDANCES, _tail(observed, counts, lengths, in_a), 1)
        p[rare] = np.maximum(np.minimum(p[rare], tail), _least(observed, counts, in_a))
    return p


def _reached(observed, counts, lengths, in_a, permutations, rng) -> np.ndarray:
    """How many random divisions give each word a difference at least as large as the observed one."""
    by_word = counts.T.tocsr().astype(np.float32)
    totals = counts.sum(axis=0)
    # Rounding must not make an equal division look smaller.
    limits = (np.abs(observed) - 1e-6 * (totals + 1)).astype(np.float32)[:, None]
    rates = (totals / lengths.sum()).astype(np.float32)[:, None]
    reached = np.zeros(len(observed))
    at_once = max(1, _CELLS // max(counts.shape))
    for done in progress(range(0, permutations, at_once), "random divisions"):
        divisions = _divisions(in_a, min(at_once, permutations - done), rng)
        differences = by_word @ divisions
        differences -= rates * (lengths.astype(np.float32) @ divisions)
        reached += (np.abs(differences, out=differences) >= limits).sum(axis=1)
    return reached


def _divisions(in_a, size: int, rng) -> np.ndarray:
    """Random divisions of the units, units x `size`, 1 for those in a: those with the lowest lots."""
    # Two lots at the edge are alike in fewer than one of 100,000 divisions of 20,000 units, which then
    # have one unit more in a; shuffling each division takes three times as long.
    lots = rng.integers(0, 2**32, (size, len(in_a)), dtype=np.uint32)
    last = in_a.sum() - 1
    edge = np.partition(lots, last, axis=1)[:, last, None]
    return np.ascontiguousarray((lots <= edge).T).astype(np.float32)


def _tail(observed, counts, lengths, in_a) -> np.ndarray:
    """The chance of a difference at least as large, either way, if it were Pearson III."""
    from scipy.stats import pearson3

    variance, third = _moments(counts, lengths, in_a)
    deviation = np.sqrt(variance)
    z, skewness = np.abs(observed) / deviation, third / deviation**3
    return pearson3.sf(z, skewness) + pearson3.cdf(-z, skewness)


def _moments(counts, lengths, in_a) -> tuple[np.ndarray, np.ndarray]:
    """Variance and third moment of each word's difference over all divisions; its mean is 0."""
    rates = counts.sum(axis=0) / lengths.sum()
    # The difference is the sum over the units of a of: occurrences less those expected by length.
    squares = counts.power(2)
    second = squares.sum(axis=0) - 2 * rates * (lengths @ counts) + rates**2 * (lengths**2).sum()
    third = (
        counts.power(3).sum(axis=0)
        - 3 * rates * (lengths @ squares)
        + 3 * rates**2 * (lengths**2 @ counts)
        - rates**3 * (lengths**3).sum()
    )
    n, a = len(in_a), int(in_a.sum())
    b = n - a
    return second * a * b / (n * (n - 1)), third * a * b * (b - a) / (n * (n - 1) * (n - 2))


def _least(observed, counts, in_a) -> np.ndarray:
    """The chance that all units that hold the word lie on the side that has more of it.

    Nothing more extreme can happen to a word, whatever an approximation says. It is at least the
    chance of one single division.
    """
    from scipy.stats import hypergeom

    n, a = len(in_a), int(in_a.sum())
    holding = (counts > 0).sum(axis=0)
    side = np.where(observed > 0, a, n - a)
    single = max(1 / comb(n, a), np.finfo(float).tiny)
    return np.maximum(hypergeom.pmf(holding, n, holding, side), single)
