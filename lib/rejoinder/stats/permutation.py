"""A permutation test of many words at once: do two groups of units use them differently often?"""

from math import comb

import numpy as np
from tqdm import tqdm

FEWEST_EXCEEDANCES = 10  # so the share of permutations is within a third of the chance it estimates
# Units drawn in further permutations for rarer words: most for small groups, where they cost least.
FURTHER_DRAWS, MOST_FURTHER_PERMUTATIONS = 3_000_000, 20_000
_CELLS = 4_000_000  # of a matrix at a time: 16 megabytes each


def p_values(counts, lengths, in_a, *, permutations: int, rng: np.random.Generator) -> np.ndarray:
    """How rare each word's difference between two groups is among random divisions of the units.

    Parameters: `counts`, sparse, units x words (each occurs); `lengths`, words of a unit; `in_a`, bool.
    Returns: a two-sided p per word, above 0 and at most 1: the share of divisions into groups of these
    sizes in which a's occurrences are at least as far from a's share of all words. A word that fewer than
    FEWEST_EXCEEDANCES of `permutations` reach gets up to MOST_FURTHER_PERMUTATIONS more, and if it stays
    rare, the tail of a Pearson III distribution with the exact variance and skewness, if that is smaller.
    No p is below the chance that all units with the word come to lie on one side.
    Source: Winkler et al. 2016 (tails); Phipson & Smyth 2010 (p never 0); Cochran 1977 (moments).
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
    by_word, totals = counts.T.tocsr().astype(np.float32), counts.sum(axis=0)
    # Rounding must not make an equal division look smaller.
    limits = (np.abs(observed) - 1e-6 * (totals + 1)).astype(np.float32)[:, None]
    rates = (totals / lengths.sum()).astype(np.float32)[:, None]
    reached, last = np.zeros(len(observed)), in_a.sum() - 1
    at_once = max(1, _CELLS // max(counts.shape))
    rounds = range(0, permutations, at_once)
    for done in tqdm(rounds, "random divisions", delay=2, leave=False, disable=None):
        # The lowest lots are in a, three times as fast as shuffling. Of 100,000 divisions of 20,000 units
        # fewer than one has two equal lots at the edge, and so one unit more in a.
        size = min(at_once, permutations - done)
        lots = rng.integers(0, 2**32, (size, len(in_a)), dtype=np.uint32)
        edge = np.partition(lots, last, axis=1)[:, last, None]
        divisions = np.ascontiguousarray((lots <= edge).T).astype(np.float32)
        differences = by_word @ divisions
        differences -= rates * (lengths.astype(np.float32) @ divisions)
        reached += (np.abs(differences, out=differences) >= limits).sum(axis=1)
    return reached


def _tail(observed, counts, lengths, in_a) -> np.ndarray:
    """The two-sided chance of a difference at least as large, if it followed Pearson III."""
    from scipy.stats import pearson3

    variance, third = _moments(counts, lengths, in_a)
    z, skewness = np.abs(observed) / np.sqrt(variance), third / np.sqrt(variance) ** 3
    return pearson3.sf(z, skewness) + pearson3.cdf(-z, skewness)


def _moments(counts, lengths, in_a) -> tuple[np.ndarray, np.ndarray]:
    """Variance and third moment of each word's difference over all divisions; its mean is 0."""
    # The difference is a sum over the units of a: occurrences less those expected by length.
    rates, squares = counts.sum(axis=0) / lengths.sum(), counts.power(2)
    second = squares.sum(axis=0) - 2 * rates * (lengths @ counts) + rates**2 * (lengths**2).sum()
    third = counts.power(3).sum(axis=0) - 3 * rates * (lengths @ squares)
    third += 3 * rates**2 * (lengths**2 @ counts) - rates**3 * (lengths**3).sum()
    n, a = len(in_a), int(in_a.sum())
    b = n - a
    return second * a * b / (n * (n - 1)), third * a * b * (b - a) / (n * (n - 1) * (n - 2))


def _least(observed, counts, in_a) -> np.ndarray:
    """The chance that all units with the word are on one side, the most extreme event."""
    from scipy.stats import hypergeom

    n, a, holding = len(in_a), int(in_a.sum()), (counts > 0).sum(axis=0)
    alone = hypergeom.pmf(holding, n, holding, np.where(observed > 0, a, n - a))
    return np.maximum(alone, max(1 / comb(n, a), np.finfo(float).tiny))
