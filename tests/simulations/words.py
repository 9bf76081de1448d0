"""Key words: how often words are named wrongly, how often rightly, how often the effect is held."""

from __future__ import annotations

import math
import time
from collections import Counter

import numpy as np
import pandas as pd

from rejoinder.measure import keyness
from rejoinder.text import tokens
from simulations.table import Row

FALSE, LEVEL = 0.05, 0.95  # what counts as found; confidence of the intervals
VOCABULARY = 5_000
WORDS, SPREAD, SHORTEST = 30, 0.9, 3  # mean length of a text, spread of its logarithm
BURST = 0.4  # the part of a text's words that repeat an earlier one of the text
# The part of an author's words that repeat an earlier one of the author, and the texts each writes.
STYLE, TEXTS_OF_AUTHOR = 0.5, (1, 2, 5, 10)
PLANTED, TIMES_MORE = 20, 8  # the rank of the word that a uses more often, and how much more
SIZES, AUTHORS, PLANTED_SIZES = (15, 45), (12, 12), (50, 50)
MOST_PAIRS = 1_000  # the errors are small enough by then
PERMUTATIONS = 2_000
LARGE, LARGE_VOCABULARY, TIMED = 10_000, 20_000, 10


def zipf(vocabulary: int = VOCABULARY) -> np.ndarray:
    """The chance of each word, the most frequent first (Zipf 1949, Mandelbrot 1953)."""
    weights = 1 / (np.arange(vocabulary) + 2.7) ** 1.05
    return weights / weights.sum()


def planted(more: float = TIMES_MORE) -> np.ndarray:
    """`zipf()` with the word PLANTED `more` times as frequent beside each other word."""
    weights = zipf()
    weights[PLANTED] *= more
    return weights / weights.sum()


def drawn_texts(
    rng, chances: np.ndarray, n: int, *, writers: np.ndarray | None = None, burst: float = BURST
) -> pd.Series:
    """`n` texts of unequal length that repeat themselves; with `writers`, sorted, also their authors.

    Whoever repeats a word repeats one drawn by `chances`, so that these stay the expected shares.
    """
    lengths = rng.lognormal(math.log(WORDS) - SPREAD**2 / 2, SPREAD, n).astype(int)
    text = np.repeat(np.arange(n), np.maximum(lengths, SHORTEST))
    words = np.searchsorted(np.cumsum(chances)[:-1], rng.random(len(text)))
    if writers is not None:
        words = words[_sources(rng, writers[text], STYLE)]
    words = words[_sources(rng, text, burst)]
    names = np.array([f"w{rank}" for rank in range(len(chances))], dtype=object)[words]
    return pd.Series([" ".join(part) for part in np.split(names, np.flatnonzero(np.diff(text)) + 1)])


def _sources(rng, within: np.ndarray, share: float) -> np.ndarray:
    """Which place each word comes from: its own, or for a `share` of them an earlier one `within`."""
    places = np.arange(len(within))
    first = np.searchsorted(within, within)
    earlier = first + (rng.random(len(within)) * (places - first)).astype(int)
    sources = np.where((rng.random(len(within)) < share) & (places > first), earlier, places)
    while (sources != sources[sources]).any():
        sources = sources[sources]
    return sources


def drawn_authors(rng, n: int) -> np.ndarray:
    """For each text who wrote it, of `n` authors that write unequally much."""
    return np.repeat(np.arange(n), rng.choice(TEXTS_OF_AUTHOR, n))


def pair(rng, sizes: tuple[int, int], more: float = 1) -> pd.DataFrame:
    """`compare` of two groups of texts, the word PLANTED being `more` times as frequent in a."""
    sides = drawn_texts(rng, planted(more), sizes[0]), drawn_texts(rng, zipf(), sizes[1])
    return keyness.compare(*sides, rng=rng, permutations=PERMUTATIONS)


def pair_of_authors(rng, sizes: tuple[int, int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`compare` of the texts of so many authors a side, drawn alike: by author, and by text."""
    a, b = (drawn_authors(rng, n) for n in sizes)
    sides = [drawn_texts(rng, zipf(), len(side), writers=side) for side in (a, b)]
    return (
        keyness.compare(*sides, authors=(a, b + len(a)), rng=rng, permutations=PERMUTATIONS),
        keyness.compare(*sides, rng=rng, permutations=PERMUTATIONS),
    )


def names_any(p) -> bool:
    return bool((np.asarray(p) < FALSE).any())


def adjusted(p) -> np.ndarray:
    from scipy.stats import false_discovery_control

    return false_discovery_control(np.clip(p, 0, 1))


def by_tokens(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """p of each word as if words and not texts had been sampled: G2, and permuting words."""
    from scipy.special import rel_entr
    from scipy.stats import chi2, hypergeom

    a, b = table["count_a"].to_numpy(float), table["count_b"].to_numpy(float)
    n_a, n_b = (round(1_000 * table[f"count_{x}"].sum() / table[f"rate_{x}"].sum()) for x in "ab")
    n = n_a + n_b
    half = [rel_entr(x, (a + b) * size / n) for x, size in ((a, n_a), (b, n_b))]
    g2 = chi2.sf(np.maximum(2 * sum(half), 0), 1)
    more, less = hypergeom.sf(a - 1, n, a + b, n_a), hypergeom.cdf(a, n, a + b, n_a)
    return g2, np.minimum(1, 2 * np.minimum(more, less))


def held(table: pd.DataFrame, truth: float = 0) -> dict[str, np.ndarray]:
    """Which intervals of words in five or more texts a side hold the truth; others beside them."""
    table = table[table[["texts_a", "texts_b"]].min(axis=1) >= 5]
    off = (table["effect"] - truth).abs().to_numpy()
    margin = ((table["effect_high"] - table["effect_low"]) / 2).to_numpy()
    single = 1.96 * np.sqrt(1 / (table["count_a"] + 0.5) + 1 / (table["count_b"] + 0.5)) / np.log(2)
    return {
        "ours": off <= margin,
        "occurrences one by one": off <= single.to_numpy(),
        "natural logarithm": off <= margin * np.log(2),
    }


def share_row(what: str, nominal: float, band: tuple, hits: list[dict], beside: tuple = ()) -> Row:
    """The share of pairs in which something was found; what is not in `beside` is broken."""
    shares = pd.DataFrame(hits).mean()
    n = len(hits)
    smoothed = (shares["ours"] * n + 1) / (n + 2)  # so that none found is not taken for certain
    error = math.sqrt(smoothed * (1 - smoothed) / n)
    broken = {name: float(x) for name, x in shares.items() if name not in ("ours", *beside)}
    others = {name: float(shares[name]) for name in beside}
    return Row(what, nominal, band, float(shares["ours"]), error, others, broken)


def held_row(what: str, intervals: list[dict[str, np.ndarray]]) -> Row:
    """The share of words whose interval holds; the words of a pair depend on each other."""
    n = np.array([len(one["ours"]) for one in intervals])
    sums = {name: np.array([one[name].sum() for one in intervals]) for name in intervals[0]}
    shares = {name: float(found.sum() / n.sum()) for name, found in sums.items()}
    ours = shares.pop("ours")
    error = float(np.sqrt(((sums["ours"] - ours * n) ** 2).sum()) / n.sum())
    return Row(what, LEVEL, (0.93, 1), ours, error, {}, shares)


def rows(times: int) -> list[Row]:
    rng, times = np.random.default_rng(17), min(times, MOST_PAIRS)
    alike, by_author, differing, intervals = [], [], [], []
    for _ in range(times):
        table = pair(rng, SIZES)
        g2, by_token = by_tokens(table)
        alike.append(
            {
                "ours": names_any(table["p_adjusted"]),
                "G2": names_any(g2),
                "G2, adjusted": names_any(adjusted(g2)),
                "words permuted": names_any(adjusted(by_token)),
                "not adjusted": names_any(table["p"]),
            }
        )
        intervals.append(held(table))
        authors, texts = pair_of_authors(rng, AUTHORS)
        by_author.append(
            {"ours": names_any(authors["p_adjusted"]), "texts permuted": names_any(texts["p_adjusted"])}
        )
        table = pair(rng, PLANTED_SIZES, TIMES_MORE)
        counted = np.maximum(table["p"], 1 / (PERMUTATIONS + 1))
        at = table.index == f"w{PLANTED}"
        differing.append(
            {
                "ours": names_any(table["p_adjusted"][at]),
                "p of 2,000 permutations": names_any(adjusted(counted)[at]),
            }
        )
        truth = math.log2(planted()[PLANTED] / zipf()[PLANTED])
        intervals.append(held(table[at], truth))
    return [
        share_row(
            f"any key word in two groups alike, {SIZES[0]} and {SIZES[1]} texts",
            FALSE,
            (0, FALSE),
            alike,
            beside=("G2", "G2, adjusted"),
        ),
        share_row(
            "any key word in two groups alike, {} and {} authors of 1 to 10 texts".format(*AUTHORS),
            FALSE,
            (0, FALSE),
            by_author,
        ),
        share_row(
            f"a word {TIMES_MORE} times as frequent found, {PLANTED_SIZES[0]} texts a side",
            0.8,
            (0.6, 1),
            differing,
        ),
        held_row("effect of words in five or more texts a side held", intervals),
    ]


def plain_loop(texts_a: pd.Series, texts_b: pd.Series, rng, permutations: int) -> pd.Series:
    """p of every word, as `compare` finds it before it looks at tails: one division after another."""
    counted = [Counter(tokens(text)) for text in [*texts_a, *texts_b]]
    totals = Counter()
    for words in counted:
        totals.update(words)
    everything = sum(totals.values())

    def differences(chosen) -> dict[str, float]:
        here = Counter()
        for i in chosen:
            here.update(counted[i])
        share = sum(here.values()) / everything
        return {word: abs(here[word] - share * total) for word, total in totals.items()}

    observed = differences(range(len(texts_a)))
    reached = dict.fromkeys(totals, 0)
    for _ in range(permutations):
        drawn = differences(rng.permutation(len(counted))[: len(texts_a)])
        for word, difference in observed.items():
            reached[word] += drawn[word] >= difference - 1e-9
    return pd.Series(reached).add(1).div(permutations + 1)


def speed() -> tuple[float, float]:
    """Seconds of `compare` on LARGE texts a side, and seconds of `plain_loop` for as many permutations.

    The loop is timed with TIMED permutations and with none, and the difference multiplied; `compare`
    also adjusts, finds intervals, and draws some more permutations.
    """
    rng = np.random.default_rng(0)
    sides = [drawn_texts(rng, zipf(LARGE_VOCABULARY), LARGE) for _ in range(2)]
    ours = _seconds(keyness.compare, *sides, rng=rng, permutations=PERMUTATIONS)
    before = _seconds(plain_loop, *sides, rng, 0)
    few = _seconds(plain_loop, *sides, rng, TIMED)
    return ours, before + (few - before) / TIMED * PERMUTATIONS


def _seconds(function, *arguments, **options) -> float:
    start = time.perf_counter()
    function(*arguments, **options)
    return time.perf_counter() - start
