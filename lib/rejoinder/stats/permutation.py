"""A permutation test of many words at once: do two groups of texts use them differently often?"""

from math import comb

import numpy as np
from tqdm import tqdm

FEWEST_EXCEEDANCES = 10  # so the share of permutations is within a third of the chance it estimates
# Texts drawn in further permutations for rarer words: most for small groups, where they cost least.
FURTHER_DRAWS, MOST_FURTHER_PERMUTATIONS = 3_000_000, 20_000
AT_ONCE = 100  # divisions; all of them would make a matrix of gigabytes


def p_values(counts, lengths, in_a, *, permutations: int, rng: np.random.Generator) -> np.ndarray:
    """How rare each word's difference between two groups is among random divisions of the texts.

    Parameters: `counts`, sparse, texts x words (each occurs); `lengths`, words of a text; `in_a`, bool.
    Returns: a two-sided p per word, above 0 and at most 1: the share of divisions into groups of these
    sizes in which a's occurrences are at least as far from a's share of all words. A word that fewer than
    FEWEST_EXCEEDANCES of `permutations` reach gets up to MOST_FURTHER_PERMUTATIONS more, and if it stays
    rare, the tail of a Pearson III distribution with the exact variance and skewness, if that is smaller.
    No p is below the chance that all texts with the word come to lie on one side.
    Source: Winkler et al. 2016 (tails); Phipson & Smyth 2010 (p never 0); Cochran 1977 (moments).
    """
    rates = counts.sum(axis=0) / lengths.sum()
    reached, drawn = np.zeros(len(rates)), np.zeros(len(rates))
    for more in (permutations, min(FURTHER_DRAWS // len(in_a), MOST_FURTHER_PERMUTATIONS)):
        if len(rare := np.flatnonzero(reached < FEWEST_EXCEEDANCES)):
            reached[rare] += _reached(counts[:, rare], rates[rare], lengths, in_a, more, rng)
            drawn[rare] += more
    p = (reached + 1) / (drawn + 1)  # the observed division is one of those possible
    if len(rare := np.flatnonzero(reached < FEWEST_EXCEEDANCES)):
        p[rare] = np.clip(p[rare], *_bounds(counts[:, rare].toarray(), rates[rare], lengths, in_a))
    return p


def _reached(counts, rates, lengths, in_a, permutations, rng) -> np.ndarray:
    """How many random divisions give each word a difference at least as large as the observed one."""
    by_word, reached, last = counts.T.tocsr(), 0, in_a.sum() - 1
    observed = by_word @ in_a - rates * lengths[in_a].sum()
    # Rounding must not make an equal division look smaller.
    limits = np.abs(observed) - 1e-9 * (counts.sum(axis=0) + 1)
    rounds = range(0, permutations, AT_ONCE)
    for done in tqdm(rounds, "random divisions", delay=2, leave=False, disable=None):
        # The lowest lots are in a, three times as fast as shuffling.
        lots = rng.random((min(AT_ONCE, permutations - done), len(in_a)))
        divisions = (lots <= np.partition(lots, last)[:, [last]]).T.astype(float)
        differences = by_word @ divisions - np.outer(rates, lengths @ divisions)
        reached += np.count_nonzero(np.abs(differences) >= limits[:, None], axis=1)
    return reached


def _bounds(counts: np.ndarray, rates, lengths, in_a) -> tuple[np.ndarray, np.ndarray]:
    """The least and the largest p of each word: the chance that all texts with it are on one side, and
    the two-sided chance of a difference at least as large, if it followed Pearson III."""
    from scipy.stats import hypergeom, pearson3

    n, a, holding = len(in_a), int(in_a.sum()), (counts > 0).sum(axis=0)
    b = n - a
    # The difference is a sum over the texts of a: occurrences less those expected by length; its mean 0.
    spare = counts - np.outer(lengths, rates)
    difference = spare[in_a].sum(axis=0)
    variance = (spare**2).sum(axis=0) * a * b / (n * (n - 1))
    third = (spare**3).sum(axis=0) * a * b * (b - a) / (n * (n - 1) * (n - 2))
    z, skewness = np.abs(difference) / np.sqrt(variance), third / variance**1.5
    alone = hypergeom.pmf(holding, n, holding, np.where(difference > 0, a, b))
    least = np.maximum(alone, max(1 / comb(n, a), np.finfo(float).tiny))
    return least, np.maximum(least, pearson3.sf(z, skewness) + pearson3.cdf(-z, skewness))
