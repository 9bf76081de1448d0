"""Key words: which words one group of texts uses more than another. A text is the unit, not a word."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from rejoinder.measure.ngrams import counted, texts_of
from rejoinder.stats import permutation
from rejoinder.text import tokens, word_lists

LEVEL = 0.95  # of confidence
PERMUTATIONS = 2_000
MIN_TEXTS = 5  # a side; with fewer, hardly any division of them is rare
MIN_TEXTS_WITH_WORD = 3  # of both sides; a word of one or two says nothing about a group
# Degrees of freedom of a side, at least: a word that one text repeats has hardly one, but with one the
# intervals of rare words would be twice as wide, and in simulations two are enough.
FEWEST_DEGREES = 2


def describe(texts_a: Sequence, texts_b: Sequence, *, content: bool = False) -> pd.DataFrame:
    """How often each group of texts uses each word: the columns of `compare` up to `effect`, with a row
    for every word of either side; the word in most texts comes first.

    Parameters
    ----------
    content : leave out function words, numbers and single letters, and count "China's" as "china". The
        rates stay those among all words.
    """
    table, _, _ = _counted(texts_a, texts_b, content)
    if content:
        table = table[np.array([is_content(word) for word in table.index], dtype=bool)]
    return table.sort_values(["texts_a", "texts_b", "word"], ascending=[False, False, True])


def compare(
    texts_a: Sequence,
    texts_b: Sequence,
    *,
    authors: tuple[Sequence, Sequence] | None = None,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Words that one group of texts uses more than the other, the most telling first.

    Parameters
    ----------
    authors : who wrote the texts of a, and those of b (NA: somebody else). Texts of one author are alike,
        so that differences look surer than they are: all that an author has on a side count as one.

    Returns one row per word (index `word`) of at least MIN_TEXTS_WITH_WORD texts:

    - `texts_a`, `texts_b`: how many texts contain it; `count_a`, `count_b`: how often it occurs;
    - `rate_a`, `rate_b`: occurrences per thousand words of that side, NaN for a side without words;
    - `effect`: binary logarithm of the ratio of the rates, after adding half an occurrence and one word
      to each side; positive = more in a, 1 = twice as often;
    - `effect_low`, `effect_high`: its 95 % interval, from how much the texts of a side differ. In
      simulations it covers 95 %, but 88 % for words in strong bursts and for groups of unequal size;
    - `p`: see `stats.permutation`; `p_adjusted`: after Benjamini and Hochberg. Interval and p are NaN
      where a side has fewer than MIN_TEXTS texts or no words.

    Raises ValueError for authors that do not fit the texts, TypeError for a value that is not text.
    Source: log ratio, Hardie 2014; permuting texts, Lijffijt et al. 2016; variance of a ratio, Cochran
    1977, with the degrees of freedom of Satterthwaite 1946.
    """
    if authors is not None:
        texts_a, texts_b = map(_by_author, (texts_a, texts_b), authors)
    table, counts, in_a = _counted(texts_a, texts_b)
    lengths = counts.sum(axis=1)
    common = np.flatnonzero(table["texts_a"] + table["texts_b"] >= MIN_TEXTS_WITH_WORD)
    new = ["effect_low", "effect_high", "p", "p_adjusted"]
    table, counts = table.iloc[common].assign(**dict.fromkeys(new, np.nan)), counts[:, common]
    if len(table) and all(side.sum() >= MIN_TEXTS and lengths[side].any() for side in (in_a, ~in_a)):
        from scipy.stats import false_discovery_control

        margin = _margin(counts, lengths, in_a)
        table["effect_low"], table["effect_high"] = table["effect"] - margin, table["effect"] + margin
        table["p"] = permutation.p_values(counts, lengths, in_a, permutations=PERMUTATIONS, rng=rng)
        table["p_adjusted"] = false_discovery_control(table["p"], method="bh")
    table = table.assign(size=table["effect"].abs())
    return table.sort_values(["p", "size", "word"], ascending=[True, False, True]).drop(columns="size")


@cache
def _function_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    lists = word_lists("function_words")
    return ENGLISH_STOP_WORDS - lists["content"] | lists["more"]


def is_content(word: str) -> bool:
    base = word.split("'")[0]  # "don't": don
    return len(base) > 1 and not base[0].isdigit() and _function_words().isdisjoint({base, word})


def _by_author(texts: Sequence, authors: Sequence) -> pd.Series:
    if len(texts) != len(authors):
        raise ValueError(f"{len(authors)} authors for {len(texts)} texts")
    known = pd.Series(list(authors), dtype=object)
    alone = pd.Series([(at,) for at in known.index], dtype=object)
    return pd.Series(texts_of(texts), dtype=object).groupby(known.fillna(alone), sort=False).agg(" ".join)


def _counted(texts_a: Sequence, texts_b: Sequence, content: bool = False) -> tuple:
    """The table up to `effect`; its words' counts, texts × words; which texts are in a."""
    words = [tokens(text) for text in texts_of([*texts_a, *texts_b])]
    words = [[word.removesuffix("'s") for word in text] for text in words] if content else words
    counts, vocabulary = counted(words)
    in_a = np.arange(len(words)) < len(texts_a)
    table = pd.DataFrame(index=pd.Index(vocabulary, name="word", dtype="str"))
    shares = []  # NaN for a side without words: nothing to compare with
    for side, members in (("a", in_a), ("b", ~in_a)):
        part = counts[np.flatnonzero(members)]
        length = part.sum()
        table[f"texts_{side}"] = (part > 0).sum(axis=0).astype(int)
        table[f"count_{side}"] = part.sum(axis=0).astype(int)
        table[f"rate_{side}"] = 1_000 * table[f"count_{side}"] / (length or np.nan)
        shares.append((table[f"count_{side}"] + 0.5) / ((length + 1) if length else np.nan))
    table["effect"] = np.log2(shares[0] / shares[1])
    table = table[["texts_a", "texts_b", "count_a", "count_b", "rate_a", "rate_b", "effect"]]
    return table.drop("", errors="ignore"), counts, in_a


def _margin(counts, lengths: np.ndarray, in_a: np.ndarray) -> np.ndarray:
    """Half the width of the interval of each word's effect."""
    from scipy.stats import t

    variances, alike = [], []
    for members in (in_a, ~in_a):
        part, length, n = counts[np.flatnonzero(members)], lengths[members], members.sum()
        total, squares = part.sum(axis=0), part.power(2).sum(axis=0)
        rate = total / length.sum()
        # The squared distances of the texts from what their length lets expect.
        scatter = squares - 2 * rate * (length @ part) + rate**2 * (length**2).sum()
        variances.append(np.maximum(n / (n - 1) * scatter / (total + 0.5) ** 2, 1 / (total + 0.5)))
        # Occurrences that crowd in one text count as one text (Kish's effective number).
        alike.append(total**2 / np.maximum(squares, 1))
    shares = [
        # For a side without the word, the other one shows how it crowds.
        variance**2 / np.maximum(np.where(own > 0, own, other) - 1, FEWEST_DEGREES)
        for variance, own, other in zip(variances, alike, alike[::-1], strict=True)
    ]
    variance = sum(variances)
    return t.ppf((1 + LEVEL) / 2, variance**2 / sum(shares)) * np.sqrt(variance) / np.log(2)
