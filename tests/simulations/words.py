"""Key words: how often they are found, wrongly and rightly, and their effect's interval holds."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control

from rejoinder.measure import keyness
from rejoinder.stats import permutation
from simulations.harness import Row

FALSE = 0.05  # what counts as found
VOCABULARY = 5_000
WORDS, SPREAD, SHORTEST = 30, 0.9, 3  # mean length of a text, spread of its logarithm
# The part of the words that repeat an earlier one of the text, or of the author; the texts of an author.
BURST, STYLE, TEXTS_OF_AUTHOR = 0.4, 0.5, (1, 2, 5, 10)
PLANTED, TIMES_MORE = 20, 8  # the rank of the word that a uses more often, and how much more
SIZES, AUTHORS, PLANTED_SIZE = (15, 45), 12, 50
PERMUTATIONS = 2_000


def zipf(more: float = 1) -> np.ndarray:
    """The chance of each word, the most frequent first; PLANTED is `more` times as frequent."""
    weights = 1 / (np.arange(VOCABULARY) + 2.7) ** 1.05  # Zipf 1949, Mandelbrot 1953
    weights[PLANTED] *= more
    return weights / weights.sum()


def drawn(rng, chances: np.ndarray, n: int, writers: np.ndarray | None = None) -> tuple:
    """The text and the word of each token of `n` texts that repeat their words, or their `writers`."""
    lengths = rng.lognormal(math.log(WORDS) - SPREAD**2 / 2, SPREAD, n).astype(int)
    text = np.repeat(np.arange(n), np.maximum(lengths, SHORTEST))
    words = np.searchsorted(np.cumsum(chances)[:-1], rng.random(len(text)))
    if writers is not None:
        words = words[_sources(rng, writers[text], STYLE)]
    return text, words[_sources(rng, text, BURST)]


def _sources(rng, within: np.ndarray, share: float) -> np.ndarray:
    """Which place each word comes from: its own, or for a `share` of them an earlier one `within`."""
    places = np.arange(len(within))
    first = np.searchsorted(within, within)
    earlier = first + (rng.random(len(within)) * (places - first)).astype(int)
    sources = np.where((rng.random(len(within)) < share) & (places > first), earlier, places)
    while (sources != sources[sources]).any():
        sources = sources[sources]
    return sources


def as_texts(text: np.ndarray, words: np.ndarray) -> pd.Series:
    names = np.array([f"w{rank}" for rank in words], dtype=object)
    return pd.Series([" ".join(part) for part in np.split(names, np.flatnonzero(np.diff(text)) + 1)])


def compared(rng, n: int, m: int, more: float = 1) -> pd.DataFrame:
    """`compare` of two groups of texts, PLANTED being `more` times as frequent in a."""
    a, b = as_texts(*drawn(rng, zipf(more=more), n)), as_texts(*drawn(rng, zipf(), m))
    return keyness.compare(a, b, rng=rng)


def p_by(unit_a, unit_b, words_a, words_b, rng) -> np.ndarray:
    """Adjusted p of each word of three or more units, with these units."""
    units = np.concatenate([unit_a, unit_b + unit_a.max() + 1])
    words = np.concatenate([words_a, words_b])
    counts = csr_array((np.ones(len(words)), (units, words)))
    counts.sum_duplicates()
    lengths, in_a = counts.sum(axis=1), np.arange(counts.shape[0]) <= unit_a.max()
    counts = counts[:, np.flatnonzero((counts > 0).sum(axis=0) >= 3)]
    p = permutation.p_values(counts, lengths, in_a, permutations=PERMUTATIONS, rng=rng)
    return false_discovery_control(p)


def found(p) -> bool:
    return bool((np.asarray(p) < FALSE).any())


def held(table: pd.DataFrame, truth: float = 0) -> dict[str, np.ndarray]:
    """Which intervals of words in five or more texts a side contain the truth; broken ones too."""
    table = table[table[["texts_a", "texts_b"]].min(axis=1) >= 5]
    off = (table["effect"] - truth).abs().to_numpy()
    margin = ((table["effect_high"] - table["effect_low"]) / 2).to_numpy()
    single = 1.96 * np.sqrt(1 / (table["count_a"] + 0.5) + 1 / (table["count_b"] + 0.5)) / np.log(2)
    return {"ours": off <= margin, "occurrences one by one": off <= single.to_numpy()}


def share_row(what: str, band: tuple, hits: list[dict]) -> Row:
    """The share of pairs in which something was found."""
    value, n = pd.DataFrame(hits).mean().to_dict(), len(hits)
    ours = value.pop("ours")
    smoothed = (ours * n + 1) / (n + 2)  # so that none found is not taken for certain
    return Row(what, band, ours, math.sqrt(smoothed * (1 - smoothed) / n), value)


def held_row(what: str, intervals: list[dict[str, np.ndarray]]) -> Row:
    """The share of words whose interval holds; the words of a pair depend on each other."""
    n = np.array([len(one["ours"]) for one in intervals])
    sums = {name: np.array([one[name].sum() for one in intervals]) for name in intervals[0]}
    shares = {name: float(each.sum() / n.sum()) for name, each in sums.items()}
    ours = shares.pop("ours")
    error = float(np.sqrt(((sums["ours"] - ours * n) ** 2).sum()) / n.sum())
    return Row(what, (0.93, 1), ours, error, shares)


def key_words(rng, times: int) -> list[Row]:
    """Key words of two groups of texts"""
    alike, by_author, differing, intervals = [], [], [], []
    for _ in range(times):
        table = compared(rng, *SIZES)
        alike.append({"ours": found(table["p_adjusted"]), "not adjusted": found(table["p"])})
        intervals.append(held(table))
        writers = [np.repeat(np.arange(AUTHORS), rng.choice(TEXTS_OF_AUTHOR, AUTHORS)) for _ in "ab"]
        (text_a, a), (text_b, b) = (drawn(rng, zipf(), len(of), of) for of in writers)
        authors = writers[0][text_a], writers[1][text_b]
        p = p_by(*authors, a, b, rng), p_by(text_a, text_b, a, b, rng)
        by_author.append({"ours": found(p[0]), "texts permuted": found(p[1])})
        table = compared(rng, PLANTED_SIZE, PLANTED_SIZE, TIMES_MORE)
        at, counted = table.index == f"w{PLANTED}", np.maximum(table["p"], 1 / (PERMUTATIONS + 1))
        p = table["p_adjusted"][at], false_discovery_control(counted)[at]
        differing.append({"ours": found(p[0]), "p of 2,000 permutations": found(p[1])})
        truth = math.log2(zipf(more=TIMES_MORE)[PLANTED] / zipf()[PLANTED])
        intervals.append(held(table[at], truth))
    what = f"any key word in two groups alike, {SIZES[0]} and {SIZES[1]} texts"
    by_authors = f"any key word in two groups alike, {AUTHORS} authors a side"
    planted = f"a word {TIMES_MORE} times as frequent found, {PLANTED_SIZE} texts a side"
    return [
        share_row(what, (0, FALSE), alike),
        share_row(by_authors, (0, FALSE), by_author),
        share_row(planted, (0.6, 1), differing),
        held_row("effect of words in five or more texts a side held", intervals),
    ]
