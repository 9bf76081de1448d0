"""Key words: which words one group of texts uses more than another, the text being the unit."""

from __future__ import annotations

from math import comb

import numpy as np
import pandas as pd

from rejoinder.read.text import tokens

MIN_TEXTS = 5  # a side; below it hardly any division of the texts could be called rare
MIN_TEXTS_WITH_WORD = 3  # of both sides; a word in one or two texts says nothing of a group


def why_untested(texts_a: pd.Series, texts_b: pd.Series) -> str:
    """Why the two groups cannot be tested against each other, as a sentence; "" where they can."""
    smaller = min(len(texts_a), len(texts_b))
    if smaller == 1:
        return "One side is a single text, so its words are described and not tested."
    if smaller < MIN_TEXTS:
        return (
            f"A test needs at least {MIN_TEXTS} texts a side, and there are {len(texts_a)} and "
            f"{len(texts_b)}: the words are described and not tested."
        )
    return ""


def describe(texts_a: pd.Series, texts_b: pd.Series) -> pd.DataFrame:
    """How often either group of texts uses each word: the columns of `compare` up to `effect`.

    Every word of either side is given, the one that stands in most texts first.
    """
    return _table(*_counted(texts_a, texts_b)).sort_values(
        ["texts_a", "texts_b", "word"], ascending=[False, False, True]
    )


def compare(
    texts_a: pd.Series, texts_b: pd.Series, *, rng: np.random.Generator, permutations: int = 2_000
) -> pd.DataFrame:
    """Words that one group of texts uses more than the other, the most telling first.

    Returns one row per word (index `word`) that stands in at least MIN_TEXTS_WITH_WORD texts:
    - `texts_a`, `texts_b`: the texts that hold it; `count_a`, `count_b`: how often it stands there;
    - `rate_a`, `rate_b`: occurrences in a thousand words of that side, NaN where it has no words;
    - `effect`: binary logarithm of the ratio of the rates, half an occurrence and one word added to
      each side; positive = more in a, 1 = twice as often;
    - `p`: share of random divisions of the *texts* into two groups of these sizes whose effect is
      at least as large, either way; `p_adjusted`: the same after Benjamini and Hochberg.

    Where `why_untested` gives a reason, both are NaN and the reason stands in `.attrs["note"]`.
    Missing texts count as texts without words. No word gives an empty table. Raises ValueError for
    fewer than one permutation.
    Source: log ratio, Hardie 2014; permuting texts, Lijffijt et al. 2016.
    """
    if permutations < 1:
        raise ValueError(f"at least one permutation is needed, not {permutations}")
    counted = _counted(texts_a, texts_b)
    table = _table(*counted)
    common = (table["texts_a"] + table["texts_b"] >= MIN_TEXTS_WITH_WORD).to_numpy()
    table = table[common].assign(p=np.nan, p_adjusted=np.nan)
    note = why_untested(texts_a, texts_b)
    if not note and len(table):
        _, counts, lengths, in_a = counted
        table["p"] = _permuted_p(table["effect"], counts[:, common], lengths, in_a, rng, permutations)
        table["p_adjusted"] = _adjusted(table["p"])
    size = table["effect"].abs()
    table = table.assign(size=size).sort_values(["p", "size", "word"], ascending=[True, False, True])
    table = table.drop(columns="size")
    table.attrs["note"] = note
    return table


def _counted(texts_a: pd.Series, texts_b: pd.Series) -> tuple:
    """The vocabulary; counts, texts x words; the length of each text; which texts are in a."""
    texts = pd.concat([texts_a.astype(object), texts_b.astype(object)], ignore_index=True)
    words = texts.where(texts.notna(), "").map(tokens)
    words = words.explode().dropna()
    codes, vocabulary = pd.factorize(words)
    n = len(texts_a) + len(texts_b)
    counts = _sparse(words.index.to_numpy(), codes, (n, len(vocabulary)))
    return vocabulary, counts, counts.sum(axis=1), np.arange(n) < len(texts_a)


def _table(vocabulary, counts, lengths: np.ndarray, in_a: np.ndarray) -> pd.DataFrame:
    table = pd.DataFrame(index=pd.Index(vocabulary, name="word", dtype="str"))
    for side, members in (("a", in_a), ("b", ~in_a)):
        part = counts[np.flatnonzero(members)]
        table[f"texts_{side}"] = (part > 0).sum(axis=0).astype(int)
        table[f"count_{side}"] = part.sum(axis=0).astype(int)
        table[f"rate_{side}"] = 1_000 * table[f"count_{side}"] / (lengths[members].sum() or np.nan)
    table["effect"] = _effects(in_a[None, :], counts, lengths)[0]
    return table[["texts_a", "texts_b", "count_a", "count_b", "rate_a", "rate_b", "effect"]]


def _sparse(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]):
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows)), (rows.astype(int), columns)), shape=shape)


def _effects(in_a: np.ndarray, counts, lengths: np.ndarray) -> np.ndarray:
    """The effect of every word (columns) under every division of the texts (rows of `in_a`)."""
    division = in_a.astype(float)
    count_a = division @ counts
    count_b = counts.sum(axis=0) - count_a
    length_a = (division @ lengths)[:, None]
    length_b = lengths.sum() - length_a
    ratio = (count_a + 0.5) / (length_a + 1) / ((count_b + 0.5) / (length_b + 1))
    return np.log2(ratio)


def _permuted_p(effects, counts, lengths, in_a, rng, permutations) -> np.ndarray:
    effects = effects.to_numpy()
    at_least, done, batch = np.zeros(len(effects)), 0, 250
    while done < permutations:
        size = min(batch, permutations - done)
        divisions = rng.permuted(np.tile(in_a, (size, 1)), axis=1)
        shuffled = np.abs(_effects(divisions, counts, lengths))
        # Rounding must not make an equal division look smaller.
        at_least += (shuffled >= np.abs(effects) - 1e-9).sum(axis=0)
        done += size
    # The observed division is one of those possible, so p is never 0.
    return np.maximum((at_least + 1) / (permutations + 1), 1 / comb(len(in_a), int(in_a.sum())))


def _adjusted(p: pd.Series) -> np.ndarray:
    from scipy.stats import false_discovery_control

    return false_discovery_control(p, method="bh")
