"""Key words: which words one group of texts uses more than another.

The unit is the text or, where authors are given, the author: never the word.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from rejoinder.stats import permutation
from rejoinder.text import tokens

MIN_TEXTS = 5  # or authors, a side; below it hardly any division of them could be called rare
MIN_TEXTS_WITH_WORD = 3  # or authors, of both sides; a word of one or two says nothing of a group
# Degrees of freedom that a side gives the interval of an effect. A word that one text shouts has hardly
# one, but one doubles the intervals of rare words, which in simulations held well enough with two.
FEWEST_DEGREES = 2


def why_untested(texts_a: pd.Series, texts_b: pd.Series, *, authors_a=None, authors_b=None) -> str:
    """Why the two groups cannot be tested against each other, as a sentence; "" where they can.

    Authors as in `compare`: where they are given, there must be enough of them, not of the texts.
    Raises ValueError where there is not one author a text.
    """
    texts_a, texts_b = _series(texts_a), _series(texts_b)
    unit = "text" if authors_a is None and authors_b is None else "author"
    sides = (_units(authors_a, texts_a, "a"), _units(authors_b, texts_b, "b"))
    a, b = (len(np.unique(codes)) for codes, _ in sides)
    if min(a, b) == 1:
        return f"One side is a single {unit}, so its words are described and not tested."
    if min(a, b) < MIN_TEXTS:
        return (
            f"A test needs at least {MIN_TEXTS} {unit}s a side, and there are {a} and {b}: the words "
            "are described and not tested."
        )
    if not all(any(map(tokens, texts[texts.notna()])) for texts in (texts_a, texts_b)):
        return "One side has no words, so those of the other are described and not tested."
    return ""


def describe(texts_a: pd.Series, texts_b: pd.Series) -> pd.DataFrame:
    """How often either group of texts uses each word: the columns of `compare` up to `effect`.

    Every word of either side is given, the one that stands in most texts first.
    """
    return _table(*_counted(_series(texts_a), _series(texts_b))).sort_values(
        ["texts_a", "texts_b", "word"], ascending=[False, False, True]
    )


def compare(
    texts_a: pd.Series,
    texts_b: pd.Series,
    *,
    authors_a=None,
    authors_b=None,
    level: float = 0.95,
    permutations: int = 2_000,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Words that one group of texts uses more than the other, the most telling first.

    `authors_a`, `authors_b`: who wrote each text, in the order of the texts; NA = unknown, taken for
    somebody who wrote nothing else. Where they are given the unit is the author and not the text. Who
    wrote on both sides is a unit of either, which hides differences rather than making any up, and
    `.attrs["note"]` says how many these are.

    Returns one row per word (index `word`) of at least MIN_TEXTS_WITH_WORD units:
    - `texts_a`, `texts_b`: the texts that hold it; `count_a`, `count_b`: how often it stands there;
    - `rate_a`, `rate_b`: occurrences in a thousand words of that side, NaN where it has no words;
    - `effect`: binary logarithm of the ratio of the rates, half an occurrence and one word added to
      each side; positive = more in a, 1 = twice as often;
    - `effect_low`, `effect_high`: its interval at confidence `level`, from how much the units of a
      side differ, and not narrower than for occurrences that come one by one; in simulations it
      holds at 95 %, but in 88 % for words that come in strong bursts or in groups of unequal size;
    - `p`: share of random divisions of the *units* into two groups of these sizes in which a's
      occurrences are as far from a's share of all words, either way (`permutation.p_values`);
      `p_adjusted`: the same after Benjamini and Hochberg.

    Where `why_untested` gives a reason, interval and p are NaN and the reason stands in
    `.attrs["note"]`. Missing texts count as texts without words. No word gives an empty table. Raises
    ValueError for fewer than one permutation, a level outside 0 … 1, or where there is not one author
    a text; TypeError for what is not text.
    Source: log ratio, Hardie 2014; permuting texts, Lijffijt et al. 2016; variance of a ratio, Cochran
    1977, with the degrees of freedom of Satterthwaite 1946.
    """
    if not (isinstance(permutations, int | np.integer) and permutations >= 1):
        raise ValueError(f"at least one permutation is needed, a whole number, not {permutations}")
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng is a numpy Generator, np.random.default_rng(0), not {type(rng).__name__}")
    texts_a, texts_b = _series(texts_a), _series(texts_b)
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, unlike {level}")
    why_not = why_untested(texts_a, texts_b, authors_a=authors_a, authors_b=authors_b)
    vocabulary, counts, lengths, in_a = _counted(texts_a, texts_b)
    table = _table(vocabulary, counts, lengths, in_a)
    units_a, names_a = _units(authors_a, texts_a, "a")
    units_b, names_b = _units(authors_b, texts_b, "b")
    counts, in_a = _by_unit(counts, units_a, units_b)
    lengths = counts.sum(axis=1)
    common = np.flatnonzero((counts > 0).sum(axis=0) >= MIN_TEXTS_WITH_WORD)
    new = ["effect_low", "effect_high", "p", "p_adjusted"]
    table = table.iloc[common].assign(**dict.fromkeys(new, np.nan))
    if not why_not and len(table):
        counts = counts[:, common]
        margin = _margin(counts, lengths, in_a, level)
        table["effect_low"], table["effect_high"] = table["effect"] - margin, table["effect"] + margin
        table["p"] = permutation.p_values(counts, lengths, in_a, permutations=permutations, rng=rng)
        table["p_adjusted"] = _adjusted(table["p"])
    size = table["effect"].abs()
    table = table.assign(size=size).sort_values(["p", "size", "word"], ascending=[True, False, True])
    table = table.drop(columns="size")
    both = _of_both_sides(len(set(names_a) & set(names_b)))
    table.attrs["note"] = " ".join(filter(None, [why_not, both]))
    return table


def _series(texts) -> pd.Series:
    return texts if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype=object)


def _units(authors, texts: pd.Series, side: str) -> tuple[np.ndarray, np.ndarray]:
    """Which unit of its side each text belongs to, numbered from 0; the authors known by name."""
    if authors is None:
        return np.arange(len(texts)), np.array([], dtype=object)
    if len(authors) != len(texts):
        raise ValueError(
            f"authors_{side} must give one author a text, not {len(authors)} for {len(texts)} texts"
        )
    codes, names = pd.factorize(pd.Series(list(authors), dtype=object))
    unknown = codes < 0
    return np.where(unknown, len(names) + np.cumsum(unknown) - 1, codes), names.to_numpy()


def _of_both_sides(shared: int) -> str:
    if not shared:
        return ""
    wrote = "author wrote" if shared == 1 else "authors wrote"
    return f"{shared} {wrote} on both sides, each counted as one author of either."


def _counted(texts_a: pd.Series, texts_b: pd.Series) -> tuple:
    """The vocabulary; counts, texts x words; the length of each text; which texts are in a."""
    texts = pd.concat([texts_a.astype(object), texts_b.astype(object)], ignore_index=True)
    words = texts.where(texts.notna(), "").map(tokens)
    words = words.explode().dropna()
    codes, vocabulary = pd.factorize(words)
    n = len(texts_a) + len(texts_b)
    counts = _sparse(words.index.to_numpy(), codes, (n, len(vocabulary)))
    return vocabulary, counts, counts.sum(axis=1), np.arange(n) < len(texts_a)


def _by_unit(counts, units_a: np.ndarray, units_b: np.ndarray) -> tuple:
    """Counts, units x words, those of a before those of b; which units are in a."""
    units = np.concatenate([units_a, units_b + len(np.unique(units_a))])
    n = len(np.unique(units))
    sums = _sparse(units, np.arange(len(units)), (n, len(units)))
    return sums @ counts, np.arange(n) < len(np.unique(units_a))


def _table(vocabulary, counts, lengths: np.ndarray, in_a: np.ndarray) -> pd.DataFrame:
    table = pd.DataFrame(index=pd.Index(vocabulary, name="word", dtype="str"))
    shares = []  # NaN where a side has no words: then there is nothing to compare with
    for side, members in (("a", in_a), ("b", ~in_a)):
        part, length = counts[np.flatnonzero(members)], lengths[members].sum()
        table[f"texts_{side}"] = (part > 0).sum(axis=0).astype(int)
        table[f"count_{side}"] = part.sum(axis=0).astype(int)
        table[f"rate_{side}"] = 1_000 * table[f"count_{side}"] / (length or np.nan)
        shares.append((table[f"count_{side}"] + 0.5) / ((length + 1) if length else np.nan))
    table["effect"] = np.log2(shares[0] / shares[1])
    return table[["texts_a", "texts_b", "count_a", "count_b", "rate_a", "rate_b", "effect"]]


def _sparse(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]):
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(rows)), (rows.astype(int), columns)), shape=shape)


def _margin(counts, lengths: np.ndarray, in_a: np.ndarray, level: float) -> np.ndarray:
    """Half the width of the interval of each word's effect."""
    from scipy.stats import t

    variances, alike = [], []
    for members in (in_a, ~in_a):
        part, length, n = counts[np.flatnonzero(members)], lengths[members], members.sum()
        total, squares = part.sum(axis=0), part.power(2).sum(axis=0)
        rate = total / length.sum()
        # How far the units are from what their length lets expect, all squared and summed.
        scatter = squares - 2 * rate * (length @ part) + rate**2 * (length**2).sum()
        variances.append(np.maximum(n / (n - 1) * scatter / (total + 0.5) ** 2, 1 / (total + 0.5)))
        # Occurrences that crowd in one unit know no more than one unit (Kish's effective number).
        alike.append(total**2 / np.maximum(squares, 1))
    shares = [
        # Where a side lacks the word, only the other one shows how it crowds.
        variance**2 / np.maximum(np.where(own > 0, own, other) - 1, FEWEST_DEGREES)
        for variance, own, other in zip(variances, alike, alike[::-1], strict=True)
    ]
    variance = sum(variances)
    return t.ppf((1 + level) / 2, variance**2 / sum(shares)) * np.sqrt(variance) / np.log(2)


def _adjusted(p: pd.Series) -> np.ndarray:
    from scipy.stats import false_discovery_control

    return false_discovery_control(p, method="bh")
